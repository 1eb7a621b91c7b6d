import { createHash } from 'node:crypto'
import type { AuditResult } from '../../types/audit.js'
import { printable } from '../names.js'
import { findingSentence } from '../sentences.js'
import { severityView, verdictPhrase, verdictView } from '../verdict-words.js'
import { gateLimits } from '../view/gate-limits.js'
import { notApplicable } from '../view/not-applicable.js'
import type { Words } from '../words.js'
import { plainGroup, type FindingRow } from './finding-rows.js'
import { simulatedMark } from './words-of.js'

const LONGEST_PART = 80

type Kind = 'fail' | 'review' | 'open' | 'pass' | 'informational' | 'notApplicable'
type Level = 'error' | 'warning' | 'note' | 'none'
/** One result: what it is of, how it is to be taken, and where the definition stands that it is about. */
export type SarifResult = {
  readonly rule: string
  readonly kind: Kind
  readonly level: Level
  readonly text: string
  readonly file: string
  readonly fingerprint: string
  readonly properties: Readonly<Record<string, string | number | boolean | null>>
}

const KIND_ORDER: readonly Kind[] = ['fail', 'review', 'open', 'informational', 'pass', 'notApplicable']
const LEVEL_ORDER: readonly Level[] = ['error', 'warning', 'note', 'none']

/** The place of a finding among others, most harmful first. */
export function rankOf(row: FindingRow): number {
  const { kind, level } = kindOf(row)
  return KIND_ORDER.indexOf(kind) * LEVEL_ORDER.length + LEVEL_ORDER.indexOf(level)
}

/** The result of one finding. */
export function findingResult(row: FindingRow, words: Words): SarifResult {
  const { finding, contrast, standing } = row
  const { index } = words
  const [group, reference] = contrast.sides.map(({ rate }) => index.rate(rate))
  const phrase = verdictPhrase(verdictView(finding.verdict, words), severityView(finding, words))
  const unjudged = standing === 'incomplete' ? ` ${words.locale.text('front.reading-only')}` : ''
  return {
    rule: ruleId(contrast.probe, contrast.outcome, contrast.groupBy.join(' × ')),
    ...kindOf(row),
    text: `${simulatedMark(words)}${phrase}. ${findingSentence(finding, words)}${unjudged}`,
    file: contrast.labelSet === null ? policyFile(words.audit) : labelSetFile(contrast.labelSet),
    fingerprint: finding.fingerprint,
    properties: {
      simulated: words.audit.facts.simulated,
      finding: finding.id,
      verdict: finding.verdict.kind,
      harm: finding.harm,
      severity: finding.severity,
      gate: standing,
      group: plainGroup(contrast.sides[0].group),
      count: group?.count ?? null,
      total: group?.total ?? null,
      referenceCount: reference?.count ?? null,
      referenceTotal: reference?.total ?? null,
    },
  }
}

/** SARIF allows a level other than `none` only where the kind is `fail` (section 3.27.10). */
function kindOf({ finding: { verdict, severity }, standing }: FindingRow): Pick<SarifResult, 'kind' | 'level'> {
  if (standing === 'over-limit') return { kind: 'fail', level: 'error' }
  if (standing === 'incomplete') return { kind: 'review', level: 'none' }
  if (standing === 'waived') return { kind: 'fail', level: 'note' }
  if (severity !== null) return { kind: 'fail', level: severity === 'minor' ? 'note' : 'warning' }
  switch (verdict.kind) {
    case 'inconclusive':
      return { kind: 'review', level: 'none' }
    case 'insufficient':
      return { kind: 'open', level: 'none' }
    case 'within-margin':
      return { kind: 'pass', level: 'none' }
    case 'disparity': // lower on a harm rate, or of a harmless outcome
      return { kind: 'informational', level: 'none' }
  }
}

/** Limits that were exceeded, each as an error at the policy; whether findings stand behind it or not. */
export function limitResults(words: Words): readonly SarifResult[] {
  const { facts, derived } = words.audit
  const { rows } = gateLimits(words)
  return derived.gate.limits.flatMap(({ id, kind, result, findings }, at): SarifResult[] => {
    if (result !== 'failed') return []
    const properties = { simulated: facts.simulated, limit: printable(id), limitKind: kind, findings: findings.length }
    return [
      {
        rule: ruleId('gate', id),
        kind: 'fail',
        level: 'error',
        text: `${simulatedMark(words)}${rows.at(at)?.line ?? printable(id)}`,
        file: policyFile(words.audit),
        fingerprint: sha256(`${facts.policy.sha256} ${id}`),
        properties,
      },
    ]
  })
}

/** Probes that do not apply, with the reason. */
export function absentResults(words: Words): readonly SarifResult[] {
  const { audit } = words
  return audit.facts.probes.flatMap((probe) =>
    notApplicable(probe, words).map((sentence): SarifResult => ({
      rule: ruleId(probe.id, 'not-applicable'),
      kind: 'notApplicable',
      level: 'none',
      text: `${simulatedMark(words)}${sentence}`,
      file: policyFile(audit),
      fingerprint: sha256(`${probe.sha256} ${sentence}`),
      properties: { simulated: audit.facts.simulated, probe: printable(probe.id) },
    })),
  )
}

/** Ids of definitions are the names of their files; where a file lies is not recorded, so it is named as Probity's folders do. */
function labelSetFile(id: string): string {
  return `label-sets/${encodeURIComponent(printable(id))}.yaml`
}

function policyFile({ facts }: AuditResult): string {
  return `policies/${encodeURIComponent(printable(facts.policy.id))}.yaml`
}

/** Probe, outcome and attribute; a slash within a part would make another part of it. */
export function ruleId(...parts: readonly string[]): string {
  return parts.map((part) => cut(printable(part).replaceAll('/', '%2F'))).join('/')
}

/** A long name keeps its beginning and a hash, so that two of them stay apart. */
function cut(part: string): string {
  const all = [...part]
  return all.length <= LONGEST_PART ? part : `${all.slice(0, LONGEST_PART - 9).join('')}~${sha256(part).slice(0, 8)}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
