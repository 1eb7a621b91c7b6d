import type { Facts, LabelSetFacts, ProbeFacts, Tally } from '../../types/facts.js'
import type { AccuracyReading } from '../../types/measures.js'
import { groupFacts } from '../group-facts.js'
import { addRight, countRight, type RightCount } from './count-right.js'
import { attributesOf, canRead } from './judge-label.js'

/** One reading under one label set by one source of decisions, counted in every cell. */
export type Read = {
  readonly evidence: string
  readonly labelSet: LabelSetFacts
  readonly reading: AccuracyReading
  readonly inCells: readonly RightCount[]
}

/** Everything that can be read: for each source of decisions, label set by label set, reading by reading. What the dataset is not annotated
 *  with cannot. */
export function readAll(facts: Facts, readings: readonly AccuracyReading[]): Read[] {
  const annotated = new Set(facts.dataset.cellAttributes)
  return facts.evidence.flatMap(({ id: evidence }) =>
    facts.labelSets.flatMap((labelSet) => {
      const tallies = talliesOf(facts, evidence, labelSet.id)
      return readings
        .filter((reading) => canRead(reading, labelSet) && attributesOf(reading).every((name) => annotated.has(name)))
        .map((reading) => ({
          evidence,
          labelSet,
          reading,
          inCells: countRight(tallies, reading, { labelSet, dataset: facts.dataset }),
        }))
    }),
  )
}

export function talliesOf(facts: Facts, evidence: string, labelSet: string): Tally[] {
  return facts.tallies.filter((tally) => tally.evidence === evidence && tally.labelSet === labelSet)
}

/** The counts of one reading in each group of some attributes. */
export function inGroups(facts: Facts, { derive }: Pick<ProbeFacts, 'derive'>, groupBy: readonly string[]) {
  const grouped = groupFacts(facts.dataset, groupBy, derive)
  return {
    grouped,
    count: (read: Read): RightCount[] => grouped.cells.map((cells) => addRight(read.inCells, cells)),
  }
}

/** All images together. */
export function everywhere({ inCells }: Read): RightCount {
  return addRight(inCells, [...inCells.keys()])
}
