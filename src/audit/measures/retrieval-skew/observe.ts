import { createRandom } from '../../statistics/random.js'
import type { RetrievalObserved } from '../../types/observed/retrieval-skew.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'
import { cachedChance, streamOf } from './cached-chance.js'
import { chanceTogether } from './chance-together.js'
import { countValues } from './desired-shares.js'
import type { QueryTop } from './draw-tops.js'
import { imagePools, type ImagePool } from '../image-pool.js'
import { topKeeper, type TopKeeper } from './keep-top.js'
import { querySets } from './query-sets.js'
import { rankTop } from './rank-top.js'
import { variantOf } from './retrieval-variants.js'
import { rulesOfGrouping } from './rules-of-group.js'

type Input = ObserveInput<'retrieval-skew'>

/** Ranks, for every label of every label set, the images of known group, and keeps the groups of the first ones (measures.md B5). A label
 *  that several templates fill is one query, their averaged vector. One pass over the scores of a label set serves all groupings. */
export async function observeRetrieval(input: Input): Promise<RetrievalObserved[]> {
  const pools = imagePools(input.people, input.groupBy, input.derive)
  const observed: RetrievalObserved[] = []
  if (pools.length === 0) return observed
  for (const design of input.designs) {
    const kept = await keepFirst(design, pools, Math.max(...input.measure.cuts))
    pools.forEach((pool, index) => observed.push(observePool(design, pool, kept[index], input)))
  }
  return observed
}

/** For every pool and label the images that may be among the first. */
async function keepFirst(
  { labelSet, tiles }: ScoredDesign,
  pools: readonly ImagePool[],
  most: number,
): Promise<TopKeeper[][]> {
  const kept = pools.map(() => labelSet.labels.map(() => topKeeper(most)))
  for await (const { rows, scores, labels } of tiles())
    for (let image = 0; image < rows.length; image++)
      pools.forEach(({ codeOfRow }, pool) => {
        const row = rows[image]
        if (codeOfRow[row] < 0) return
        for (let label = 0; label < labels; label++) kept[pool][label].offer(row, scores[image * labels + label])
      })
  return kept
}

function observePool(
  design: ScoredDesign,
  pool: ImagePool,
  kept: readonly TopKeeper[],
  input: Input,
): RetrievalObserved {
  const { measure } = input
  const { labels, id } = design.labelSet
  const { groupBy, groups, codeOfRow } = pool
  const rows = Array.from(codeOfRow.keys()).filter((row) => codeOfRow[row] >= 0)
  const codes = Uint16Array.from(rows, (row) => codeOfRow[row])
  const counted = countValues(codes)
  const images = groups.map((_, code) => counted[code] ?? 0)
  const cuts = measure.cuts.filter((cut) => cut <= rows.length)
  const tops = kept.map((keeper) => rankFirst(keeper, cuts, variantOf(measure.as).keepsTies))
  return {
    kind: 'retrieval-skew',
    probe: input.probe,
    evidence: input.evidence,
    labelSet: id,
    groupBy,
    groups,
    images,
    queries: tops.map(({ rows: ranked, ties }, label) => ({
      query: labels[label].id,
      ranked: ranked.map((row) => codeOfRow[row]).join(' '),
      ties,
    })),
    together: together(design, pool, { tops, rows, codes, images, cuts, input }),
  }
}

type RankedTop = { readonly rows: readonly number[]; readonly ties: RetrievalObserved['queries'][number]['ties'] }

function rankFirst(keeper: TopKeeper, cuts: readonly number[], keepsTies: boolean): RankedTop {
  const { images, scores } = keeper.take()
  if (cuts.length === 0) return { rows: [], ties: [] }
  const tops = cuts.map((cut) => rankTop(scores, cut))
  const last = tops[tops.length - 1]
  const taken = last.images.length + (keepsTies ? last.tiedBeyond : 0)
  return {
    rows: rankTop(scores, taken).images.map((place) => images[place]),
    ties: cuts.map((cut, index) => [cut, tops[index].tiedWithin, tops[index].tiedBeyond] as const),
  }
}

type Ranked = {
  readonly tops: readonly RankedTop[]
  readonly rows: readonly number[]
  readonly codes: Uint16Array
  readonly images: readonly number[]
  readonly cuts: readonly number[]
  readonly input: Input
}

function together(
  { labelSet }: ScoredDesign,
  { groupBy, groups }: ImagePool,
  { tops, rows, codes, images, cuts, input }: Ranked,
): RetrievalObserved['together'] {
  const { measure, seed, probe } = input
  const rules = rulesOfGrouping(measure, groupBy, groups)
  const { keepsTies } = variantOf(measure.as)
  const stream = streamOf(probe, labelSet.id, groupBy)
  const chance = cachedChance({ images, rules, draws: measure.draws, seed, stream })
  const takenOf = (ties: readonly [number, number, number]): number => ties[0] + (keepsTies ? ties[2] : 0)
  // a cut without figures, such as the whole list or a list of one group, has no chance either
  const asked = cuts.map((_, index) => index).filter((index) => chance(cuts[index], cuts[index]) !== null)
  if (asked.length === 0) return []
  const placeOf = new Map(rows.map((row, place) => [row, place] as const))
  const queries = tops.map(({ rows: ranked, ties }): QueryTop => ({
    places: Int32Array.from(ranked, (row) => placeOf.get(row) ?? -1),
    taken: asked.map((index) => takenOf(ties[index])),
  }))
  return chanceTogether({
    images,
    codes,
    cuts: asked.map((index) => cuts[index]),
    queries,
    sets: querySets(
      labelSet.labels,
      labelSet.outcomes.map((outcome) => outcome.id),
    ),
    rules,
    limits: asked.map((index, place) =>
      queries.map(({ taken }) => chance(cuts[index], taken[place])?.limit ?? { maxSkew: Infinity, ndkl: Infinity }),
    ),
    draws: measure.draws,
    random: createRandom(seed, `retrieval-skew-together/${stream}`),
  })
}
