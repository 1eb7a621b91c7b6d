import { percentileInterval } from '../../statistics/percentile-interval.js'
import { poissonWeight } from '../../statistics/poisson-weight.js'
import { createRandom } from '../../statistics/random.js'
import type { Policy } from '../../types/definitions.js'
import type { SelfSimilarityObserved } from '../../types/observed/self-similarity.js'
import type { ReasonCode } from '../../types/verdict.js'
import type { ObserveInput } from '../measure-kind.js'
import { rowGroups, type RowGroup } from '../row-groups.js'
import { similaritiesOf } from './similarities.js'
import { sumVectors } from './sum-vectors.js'

type Input = ObserveInput<'self-similarity'>
type Observed = SelfSimilarityObserved['groups'][number]
type Measured = NonNullable<Observed['difference']>

const NUMBERS_AT_ONCE = 2 ** 23 // 64 MiB of sums: with more cells, fewer draws at a time and one pass more over the vectors
const MOST_UNDEFINED = 0.05 // of the bootstrap samples; with more of them no interval is given

/** Mean cosine inside every group (measures.md B6), and how far it is from the mean of the other groups of its grouping. Not from everyone else
 *  together: pairs of two groups are less alike than pairs of one, so that every group would be more alike than a mixture of the others.
 *  One bootstrap sample serves all groups: sums are kept for every cell of the dataset, and the cells of a group are added up.
 *  Cost: images x dim x draws, whatever is grouped by. */
export async function observeSelfSimilarity(input: Input): Promise<SelfSimilarityObserved[]> {
  const { people, groupBy, derive, probe, evidence } = input
  const images = imagesOf(input)
  const groups = rowGroups({ cells: people.cells.groups, attributes: people.attributes }, groupBy, derive)
    .filter(({ comparable }) => comparable)
    .map((group) => ({ ...group, images: group.cells.reduce((sum, cell) => sum + images[cell], 0) }))
  const [seen, repeats] = [await replicate(groups, input, [() => 1]), hasRepeatedSubjects(people)]
  const drawn = repeats ? null : await drawAgain(groups, input)
  const described = groups.map((group, place) => describe(group, { groups, place, seen, drawn }, input.policy))
  return [{ kind: 'self-similarity', probe, evidence, labelSet: null, groups: described }]
}

/** Images that take part, in each cell. */
function imagesOf({ people, embeddings }: Input): number[] {
  const images = people.cells.groups.map(() => 0)
  for (const row of embeddings.rows) if (people.processed(row)) images[people.cells.cellOfRow[row]]++
  return images
}

function hasRepeatedSubjects({ subjects }: Input['people']): boolean {
  return subjects !== null && new Set(subjects).size < subjects.length
}

type Group = RowGroup & { readonly images: number }

/** The similarity of every group in every draw. */
async function replicate(
  groups: readonly Group[],
  { people, embeddings, multiply }: Input,
  weigh: readonly (() => number)[],
): Promise<Float64Array[]> {
  const cellOf = (row: number): number => (people.processed(row) ? people.cells.cellOfRow[row] : -1)
  const summed = await sumVectors(embeddings, cellOf, { cells: people.cells.groups.length, weigh, multiply })
  return groups.map(({ cells }) => similaritiesOf(summed, cells))
}

/** Every draw has a stream of its own, so that how many are taken at a time moves nothing. */
async function drawAgain(groups: readonly Group[], input: Input): Promise<Float64Array[]> {
  const { people, embeddings, measure: { draws }, seed, probe } = input // prettier-ignore
  const atOnce = Math.max(1, Math.floor(NUMBERS_AT_ONCE / (people.cells.groups.length * embeddings.dim)))
  const drawn = groups.map(() => new Float64Array(draws))
  for (let start = 0; start < draws; start += atOnce) {
    const weigh = Array.from({ length: Math.min(atOnce, draws - start) }, (_, index) => {
      const random = createRandom(seed, `self-similarity/${probe}/${start + index}`)
      return () => poissonWeight(random.uniform())
    })
    const part = await replicate(groups, input, weigh)
    part.forEach((similarities, place) => drawn[place].set(similarities, start))
  }
  return drawn
}

/** All groups, the place of the one in question, and the similarities of each: as seen, and in every draw. */
type Among = {
  readonly groups: readonly Group[]
  readonly place: number
  readonly seen: readonly Float64Array[]
  readonly drawn: readonly Float64Array[] | null
}

function describe({ key, group, groupBy, images }: Group, among: Among, { alpha, minimumImages }: Policy): Observed {
  const named = { key, group, images }
  const { groups, place, seen, drawn } = among
  const isEveryone = groupBy.length === 0
  if (images < 2) {
    const reason: ReasonCode = images === 0 ? 'no-images' : 'group-too-small'
    return { ...named, value: null, reason, difference: isEveryone ? null : { value: null, reason } }
  }
  const least = Math.max(2, minimumImages)
  const others = [...groups.keys()].filter(
    (other) => other !== place && groups[other].groupBy === groupBy && groups[other].images >= least,
  )
  const differenceOf = (): Measured => {
    if (images < least) return { value: null, reason: 'group-too-small' }
    if (others.length === 0) return { value: null, reason: 'reference-too-small' }
    const lessOthers = (of: readonly Float64Array[]): Float64Array =>
      of[place].map((value, draw) => value - others.reduce((sum, other) => sum + of[other][draw], 0) / others.length)
    return { value: lessOthers(seen)[0], ...intervalOf(drawn === null ? null : lessOthers(drawn), alpha) }
  }
  return {
    ...named,
    value: seen[place][0],
    ...intervalOf(drawn?.[place] ?? null, alpha),
    difference: isEveryone ? null : differenceOf(),
  }
}

function intervalOf(replicates: Float64Array | null, alpha: number): Pick<Measured, 'interval' | 'intervalReason'> {
  if (replicates === null) return { interval: null, intervalReason: 'repeated-subjects' }
  const known = replicates.filter((value) => !Number.isNaN(value))
  if (known.length < replicates.length * (1 - MOST_UNDEFINED))
    return { interval: null, intervalReason: 'group-too-small' }
  const { low, high } = percentileInterval(known, alpha)
  return { interval: [low, high] }
}
