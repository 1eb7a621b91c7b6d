import { createHash } from 'node:crypto'
import type { AuditResult } from '../../types/audit.js'
import type { ProbeFacts } from '../../types/facts.js'
import { withoutMarks } from '../foreign.js'
import { printable, shortHash } from '../names.js'
import type { ReportOptions } from '../report-options.js'
import { findingSentence } from '../sentences.js'
import { severityView, verdictPhrase, verdictView } from '../verdict-words.js'
import { gateLimits } from '../view/gate-limits.js'
import { gateView } from '../view/gate.js'
import { notApplicable } from '../view/not-applicable.js'
import type { Words } from '../words.js'
import { findingRows, plainGroup, type FindingRow } from './finding-rows.js'
import { simulatedMark, wordsOf } from './words-of.js'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json'
/** What GitHub takes of one run (docs.github.com, SARIF support): a file beyond it is refused whole. */
export const MOST_RESULTS = 25_000
const LONGEST_DESCRIPTION = 1024
const LONGEST_PART = 80

type Kind = 'fail' | 'review' | 'open' | 'pass' | 'informational' | 'notApplicable'
type Level = 'error' | 'warning' | 'note' | 'none'
type Result = {
  readonly rule: string
  readonly kind: Kind
  readonly level: Level
  readonly text: string
  readonly file: string
  readonly fingerprint: string
  readonly properties: Readonly<Record<string, string | number | boolean | null>>
}

/** An audit as SARIF 2.1.0: one result for each finding, never for an image, and one for each limit that was exceeded, since a limit may bound
 *  what no finding is about. Of findings only a disparity towards harm has the kind `fail`; inconclusive is `review`, insufficient `open`, and
 *  an error only where a limit of the policy was exceeded. Results beyond
 *  GitHub's limit are left out, least harmful first, and a notification says how many. */
export function renderSarif(audit: AuditResult, options: ReportOptions = {}): string {
  const words = wordsOf(audit, options)
  const rows = findingRows(words).map((row) => ({ row, rank: rankOf(row) }))
  rows.sort((a, b) => a.rank - b.rank) // equal ranks keep their order
  const absent = absentResults(words)
  const limits = limitResults(words)
  const found = rows.slice(0, MOST_RESULTS - limits.length).map(({ row }) => findingResult(row, words))
  const results = [...limits, ...found, ...absent].slice(0, MOST_RESULTS)
  const leftOut = limits.length + rows.length + absent.length - results.length
  const rules = [...new Set(results.map(({ rule }) => rule))]
  const place = new Map(rules.map((rule, i) => [rule, i]))
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver(rules, words) },
        automationDetails: { id: 'probity/' }, // GitHub's category
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(leftOut, words)],
        results: results.map((result) => resultObject(result, place.get(result.rule) ?? 0)),
        properties: runProperties(words),
      },
    ],
  }
  return withoutMarks(`${JSON.stringify(log, null, 1)}\n`)
}

const KIND_ORDER: readonly Kind[] = ['fail', 'review', 'open', 'informational', 'pass', 'notApplicable']
const LEVEL_ORDER: readonly Level[] = ['error', 'warning', 'note', 'none']

/** Most harmful first. */
function rankOf(row: FindingRow): number {
  const { kind, level } = kindOf(row)
  return KIND_ORDER.indexOf(kind) * LEVEL_ORDER.length + LEVEL_ORDER.indexOf(level)
}

function findingResult(row: FindingRow, words: Words): Result {
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
function kindOf({ finding: { verdict, severity }, standing }: FindingRow): Pick<Result, 'kind' | 'level'> {
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
function limitResults(words: Words): readonly Result[] {
  const { facts, derived } = words.audit
  const { rows } = gateLimits(words)
  return derived.gate.limits.flatMap(({ id, kind, result, findings }, at): Result[] => {
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

function absentResults(words: Words): readonly Result[] {
  const { audit } = words
  return audit.facts.probes.flatMap((probe) =>
    notApplicable(probe, words).map((sentence): Result => ({
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
function ruleId(...parts: readonly string[]): string {
  return parts.map((part) => cut(printable(part).replaceAll('/', '%2F'))).join('/')
}

/** A long name keeps its beginning and a hash, so that two of them stay apart. */
function cut(part: string): string {
  const all = [...part]
  return all.length <= LONGEST_PART ? part : `${all.slice(0, LONGEST_PART - 9).join('')}~${sha256(part).slice(0, 8)}`
}

function driver(rules: readonly string[], words: Words) {
  const { facts } = words.audit
  const questions = new Map(facts.probes.map((probe) => [ruleId(probe.id), probe]))
  return {
    name: 'Probity',
    version: printable(facts.tool.version),
    rules: rules.map((id) => {
      const probe = questions.get(id.split('/')[0] ?? '')
      const question = shortened(probe === undefined ? id : printable(probe.question))
      return {
        id,
        shortDescription: { text: shortened(id.split('/').join(', ')) },
        fullDescription: { text: question },
        help: { text: helpText(probe, words) },
        defaultConfiguration: { level: 'warning' },
        properties: { tags: ['bias'] },
      }
    }),
  }
}

function helpText(probe: ProbeFacts | undefined, { locale }: Words): string {
  const said = probe === undefined ? [] : [...probe.howToRead, ...probe.cannotShow].map(printable)
  return [locale.text('outputs.sarif-help'), ...said].join(' ')
}

function shortened(text: string): string {
  const all = [...text]
  return all.length <= LONGEST_DESCRIPTION ? text : `${all.slice(0, LONGEST_DESCRIPTION - 1).join('')}…`
}

function invocation(leftOut: number, words: Words) {
  const { audit, locale, numbers } = words
  const { gate } = audit.derived
  const view = gateView(words)
  const notices = [
    ...(audit.facts.simulated ? [{ level: 'warning', text: locale.text('page.simulated') }] : []),
    { level: 'note', text: [view.word, ...view.sentences, view.policy].join('. ') },
    ...(leftOut === 0
      ? []
      : [{ level: 'warning', text: locale.text('outputs.sarif-left-out', { count: numbers.count(leftOut) }) }]),
  ]
  return {
    executionSuccessful: gate.result !== 'evidence-incomplete',
    endTimeUtc: utc(audit.run.createdUtc),
    commandLine: printable(audit.run.commandLine),
    toolExecutionNotifications: notices.map(({ level, text }) => ({ level, message: { text } })),
  }
}

/** A saved time is a user's text like any other: one that is no time is left out (undefined keys are not written). */
function utc(iso: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(iso) ? iso : undefined
}

function runProperties({ audit }: Words) {
  const { policy, simulated, dataset } = audit.facts
  return {
    simulated,
    audit: printable(audit.auditId),
    dataset: printable(dataset.id),
    policy: `${printable(policy.id)} ${shortHash(policy.sha256)}`,
    gate: audit.derived.gate.result,
  }
}

function resultObject({ rule, kind, level, text, file, fingerprint, properties }: Result, ruleIndex: number) {
  return {
    ruleId: rule,
    ruleIndex,
    kind,
    level,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } } }],
    partialFingerprints: {
      'probityFinding/v1': printable(fingerprint),
      // the one that GitHub tells alerts apart by; a fingerprint stands for the line, which is always the first
      primaryLocationLineHash: `${shortHash(fingerprint)}:1`,
    },
    properties,
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
