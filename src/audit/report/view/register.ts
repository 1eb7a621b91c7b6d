import type { AuditResult } from '../../types/audit.js'
import type { Finding, Severity } from '../../types/derived.js'
import { dayText } from '../dates.js'
import { countedText } from '../locale.js'
import { designName, fullGroupName, groupByName, outcomeName, printable, referenceName } from '../names.js'
import { severityView, verdictView, type SeverityView, type VerdictView } from '../verdict-words.js'
import type { Words } from '../words.js'
import { isIncomplete } from './gate.js'

/** One finding that asks for an action, and what was said of it; blank where nobody has said anything yet. */
export type RegisterRow = {
  readonly id: string
  readonly finding: string
  readonly against: string
  readonly verdict: VerdictView
  readonly severity: SeverityView
  readonly owner: string
  readonly action: string
  readonly due: string
}

export type Register = {
  /** Findings of single attributes, then those of crossed groups that have an action or find room. */
  readonly open: readonly RegisterRow[]
  readonly closed: readonly RegisterRow[]
  readonly closedTitle: string
  /** Said when findings are left out for want of room; empty otherwise. */
  readonly leftOut: string
  /** Said in place of the table when there is nothing to act on; empty otherwise. */
  readonly none: string
}

const MOST_ROWS = 120 // a register is filled in by hand; whoever has more to do starts with these

const SEVERITIES: readonly Severity[] = ['critical', 'serious', 'moderate', 'minor']

/** Disparities that harm a group: those by one attribute first, each kind by severity, and else in the order of the audit. */
export function findingsToActOn({ derived }: AuditResult): readonly Finding[] {
  const crossed = new Map(derived.contrasts.map(({ id, groupBy }) => [id, groupBy.length > 1 ? 1 : 0]))
  const rank = ({ contrast, severity }: Finding): number =>
    (crossed.get(contrast) ?? 0) * SEVERITIES.length + (severity === null ? 0 : SEVERITIES.indexOf(severity))
  return derived.findings.filter(({ severity }) => severity !== null).sort((a, b) => rank(a) - rank(b))
}

/** What a finding is about, in one line without a number: "race Black: put into “non-human”, label set clip-paper". */
export function findingLine(finding: Finding, words: Words): string {
  const { index, locale } = words
  const contrast = index.contrast(finding.contrast)
  const slots = { group: contrast.sides[0].group === null ? '' : fullGroupName(contrast.sides[0].group, locale) }
  if (contrast.labelSet === null) return locale.text('register.finding-failure', slots)
  return locale.text('register.finding', {
    ...slots,
    outcome: outcomeName(contrast.outcome, locale),
    labelSet: designName(contrast.evidence ?? '', contrast.labelSet, words),
  })
}

/** The findings register. */
export function register(words: Words): Register {
  const { audit, index, locale, numbers, signoff } = words
  const all = isIncomplete(words) ? [] : findingsToActOn(audit)
  const actions = new Map((signoff?.actions ?? []).map((action) => [action.finding, action]))
  const isFilled = ({ fingerprint }: Finding): boolean => {
    const { owner, action, due } = actions.get(fingerprint) ?? { owner: null, action: null, due: null }
    return owner !== null || action !== null || due !== null
  }
  const isSingle = ({ contrast }: Finding): boolean => index.contrast(contrast).groupBy.length === 1
  const shown = all.filter((finding, i) => i < MOST_ROWS || isFilled(finding))
  const row = (finding: Finding): RegisterRow => {
    const contrast = index.contrast(finding.contrast)
    const said = actions.get(finding.fingerprint)
    return {
      id: printable(finding.id),
      finding: findingLine(finding, words),
      against: locale.text('register.against', {
        reference: referenceName(contrast.sides[1], locale),
        attribute: groupByName(contrast.groupBy, locale),
      }),
      verdict: verdictView(finding.verdict, words),
      severity: severityView(finding, words),
      owner: printable(said?.owner ?? ''),
      action: printable(said?.action ?? ''),
      due: dayText(said?.due ?? '', locale),
    }
  }
  const open = shown.filter((finding) => isSingle(finding) || isFilled(finding))
  const closed = shown.filter((finding) => !open.includes(finding))
  const left = all.length - shown.length
  return {
    open: open.map(row),
    closed: closed.map(row),
    closedTitle: countedText(locale, 'register.crossed', closed.length, { count: numbers.count(closed.length) }),
    leftOut: left === 0 ? '' : countedText(locale, 'register.left-out', left, { count: numbers.count(left) }),
    none: all.length > 0 ? '' : locale.text(isIncomplete(words) ? 'front.not-listed' : 'register.none'),
  }
}
