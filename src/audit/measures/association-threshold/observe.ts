import { activationOf } from '../../scoring/activation-of.js'
import { probabilities } from '../../scoring/probabilities.js'
import type { Activation } from '../../types/activation.js'
import type { AssociationObserved } from '../../types/observed/association-threshold.js'
import { atScale } from '../at-scale.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'

type Input = ObserveInput<'association-threshold'>
type Counts = { images: number; without: number; readonly labels: Float64Array }

/** Gives every image each label whose probability reaches a threshold (a softmax over the whole label set, or the label's own sigmoid), and
 *  counts in every cell (measures.md B3). Tile by tile and in float64; no matrix of all scores is held. */
export async function observeAssociations(input: Input): Promise<AssociationObserved[]> {
  const observed: AssociationObserved[] = []
  for (const design of input.designs) observed.push(await observeDesign(design, input))
  return observed
}

async function observeDesign(design: ScoredDesign, input: Input): Promise<AssociationObserved> {
  const { probe, evidence } = input
  const activation = activationOf(input)
  const of = { kind: 'association-threshold', probe, evidence, labelSet: design.labelSet.id } as const
  const thresholds = activation === null ? [] : await countLabels(design, activation, input)
  return { ...of, ...atScale(input), thresholds }
}

async function countLabels(
  { labelSet, tiles }: ScoredDesign,
  activation: Activation,
  { measure, people }: Input,
): Promise<AssociationObserved['thresholds']> {
  const names = labelSet.labels.map(({ id }) => id)
  const counts = measure.thresholds.map(() =>
    people.cells.groups.map((): Counts => ({ images: 0, without: 0, labels: new Float64Array(names.length) })),
  )
  const ofLabels = new Float64Array(names.length)
  for await (const { rows, scores, labels } of tiles()) {
    for (let place = 0; place < rows.length; place++) {
      if (!people.processed(rows[place])) continue
      probabilities(scores.subarray(place * labels, (place + 1) * labels), activation, ofLabels)
      const cell = people.cells.cellOfRow[rows[place]]
      measure.thresholds.forEach((threshold, index) => giveLabels(ofLabels, threshold, counts[index][cell]))
    }
  }
  return measure.thresholds.map((threshold, index) => ({ threshold, cells: cellsOf(counts[index], names) }))
}

function giveLabels(ofLabels: Float64Array, threshold: number, counts: Counts): void {
  let given = 0
  for (let label = 0; label < ofLabels.length; label++) {
    if (ofLabels[label] < threshold) continue
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
