import { softmax } from '../../scoring/softmax.js'
import type { AssociationObserved } from '../../types/observed/association-threshold.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'

type Input = ObserveInput<'association-threshold'>
type Counts = { images: number; without: number; readonly labels: Float64Array }

/** Gives every image each label whose softmax probability over the whole label set reaches a threshold, and counts in every cell
 *  (measures.md B3). Tile by tile and in float64; no matrix of all scores is held. */
export async function observeAssociations(input: Input): Promise<AssociationObserved[]> {
  const observed: AssociationObserved[] = []
  for (const design of input.designs) observed.push(await observeDesign(design, input))
  return observed
}

async function observeDesign(design: ScoredDesign, input: Input): Promise<AssociationObserved> {
  const { probe, evidence, logitScale } = input
  const of = { kind: 'association-threshold', probe, evidence, labelSet: design.labelSet.id } as const
  if (logitScale === null) return { ...of, logitScale, logitScaleReason: 'not in the export', thresholds: [] }
  return { ...of, logitScale, logitScaleReason: null, thresholds: await countLabels(design, logitScale, input) }
}

async function countLabels(
  { labelSet, tiles }: ScoredDesign,
  logitScale: number,
  { measure, people }: Input,
): Promise<AssociationObserved['thresholds']> {
  const names = labelSet.labels.map(({ id }) => id)
  const counts = measure.thresholds.map(() =>
    people.cells.groups.map((): Counts => ({ images: 0, without: 0, labels: new Float64Array(names.length) })),
  )
  const probabilities = new Float64Array(names.length)
  for await (const { rows, scores, labels } of tiles()) {
    for (let place = 0; place < rows.length; place++) {
      if (!people.processed(rows[place])) continue
      softmax(scores.subarray(place * labels, (place + 1) * labels), logitScale, probabilities)
      const cell = people.cells.cellOfRow[rows[place]]
      measure.thresholds.forEach((threshold, index) => giveLabels(probabilities, threshold, counts[index][cell]))
    }
  }
  return measure.thresholds.map((threshold, index) => ({ threshold, cells: cellsOf(counts[index], names) }))
}

function giveLabels(probabilities: Float64Array, threshold: number, counts: Counts): void {
  let given = 0
  for (let label = 0; label < probabilities.length; label++) {
    if (probabilities[label] < threshold) continue
    counts.labels[label]++
    given++
  }
  counts.images++
  if (given === 0) counts.without++
}

function cellsOf(
  counts: readonly Counts[],
  names: readonly string[],
): AssociationObserved['thresholds'][number]['cells'] {
  return counts.flatMap(({ images, without, labels }, cell) => {
    if (images === 0) return []
    const given = names.map((name, label) => [name, labels[label]] as const).filter(([, count]) => count > 0)
    return [{ cell, images, without, labels: given }]
  })
}
