import { softmax } from '../../scoring/softmax.js'
import type { TopKObserved } from '../../types/observed/top-k-association.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'
import { countingLabels } from './count-associations.js'

type Input = ObserveInput<'top-k-association'>
type Counts = { images: number; without: number; readonly associations: number[] }

/** Counts, for every threshold, images with a counting label of each outcome category (measures.md B4). Scores are softmax probabilities over
 *  the label set, as those of a classifier. A model without a logit scale has none: then nothing is counted. */
export async function observeTopK(input: Input): Promise<TopKObserved[]> {
  const observed: TopKObserved[] = []
  for (const design of input.designs) observed.push(await observeDesign(design, input))
  return observed
}

async function observeDesign(design: ScoredDesign, input: Input): Promise<TopKObserved> {
  const { probe, evidence, logitScale } = input
  const of = { kind: 'top-k-association', probe, evidence, labelSet: design.labelSet.id } as const
  if (logitScale === null) return { ...of, logitScale, logitScaleReason: 'not in the export', thresholds: [] }
  return { ...of, logitScale, logitScaleReason: null, thresholds: await countImages(design, logitScale, input) }
}

async function countImages(
  { labelSet: { labels, outcomes }, tiles }: ScoredDesign,
  logitScale: number,
  { measure, people }: Input,
): Promise<TopKObserved['thresholds']> {
  const asked = measure.associations.filter((association) => outcomes.some(({ id }) => id === association))
  const outcomeOf = new Map(labels.map((label) => [label.id, label.outcome] as const))
  const counts = measure.thresholds.map(() =>
    people.cells.groups.map((): Counts => ({ images: 0, without: 0, associations: asked.map(() => 0) })),
  )
  const probabilities = new Float64Array(labels.length)
  for await (const { rows, scores, labels: width } of tiles()) {
    for (let image = 0; image < rows.length; image++) {
      if (!people.processed(rows[image])) continue
      softmax(scores.subarray(image * width, (image + 1) * width), logitScale, probabilities)
      const scored = labels.map(({ id }, index) => ({ label: id, score: probabilities[index] }))
      const cell = people.cells.cellOfRow[rows[image]]
      measure.thresholds.forEach((threshold, place) => {
        const kept = countingLabels(scored, { threshold, most: measure.most })
        addImage(counts[place][cell], new Set(kept.map((label) => outcomeOf.get(label))), asked)
      })
    }
  }
  return measure.thresholds.map((threshold, place) => ({ threshold, cells: cellsOf(counts[place], asked) }))
}

function addImage(counts: Counts, kept: ReadonlySet<string | undefined>, asked: readonly string[]): void {
  counts.images++
  if (kept.size === 0) counts.without++
  asked.forEach((association, index) => {
    if (kept.has(association)) counts.associations[index]++
  })
}

function cellsOf(counts: readonly Counts[], asked: readonly string[]): TopKObserved['thresholds'][number]['cells'] {
  return counts.flatMap(({ images, without, associations }, cell) => {
    if (images === 0) return []
    const pairs = asked.map((association, index) => [association, associations[index]] as const)
    return [{ cell, images, without, associations: pairs }]
  })
}
