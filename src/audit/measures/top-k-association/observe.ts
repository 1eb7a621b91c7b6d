import { activationOf } from '../../scoring/activation-of.js'
import { probabilities } from '../../scoring/probabilities.js'
import type { Activation } from '../../types/activation.js'
import type { TopKObserved } from '../../types/observed/top-k-association.js'
import { atScale } from '../at-scale.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'
import { bestLabels } from './best-labels.js'

type Input = ObserveInput<'top-k-association'>
type Counts = { images: number; without: number; readonly associations: number[] }

/** Counts, for every threshold, images with a counting label of each outcome category (measures.md B4). Scores are
 *  probabilities: a softmax over the label set, as those of a classifier, or each label's own sigmoid. A model without a logit scale has none:
 *  then nothing is counted. */
export async function observeTopK(input: Input): Promise<TopKObserved[]> {
  const observed: TopKObserved[] = []
  for (const design of input.designs) observed.push(await observeDesign(design, input))
  return observed
}

async function observeDesign(design: ScoredDesign, input: Input): Promise<TopKObserved> {
  const { probe, evidence } = input
  const activation = activationOf(input)
  const of = { kind: 'top-k-association', probe, evidence, labelSet: design.labelSet.id } as const
  const thresholds = activation === null ? [] : await countImages(design, activation, input)
  return { ...of, ...atScale(input), thresholds }
}

async function countImages(
  { labelSet: { labels, outcomes }, tiles }: ScoredDesign,
  activation: Activation,
  { measure: { associations, thresholds, most }, people }: Input,
): Promise<TopKObserved['thresholds']> {
  const asked = associations.filter((association) => outcomes.some(({ id }) => id === association))
  const associationOf = Int32Array.from(labels, ({ outcome }) => asked.indexOf(outcome))
  const counts = thresholds.map(() =>
    people.cells.groups.map((): Counts => ({ images: 0, without: 0, associations: asked.map(() => 0) })),
  )
  const ofLabels = new Float64Array(labels.length)
  const best = new Uint32Array(most)
  for await (const { rows, scores, labels: width } of tiles()) {
    for (let image = 0; image < rows.length; image++) {
      if (!people.processed(rows[image])) continue
      const ofImage = scores.subarray(image * width, (image + 1) * width)
      probabilities(ofImage, activation, ofLabels)
      const kept = bestLabels(ofImage, most, best) // in the order of probabilities, of which many may be 1 to the last bit
      const cell = people.cells.cellOfRow[rows[image]]
      thresholds.forEach((threshold, place) => {
        // the best of those that reach the threshold are those of the best that reach it: they stand in order
        let counting = 0
        while (counting < kept && ofLabels[best[counting]] >= threshold) counting++
        addImage(counts[place][cell], best.subarray(0, counting), associationOf)
      })
    }
  }
  return thresholds.map((threshold, place) => ({ threshold, cells: cellsOf(counts[place], asked) }))
}

/** Counts each association of the labels once. */
function addImage(counts: Counts, labels: Uint32Array, associationOf: Int32Array): void {
  counts.images++
  if (labels.length === 0) counts.without++
  labels.forEach((label, place) => {
    const association = associationOf[label]
    if (association < 0) return
    for (let before = 0; before < place; before++) if (associationOf[labels[before]] === association) return
    counts.associations[association]++
  })
}

function cellsOf(counts: readonly Counts[], asked: readonly string[]): TopKObserved['thresholds'][number]['cells'] {
  return counts.flatMap(({ images, without, associations }, cell) => {
    if (images === 0) return []
    const pairs = asked.map((association, index) => [association, associations[index]] as const)
    return [{ cell, images, without, associations: pairs }]
  })
}
