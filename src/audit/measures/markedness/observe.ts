import type { MarkednessObserved } from '../../types/observed/markedness.js'
import { UNKNOWN } from '../../types/groups.js'
import { impliedValues } from '../reading/implied-values.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'

type Input = ObserveInput<'markedness'>
type Attribute = MarkednessObserved['attributes'][number]

/** Decides between two labels, image by image: the one without a group, and the one that implies the image's own value of an attribute. Of
 *  several of one kind the best counts. An exact tie goes to the label that stands first in the set. */
export async function observeMarkedness(input: Input): Promise<MarkednessObserved[]> {
  const observed: MarkednessObserved[] = []
  for (const design of input.designs) {
    const attributes: Attribute[] = []
    for (const attribute of input.measure.attributes) {
      const found = await countAttribute(attribute, design, input)
      if (found !== null) attributes.push(found)
    }
    observed.push({
      kind: 'markedness',
      probe: input.probe,
      evidence: input.evidence,
      labelSet: design.labelSet.id,
      attributes,
    })
  }
  return observed
}

async function countAttribute(
  attribute: string,
  design: ScoredDesign,
  { measure, people }: Input,
): Promise<Attribute | null> {
  const { labels } = design.labelSet
  const implied = impliedValues(labels, attribute)
  const column = people.attributes.find(({ name }) => name === attribute)
  if (implied === null || column === undefined) return null
  const unmarked = labels.flatMap(({ outcome }, index) => (outcome === measure.unmarked ? [index] : []))
  const ownOf = column.values.map((value) =>
    value === UNKNOWN ? [] : labels.flatMap(({ id }, index) => (implied.get(id) === value ? [index] : [])),
  )
  const counts = people.cells.groups.map(() => ({ unmarked: 0, images: 0, ties: 0 }))
  for await (const { rows, scores, labels: width } of design.tiles()) {
    for (let image = 0; image < rows.length; image++) {
      const row = rows[image]
      const own = ownOf[column.codes[row]]
      if (own.length === 0 || !people.processed(row)) continue
      const at = (label: number): number => scores[image * width + label]
      const [without, its] = [bestOf(unmarked, at), bestOf(own, at)]
      const wins = at(without) > at(its) || (at(without) === at(its) && without < its)
      const count = counts[people.cells.cellOfRow[row]]
      count.images++
      if (wins) count.unmarked++
      if (at(without) === at(its)) count.ties++
    }
  }
  return { attribute, cells: counts.flatMap((count, cell) => (count.images === 0 ? [] : [{ cell, ...count }])) }
}

function bestOf(labels: readonly number[], at: (label: number) => number): number {
  return labels.reduce((best, label) => (at(label) > at(best) ? label : best))
}
