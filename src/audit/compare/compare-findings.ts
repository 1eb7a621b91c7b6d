import { newcombeInterval } from '../statistics/newcombe-interval.js'
import type { AuditResult } from '../types/audit.js'
import type {
  AuditDifference,
  ComparedFinding,
  ComparedSide,
  NotComparableReason,
  PairedChange,
} from '../types/audit-comparison.js'
import type { Group } from '../types/groups.js'
import type { ChangeRecord } from '../types/paired.js'
import { comparisonBasis, differsIn } from './basis.js'
import { classify, harms } from './classify.js'
import { isHalf, notComparable, sameDesign } from './comparability.js'
import { foundIn, questionOf, toldOf, type Found } from './found.js'
import type { MatchedRun } from './match-runs.js'
import { differsInLimits } from './policy-differences.js'

/** Changes on the same images, by run and then by outcome, grouping and group; see pairedKey. */
export type PairedChanges = ReadonlyMap<string, ChangeRecord>

export type FindingsInput = {
  readonly audits: readonly [AuditResult, AuditResult]
  readonly differences: readonly AuditDifference[]
  readonly paired: PairedChanges
}

/** What became of every finding of one pair of runs. */
export function compareFindings(run: MatchedRun, input: FindingsInput): ComparedFinding[] {
  const [first, second] = input.audits.map((audit, side) => ofRun(audit, run, side === 0 ? 0 : 1))
  const earlier = new Map(first.map((found) => [questionOf(found.contrast), found] as const))
  const later = new Set(second.map(({ contrast }) => questionOf(contrast)))
  const gone = first.filter(({ contrast }) => !later.has(questionOf(contrast)))
  return [
    ...second.flatMap((found) => compareSides(run, earlier.get(questionOf(found.contrast)) ?? null, found, input)),
    ...gone.flatMap((found) => compareSides(run, found, null, input)),
  ]
}

/** Findings of the run; none where the audit has no such run, although findings on failures have neither model nor label set. */
function ofRun(audit: AuditResult, run: MatchedRun, side: 0 | 1): Found[] {
  const { evidence, labelSets } = run
  if (isHalf(evidence) && evidence[side] === null) return []
  return foundIn(audit).filter(
    ({ contrast }) => contrast.evidence === evidence[side] && contrast.labelSet === labelSets[side],
  )
}

/** Names a change between two runs of two audits. */
export function pairedKey(
  run: MatchedRun,
  { probe, outcome, groupBy, group }: Pick<ChangeRecord, 'probe' | 'outcome' | 'groupBy' | 'group'>,
): string {
  return JSON.stringify([run, probe, outcome, groupBy, group])
}

/** One row, or one for each value where an attribute has two: what is true of one of them need not be of the other. */
function compareSides(
  run: MatchedRun,
  first: Found | null,
  second: Found | null,
  input: FindingsInput,
): ComparedFinding[] {
  const told = toldFrom(first, second)
  const [{ group }, reference] = told.contrast.sides
  const isTwoValued = reference.reference.kind === 'rest' && reference.group !== null
  const groups = isTwoValued && reference.group !== null ? [group, reference.group] : [group]
  return groups.map((each) => compareOne({ run, first, second, told, group: each }, input))
}

type Compared = {
  readonly run: MatchedRun
  readonly first: Found | null
  readonly second: Found | null
  readonly told: Found
  readonly group: Group
}

function compareOne({ run, first, second, told, group }: Compared, input: FindingsInput): ComparedFinding {
  const { probe, outcome, groupBy } = told.contrast
  const [before, after] = [first, second].map((found) => (found === null ? null : toldOf(group, found)))
  const paired = pairedOf(input.paired.get(pairedKey(run, { probe, outcome, groupBy, group })))
  const { evidence, labelSets, sources } = run
  const named = { probe, evidence, labelSets, sources, outcome, groupBy, group }
  return {
    ...named,
    first: before,
    second: after,
    ...judge(before, after, { run, input, paired, harm: told.finding.harm }),
    paired,
    independent: independentOf(before, after, input),
  }
}

/** Whose group a comparison is about: the one that is harmed now, else the one that was; of a two-valued attribute these may be two. */
function toldFrom(first: Found | null, second: Found | null): Found {
  const harmed = [second, first].find((found) => found !== null && harms(found.side))
  const told = harmed ?? second ?? first
  if (told === null) throw new RangeError('compareOne needs a finding on one side')
  return told
}

type Judging = {
  readonly run: MatchedRun
  readonly input: FindingsInput
  readonly paired: PairedChange | null
  readonly harm: Found['finding']['harm']
}

function judge(
  before: ComparedSide | null,
  after: ComparedSide | null,
  { run, input, paired, harm }: Judging,
): Pick<ComparedFinding, 'change' | 'reason' | 'decidedBy'> {
  const { differences, audits } = input
  const refuse = (reason: NotComparableReason) => ({ change: 'not-comparable' as const, reason, decidedBy: null })
  const reason = notComparable(differences, [audits[0].facts, audits[1].facts], run)
  if (reason !== null) return refuse(reason)
  if (before === null || after === null)
    return { change: before === null ? 'added' : 'gone', reason: null, decidedBy: null }
  // without the images side by side, another label set cannot be told from another way of asking
  if (paired === null && !sameDesign(audits[0].facts, audits[1].facts, run)) return refuse('other-labels')
  const classified = classify(before, after, {
    paired,
    harm,
    isRerun: isFailure(run) || comparisonBasis(differences) === 'rerun',
  })
  const isOtherRule = differsIn(differences, 'probe') || differsInLimits(differences)
  if (isOtherRule && classified.decidedBy === 'verdict' && classified.change !== 'unchanged')
    return refuse('other-margin')
  return { ...classified, reason: null }
}

/** Failures to process depend on no model and no label set: the same counts of the same rows are the same. */
function isFailure({ evidence, labelSets }: MatchedRun): boolean {
  return evidence[1] === null && labelSets[1] === null
}

function pairedOf(change: ChangeRecord | undefined): PairedChange | null {
  if (change === undefined) return null
  const { paired, difference, level, p, verdict } = change
  return { paired, difference, level, p, verdict }
}

/** On other images the two rates are those of other people; shown for reading, and called nothing. */
function independentOf(
  before: ComparedSide | null,
  after: ComparedSide | null,
  { audits: [, { facts }], differences }: FindingsInput,
): ComparedFinding['independent'] {
  if (before === null || after === null || !differsIn(differences, 'dataset')) return null
  if (before.total === 0 || after.total === 0 || differsIn(differences, 'label-set', 'crop', 'simulated')) return null
  const { low, high } = newcombeInterval(after, before, facts.policy.alpha)
  return { value: after.count / after.total - before.count / before.total, interval: [low, high] }
}
