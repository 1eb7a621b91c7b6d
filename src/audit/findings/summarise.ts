import { categoryOutcomes } from '../types/measures.js'
import type { Contrast, Derived, Finding, Severity, VerdictKind } from '../types/derived.js'
import type { Facts, Tally } from '../types/facts.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'

const MOST_LISTED = 10
const WORST_FIRST: readonly Severity[] = ['critical', 'serious', 'moderate', 'minor']

/** Counts the verdicts of the probes, adds up undecided and tied images per label set, and puts the findings to read first in order: disparities towards harm in single attributes,
 *  by severity and then by the difference of the rates, one per group and label set. A union repeats what its parts say, so it
 *  stands in the list only where a probe counts nothing but unions. */
export function summarise(
  facts: Facts,
  findings: readonly Finding[],
  contrasts: ReadonlyMap<string, Contrast>,
): Derived['summary'] {
  const probed = findings.filter(({ contrast }) => contrasts.get(contrast)?.probe !== FAILURE_PROBE)
  return {
    verdicts: countVerdicts(probed),
    largest: largestHarms(probed.filter(isNoRepetition(facts, contrasts)), contrasts),
    undecided: perDesign(facts, (tallies) => [
      total(tallies.map(({ undecided }) => undecided)),
      total(tallies.map((tally) => tally.total)),
    ]),
    ties: perDesign(facts, (tallies) => [totalOrNull(tallies.map(nearTiesOf)), totalOrNull(tallies.map(exactTiesOf))]),
  }
}

/** Two sums over the tallies of every evidence and label set. */
function perDesign<Sum>(
  { evidence, labelSets, tallies }: Facts,
  sums: (tallies: readonly Tally[]) => readonly [Sum, Sum],
): (readonly [evidence: string, labelSet: string, first: Sum, second: Sum])[] {
  return evidence.flatMap(({ id }) =>
    labelSets.map((labelSet) => {
      const own = tallies.filter((tally) => tally.evidence === id && tally.labelSet === labelSet.id)
      return [id, labelSet.id, ...sums(own)] as const
    }),
  )
}

function nearTiesOf({ nearTies }: Tally): number | null {
  return nearTies === null ? null : total(nearTies.map(([, , images]) => images))
}

function exactTiesOf({ exactTies }: Tally): number | null {
  return exactTies
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, images) => sum + images, 0)
}

/** A sum with an unknown part is unknown: 0 would read as "no ties". */
function totalOrNull(counts: readonly (number | null)[]): number | null {
  const known = counts.flatMap((images) => images ?? [])
  return known.length < counts.length ? null : total(known)
}

function isNoRepetition({ probes }: Facts, contrasts: ReadonlyMap<string, Contrast>): (finding: Finding) => boolean {
  return (finding) => {
    const contrast = contrasts.get(finding.contrast)
    const probe = probes.find(({ id }) => id === contrast?.probe)
    const outcomes = probe === undefined ? [] : [...categoryOutcomes(probe.measure), ...probe.counted]
    const isUnion = outcomes.find(({ id }) => id === contrast?.outcome)?.isUnion ?? false
    return !isUnion || outcomes.every((outcome) => outcome.isUnion)
  }
}

function countVerdicts(findings: readonly Finding[]): Derived['summary']['verdicts'] {
  const kinds: readonly (readonly [VerdictKind, 'higher' | 'lower' | null])[] = [
    ['disparity', 'higher'],
    ['disparity', 'lower'],
    ['within-margin', null],
    ['inconclusive', null],
    ['insufficient', null],
  ]
  return kinds.map(([kind, direction]) => {
    const same = findings.filter(
      ({ verdict }) => verdict.kind === kind && (verdict.kind !== 'disparity' || verdict.direction === direction),
    )
    return [kind, direction, same.length] as const
  })
}

function largestHarms(findings: readonly Finding[], contrasts: ReadonlyMap<string, Contrast>): string[] {
  const seen = new Set<string>()
  return findings
    .flatMap((finding) => {
      const contrast = contrasts.get(finding.contrast)
      const { verdict } = finding
      const isHarm = verdict.kind === 'disparity' && verdict.direction === 'higher' && finding.harm !== 'none'
      return contrast !== undefined && isHarm && contrast.groupBy.length === 1 ? [{ finding, contrast }] : []
    })
    .sort(
      (a, b) =>
        rank(a.finding) - rank(b.finding) || (b.contrast.difference.value ?? 0) - (a.contrast.difference.value ?? 0),
    )
    .filter(({ contrast }) => {
      const key = JSON.stringify([contrast.evidence, contrast.labelSet, contrast.sides[0].group])
      return !seen.has(key) && seen.add(key)
    })
    .slice(0, MOST_LISTED)
    .map(({ finding }) => finding.id)
}

function rank({ severity }: Finding): number {
  return severity === null ? WORST_FIRST.length : WORST_FIRST.indexOf(severity)
}
