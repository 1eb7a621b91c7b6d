import { evidenceSourceName } from '../types/source-name.js'
import type { Facts, LabelSetFacts } from '../types/facts.js'

/** One way of deciding the images in each of two audits: evidence and label set. null for a label set that the other audit has not. */
export type MatchedRun = {
  readonly evidence: readonly [first: string | null, second: string | null]
  readonly labelSets: readonly [first: string | null, second: string | null]
  /** The model's name, or the file of decisions, on each side. */
  readonly sources: readonly [first: string | null, second: string | null]
}

/** Which run of the first audit is compared with which of the second: label sets and models of the same name with each other; where one is
 *  left over on each side, these two. */
export function matchRuns(first: Facts, second: Facts): MatchedRun[] {
  const labelSets = matchNames(first.labelSets.map(idOf), second.labelSets.map(idOf))
  const evidence = matchNames(namesIn(first), namesIn(second))
  return evidence.flatMap(([one, other]) =>
    labelSets.map((pair) => ({
      evidence: [evidenceOf(first, one), evidenceOf(second, other)] as const,
      labelSets: pair,
      sources: [one, other] as const,
    })),
  )
}

type Match = readonly [first: string | null, second: string | null]

function matchNames(first: readonly string[], second: readonly string[]): Match[] {
  const both = first.filter((name) => second.includes(name)).map((name): Match => [name, name])
  const [left, right] = [first.filter((name) => !second.includes(name)), second.filter((name) => !first.includes(name))]
  if (left.length === 1 && right.length === 1) return [...both, [left[0], right[0]]]
  return [...both, ...left.map((name): Match => [name, null]), ...right.map((name): Match => [null, name])]
}

function idOf({ id }: LabelSetFacts): string {
  return id
}

/** What a person would call each evidence: the model's folder, or the file of decisions. A plan has no two of one name. */
function namesIn({ evidence, models }: Facts): string[] {
  return evidence.map((each) => evidenceSourceName(each, models))
}

function evidenceOf(facts: Facts, name: string | null): string | null {
  return name === null ? null : (facts.evidence.at(namesIn(facts).indexOf(name))?.id ?? null)
}
