import { decide } from '../../scoring/decide.js'
import type { Decisions, Embeddings } from '../../types/decisions.js'
import type { FeatureSensitivityObserved, KeptLostGained } from '../../types/observed/feature-sensitivity.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'
import { exactly, judgeLabel } from '../reading/judge-label.js'
import { askedOf } from './asked-of.js'

type Input = ObserveInput<'feature-sensitivity'>
type Altered = FeatureSensitivityObserved['transforms'][number]

/** Decides every image under every label set as it is and once more under each alteration, and counts the pairs in every cell (measures.md
 *  B16). One alteration at a time is embedded; its decisions are counted before the next. */
export async function observeSensitivity(input: Input): Promise<FeatureSensitivityObserved[]> {
  const { designs, embeddings, measure } = input
  if (designs.length === 0) return []
  const before = await decisionsOn(embeddings, input)
  const questions = designs.map((design) => questionsOf(design, input))
  const altered = designs.map((): Altered[] => [])
  for (const transform of measure.transforms) {
    const after = await decisionsOn(await input.embedAltered(transform), input)
    altered.forEach((of, index) => {
      const cells = countPairs(before[index], after[index], questions[index], input)
      of.push({ transform: transform.id, cells })
    })
  }
  return designs.map(({ labelSet }, index) => ({
    kind: 'feature-sensitivity',
    probe: input.probe,
    evidence: input.evidence,
    labelSet: labelSet.id,
    outcomes: questions[index].outcomes.map(({ id }) => id),
    attributes: questions[index].attributes.map(({ id }) => id),
    asTheyAre: countAsTheyAre(before[index], questions[index], input),
    transforms: altered[index],
  }))
}

function decisionsOn(embeddings: Embeddings, { designs, people, multiply }: Input): Promise<Decisions[]> {
  const classes = designs.map(({ labelSet: { id, labels }, vectors }) => ({
    labelSet: id,
    labels: labels.length,
    vectors,
  }))
  return decide(embeddings, classes, { rows: people.rows, multiply, logitScale: null })
}

/** Whether something holds of an image of a cell that got a label. */
type Question = { readonly id: string; readonly holds: (label: number, cell: number) => boolean }
type Questions = { readonly outcomes: readonly Question[]; readonly attributes: readonly Question[] }

function questionsOf({ labelSet }: ScoredDesign, { measure, people }: Input): Questions {
  const { outcomes, attributes } = askedOf(measure, labelSet)
  const { groups, attributes: crossed } = people.cells
  return {
    outcomes: outcomes.map(({ id, categories }) => {
      const inside = labelSet.labels.map(({ outcome }) => categories.includes(outcome))
      return { id, holds: (label) => inside[label] }
    }),
    attributes: attributes
      .filter((attribute) => crossed.includes(attribute))
      .map((attribute) => {
        const judge = judgeLabel(exactly(attribute), { labelSet, dataset: people })
        const right = labelSet.labels.map((label) => groups.map((group) => judge(label.id, group) === 'right'))
        return { id: attribute, holds: (label, cell) => right[label][cell] }
      }),
  }
}

function countAsTheyAre(
  { winner }: Decisions,
  { outcomes, attributes }: Questions,
  { people }: Input,
): FeatureSensitivityObserved['asTheyAre'] {
  const counts = people.cells.groups.map((_, cell) => ({
    cell,
    images: 0,
    inOutcome: outcomes.map(() => 0),
    right: attributes.map(() => 0),
  }))
  forDecided(winner, people, (row, cell) => {
    const count = counts[cell]
    count.images++
    outcomes.forEach(({ holds }, index) => (count.inOutcome[index] += holds(winner[row], cell) ? 1 : 0))
    attributes.forEach(({ holds }, index) => (count.right[index] += holds(winner[row], cell) ? 1 : 0))
  })
  return counts.filter(({ images }) => images > 0)
}

function countPairs(
  { winner: before }: Decisions,
  { winner: after }: Decisions,
  { outcomes, attributes }: Questions,
  { people }: Input,
): Altered['cells'] {
  const counts = people.cells.groups.map((_, cell) => ({
    cell,
    images: 0,
    failed: 0,
    changed: 0,
    inOutcome: outcomes.map(nothing),
    right: attributes.map(nothing),
  }))
  forDecided(before, people, (row, cell) => {
    const count = counts[cell]
    const [first, second] = [before[row], after[row]]
    if (second < 0) {
      count.failed++
      return
    }
    count.images++
    count.changed += first === second ? 0 : 1
    const add = (to: [number, number, number], { holds }: Question): void => {
      const place = placeOf(holds(first, cell), holds(second, cell))
      if (place !== null) to[place]++
    }
    outcomes.forEach((question, index) => add(count.inOutcome[index], question))
    attributes.forEach((question, index) => add(count.right[index], question))
  })
  return counts.filter(({ images, failed }) => images + failed > 0)
}

function forDecided(winner: Int32Array, people: Input['people'], count: (row: number, cell: number) => void): void {
  for (let row = 0; row < people.rows; row++)
    if (winner[row] >= 0 && people.processed(row)) count(row, people.cells.cellOfRow[row])
}

function nothing(): [number, number, number] {
  return [0, 0, 0] satisfies KeptLostGained
}

function placeOf(isBefore: boolean, isAfter: boolean): 0 | 1 | 2 | null {
  if (isBefore) return isAfter ? 0 : 1
  return isAfter ? 2 : null
}
