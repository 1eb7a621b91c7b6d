import { categoryOutcomes } from './types/measures.js'
import { COMMAND_LINE } from './definitions/plan-flags.js'
import { didYouMean } from './definitions/nearest-word.js'
import { DefinitionError, quoted } from './errors.js'
import { groupFacts } from './measures/group-facts.js'
import type { GroupedCells } from './measures/group-cells.js'
import type { AuditResult } from './types/audit.js'
import type { Facts, LabelSetFacts } from './types/facts.js'
import type { Group } from './types/groups.js'

/** What of an audit somebody wants to look at; null where the audit leaves only one choice. */
export type CountWanted = {
  readonly evidence: string | null
  readonly labelSet: string | null
  readonly group: Group
  readonly outcome: string
}

/** One count of a saved audit: whose decisions, which group, which labels, and how many images of each label it counted. */
export type CountedImages = {
  readonly evidence: string
  readonly labelSet: LabelSetFacts
  readonly group: Group
  readonly outcome: string
  /** Outcome categories that count. */
  readonly categories: readonly string[]
  /** Cells of the audit that the group is made of. */
  readonly cells: readonly number[]
  /** Images of the group by label, over all labels of the label set, as the audit counted them. */
  readonly counts: readonly (readonly [label: string, images: number])[]
}

/** Finds a count in a saved audit. Throws DefinitionError where the audit has no such evidence, label set, outcome, attribute or value,
 *  or more than one where none is named. */
export function countedImages({ facts }: AuditResult, wanted: CountWanted): CountedImages {
  const evidence = chosen('--evidence', wanted.evidence, facts.evidence.map(({ id }) => id)) // prettier-ignore
  const withOutcome = facts.labelSets.filter((labelSet) => categoriesOf(facts, labelSet, wanted.outcome) !== null)
  if (withOutcome.length === 0) throw refusal('--outcome', outcomesOf(facts), wanted.outcome)
  const id = chosen('--label-set', wanted.labelSet, withOutcome.map((labelSet) => labelSet.id)) // prettier-ignore
  const labelSet = withOutcome.filter((one) => one.id === id)[0]
  const grouped = groupOf(facts, wanted.group)
  const cells = grouped.cells[grouped.groups.findIndex((group) => isSame(group, wanted.group))]
  const tallies = facts.tallies.filter((tally) => tally.evidence === evidence && tally.labelSet === labelSet.id)
  return {
    evidence,
    labelSet,
    group: wanted.group,
    outcome: wanted.outcome,
    categories: categoriesOf(facts, labelSet, wanted.outcome) ?? [],
    cells,
    counts: labelSet.labels.map(({ id: label }) => {
      const images = cells.map((cell) => tallies[cell].counts.find(([counted]) => counted === label)?.[1] ?? 0)
      return [label, images.reduce((sum, count) => sum + count, 0)] as const
    }),
  }
}

/** An outcome of a probe, a union too, or else an outcome category of the label set; null where the label set has no such outcome. */
function categoriesOf(facts: Facts, { outcomes }: LabelSetFacts, outcome: string): readonly string[] | null {
  const declared = outcomes.map(([id]) => id)
  const ofProbes = facts.probes.flatMap(({ measure }) => categoryOutcomes(measure).filter(({ id }) => id === outcome))
  const found = ofProbes.find(({ categories }) => categories.every((id) => declared.includes(id)))
  return found?.categories ?? (declared.includes(outcome) ? [outcome] : null)
}

function outcomesOf({ probes, labelSets }: Facts): string[] {
  const ofProbes = probes.flatMap(({ measure }) => categoryOutcomes(measure).map(({ id }) => id))
  return [...new Set([...ofProbes, ...labelSets.flatMap(({ outcomes }) => outcomes.map(([id]) => id))])]
}

function groupOf(facts: Facts, group: Group): GroupedCells {
  const derived = facts.probes.flatMap(({ derive }) => derive)
  const known = [...facts.dataset.cellAttributes, ...derived.map(({ id }) => id)]
  const unknown = group.find(([attribute]) => !known.includes(attribute))
  if (unknown !== undefined) throw refusal('--group', known, unknown[0])
  const names = group.map(([attribute]) => attribute)
  const grouped = groupFacts(facts.dataset, names, derived)
  names.forEach((name, place) => {
    const values = [...new Set(grouped.groups.map((one) => one[place][1]))]
    if (!values.includes(group[place][1])) throw refusal(`--group ${name}`, values, group[place][1])
  })
  if (grouped.groups.some((one) => isSame(one, group))) return grouped
  throw refusal('--group', ['a combination that occurs'], group.map(([, value]) => value).join(', '))
}

function chosen(field: string, wanted: string | null, all: readonly string[]): string {
  const [only] = all
  if (wanted === null && all.length === 1) return only
  if (wanted !== null && all.includes(wanted)) return wanted
  throw refusal(field, all, wanted)
}

function refusal(field: string, all: readonly string[], received: string | null): DefinitionError {
  const hint = received === null ? null : didYouMean(received, all)
  return new DefinitionError('show-images.choice', {
    at: COMMAND_LINE,
    field,
    expected: `one that this audit has (${all.map((each) => quoted(each)).join(', ')})`,
    received: received === null ? 'nothing' : quoted(received),
    ...(hint === null ? {} : { hint }),
  })
}

function isSame(a: Group, b: Group): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
