import { insideOf as insideMeasured } from './measures/counted-outcomes.js'
import { groupFacts } from './measures/group-facts.js'
import type { RowCells } from './scoring/cells.js'
import { subjectSums, subjectGroups } from './scoring/subject-sums.js'
import type { Dataset } from './types/dataset.js'
import type { Decisions } from './types/decisions.js'
import type { DerivedAttribute } from './types/definitions.js'
import type { SubjectCounts, Facts, Family, ProbeFacts } from './types/facts.js'
import { categoryOutcomes } from './types/measures.js'

type SubjectInput = {
  readonly dataset: Dataset
  readonly cells: RowCells
  readonly decisions: readonly { readonly evidence: string; readonly decisions: readonly Decisions[] }[]
}

type Described = Omit<Facts, 'subjectCounts'>

/** How the images of every group, and of everyone else, are spread over subjects: the sums that an interval needs to account for
 *  several images of one person. Empty where subjects are not named, or where each has one image. */
export function countSubjects(facts: Described, input: SubjectInput): SubjectCounts[] {
  const { dataset } = input
  if (dataset.subjects === null) return []
  const subjectOfRow = codesOf(dataset.subjects)
  if (!hasRepeats(subjectOfRow, dataset)) return []
  const ofProbes = facts.probes.flatMap((probe) =>
    probe.families.flatMap((family) =>
      countFamily({ facts, input, subjectOfRow, family, derive: probe.derive, probe }),
    ),
  )
  const ofFailures = facts.failureFamilies.flatMap((family) =>
    countFamily({ facts, input, subjectOfRow, family, derive: [], probe: null }),
  )
  return [...ofProbes, ...ofFailures]
}

function countFamily(of: {
  readonly facts: Described
  readonly input: SubjectInput
  readonly subjectOfRow: Int32Array
  readonly family: Family
  readonly derive: readonly DerivedAttribute[]
  readonly probe: ProbeFacts | null
}): SubjectCounts[] {
  const { facts, input, subjectOfRow, family, derive, probe } = of
  const { dataset, cells } = input
  const grouped = groupFacts(facts.dataset, family.groupBy, derive)
  const groupOfCell = new Int32Array(cells.groups.length).fill(-1)
  grouped.cells.forEach((members, group) => members.forEach((cell) => (groupOfCell[cell] = group)))
  const groupOfRow = cells.cellOfRow.map((cell, row) => (dataset.excluded.has(row) ? -1 : groupOfCell[cell]))
  const pairs = subjectGroups(subjectOfRow, groupOfRow, grouped.groups.length)
  return family.outcomes.map((outcome) => {
    const question = probe === null ? failureQuestion(dataset) : decisionQuestion(facts, probe, family, outcome, input)
    const sums = subjectSums({ pairs, comparable: grouped.comparable, ...question })
    return { family: family.id, outcome, ...sums }
  })
}

type RowQuestion = { isCounted: (row: number) => boolean; isInside: (row: number) => boolean }

function failureQuestion(dataset: Dataset): RowQuestion {
  return { isCounted: () => true, isInside: (row) => dataset.quarantined.has(row) }
}

function decisionQuestion(
  facts: Described,
  probe: ProbeFacts,
  family: Family,
  outcome: string,
  { dataset, decisions, cells }: SubjectInput,
): RowQuestion {
  const place = facts.labelSets.findIndex(({ id }) => id === family.labelSet)
  const winner = decisions.find(({ evidence }) => evidence === family.evidence)?.decisions[place]?.winner
  if (winner === undefined) throw new RangeError(`family ${family.id} has no decisions`)
  const isInside = insideOf(facts, probe, place, outcome)
  return {
    isCounted: (row) =>
      winner[row] >= 0 && !dataset.quarantined.has(row) && isInside(winner[row], cells.cellOfRow[row]) !== null,
    isInside: (row) => isInside(winner[row], cells.cellOfRow[row]) === true,
  }
}

/** Whether an image of a cell that got a label is inside, label and cell by their places; null where it is not counted. */
function insideOf(
  { labelSets, dataset }: Described,
  { measure }: ProbeFacts,
  place: number,
  outcome: string,
): (label: number, cell: number) => boolean | null {
  const labelSet = labelSets[place]
  const declared = categoryOutcomes(measure).find(({ id }) => id === outcome)
  if (declared !== undefined) {
    const inside = labelSet.labels.map((label) => declared.categories.includes(label.outcome))
    return (label) => inside[label]
  }
  const isInside = insideMeasured(measure, outcome, { labelSet, dataset })
  return (label, cell) => isInside(labelSet.labels[label].id, dataset.cells[cell].group)
}

function codesOf(subjects: readonly string[]): Int32Array {
  const codes = new Map<string, number>()
  return Int32Array.from(subjects, (subject) => {
    const code = codes.get(subject) ?? codes.size
    codes.set(subject, code)
    return code
  })
}

function hasRepeats(subjectOfRow: Int32Array, { excluded, quarantined }: Dataset): boolean {
  const seen = new Set<number>()
  return subjectOfRow.some((subject, row) => {
    if (excluded.has(row) || quarantined.has(row)) return false
    const isRepeat = seen.has(subject)
    seen.add(subject)
    return isRepeat
  })
}
