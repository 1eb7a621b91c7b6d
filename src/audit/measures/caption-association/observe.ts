import { permutationPValue } from '../../statistics/permutation-p-value.js'
import { quantile } from '../../statistics/quantile.js'
import { createRandom } from '../../statistics/random.js'
import type { CaptionAssociationObserved } from '../../types/observed/caption-association.js'
import type { MeasuredValue } from '../../types/observed/observed.js'
import type { ReasonCode } from '../../types/verdict.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'
import { imagePools, type ImagePool } from '../image-pool.js'
import { captionAssociations, permutedAssociations, sizesOf, type CaptionScores } from './associations.js'

type Input = ObserveInput<'caption-association'>

const SCORES_AT_ONCE = 2 ** 25 // 128 MiB: with more images, fewer captions at a time and one pass more over the scores

/** How near each label of each label set lies to the images of every group, against everyone else whose group is known (measures.md B5,
 *  C-ASC). A label that several templates fill is one caption, their averaged vector. */
export async function observeAssociations(input: Input): Promise<CaptionAssociationObserved[]> {
  const pools = imagePools(input.people, input.groupBy, input.derive)
  const observed: CaptionAssociationObserved[] = []
  for (const design of input.designs) for (const pool of pools) observed.push(await observePool(design, pool, input))
  return observed
}

async function observePool(design: ScoredDesign, pool: ImagePool, input: Input): Promise<CaptionAssociationObserved> {
  const { labels, id } = design.labelSet
  const { groupBy, groups, codeOfRow } = pool
  const rows = Int32Array.from([...codeOfRow.keys()].filter((row) => codeOfRow[row] >= 0))
  const codes = Uint16Array.from(rows, (row) => codeOfRow[row])
  const atOnce = Math.max(1, Math.floor(SCORES_AT_ONCE / Math.max(1, rows.length)))
  const captions: CaptionAssociationObserved['captions'][number][] = []
  for (let start = 0; start < labels.length; start += atOnce) {
    const end = Math.min(start + atOnce, labels.length)
    const scores = await scoresOf(design, rows, [start, end])
    const measured = measure({ captions: end - start, scores, codes, groups: groups.length }, pool, design, input)
    measured.forEach((associations, index) => captions.push({ caption: labels[start + index].id, associations }))
  }
  const sizes = sizesOf(codes, groups.length)
  return {
    kind: 'caption-association',
    probe: input.probe,
    evidence: input.evidence,
    labelSet: id,
    groupBy,
    groups: groups.map((group, code) => ({ group, images: sizes[code] })),
    captions,
  }
}

/** Cosines of some rows with some captions: rows x captions, row-major. */
async function scoresOf(
  { tiles }: ScoredDesign,
  rows: Int32Array,
  [start, end]: readonly [number, number],
): Promise<Float32Array> {
  const scores = new Float32Array((end - start) * rows.length)
  let place = 0
  for await (const tile of tiles())
    for (let image = 0; image < tile.rows.length; image++) {
      if (tile.rows[image] !== rows[place]) continue // both are in dataset order
      for (let label = start; label < end; label++)
        scores[place * (end - start) + label - start] = tile.scores[image * tile.labels + label]
      place++
    }
  return scores
}

function measure(of: CaptionScores, pool: ImagePool, { labelSet }: ScoredDesign, input: Input): MeasuredValue[][] {
  const { policy, measure: { draws }, seed, probe } = input // prettier-ignore
  const reasons = reasonsAgainst(of, policy.minimumImages)
  const seen = captionAssociations(of)
  const asked = [...seen.keys()].filter((index) => !Number.isNaN(seen[index]) && reasons[index % of.groups] === null)
  const drawn = new Map(asked.map((index) => [index, new Float64Array(draws)] as const))
  // a stream of its own for every grouping, begun again for every part of the captions: how many go at once moves nothing
  const random = createRandom(seed, `caption-association/${probe}/${labelSet.id}/${JSON.stringify(pool.groupBy)}`)
  let draw = 0
  if (asked.length > 0)
    permutedAssociations(of, { draws, random }, (associations) => {
      for (const [index, column] of drawn) column[draw] = associations[index]
      draw++
    })
  const valueOf = (index: number): MeasuredValue => {
    const column = drawn.get(index)
    if (column === undefined) return { value: null, reason: reasons[index % of.groups] ?? 'no-variation' }
    return { value: seen[index], chance: chanceOf(seen[index], column) }
  }
  return Array.from({ length: of.captions }, (_, caption) =>
    Array.from({ length: of.groups }, (_, group) => valueOf(caption * of.groups + group)),
  )
}

/** Why a group is not compared, or null. */
function reasonsAgainst({ codes, groups }: CaptionScores, minimum: number): (ReasonCode | null)[] {
  const least = Math.max(1, minimum)
  return sizesOf(codes, groups).map((images) => {
    if (images === 0) return 'no-images'
    if (images < least) return 'group-too-small'
    return codes.length - images < least ? 'reference-too-small' : null
  })
}

function chanceOf(seen: number, drawn: Float64Array): NonNullable<MeasuredValue['chance']> {
  const centre = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
  const distances = drawn.map(Math.abs).sort()
  return {
    centre,
    percentile95: quantile(distances, 0.95),
    p: permutationPValue(Math.abs(seen), distances),
    draws: drawn.length,
  }
}
