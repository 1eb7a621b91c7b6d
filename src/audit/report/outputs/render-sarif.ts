import type { AuditResult } from '../../types/audit.js'
import type { ProbeFacts } from '../../types/facts.js'
import { withoutMarks } from '../foreign.js'
import { printable, shortHash } from '../names.js'
import type { ReportOptions } from '../report-options.js'
import { gateView } from '../view/gate.js'
import type { Words } from '../words.js'
import { findingRows } from './finding-rows.js'
import { absentResults, findingResult, limitResults, rankOf, ruleId, type SarifResult } from './sarif-results.js'
import { wordsOf } from './words-of.js'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json'
/** What GitHub takes of one run (docs.github.com, SARIF support): a file beyond it is refused whole. */
export const MOST_RESULTS = 25_000
const LONGEST_DESCRIPTION = 1024

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
    { level: gate.result === 'failed' ? 'error' : 'note', text: `${view.text} ${view.policy}` },
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

function resultObject({ rule, kind, level, text, file, fingerprint, properties }: SarifResult, ruleIndex: number) {
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
