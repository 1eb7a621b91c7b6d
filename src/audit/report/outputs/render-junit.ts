import type { AuditResult } from '../../types/audit.js'
import type { ProbeFacts } from '../../types/facts.js'
import type { LimitOutcome } from '../../types/gate.js'
import { withoutMarks } from '../foreign.js'
import { evidenceName, hasSeveralModels, printable, shortHash } from '../names.js'
import type { ReportOptions } from '../report-options.js'
import { findingSentence } from '../sentences.js'
import { severityView, verdictPhrase, verdictView } from '../verdict-words.js'
import { gateView } from '../view/gate.js'
import { notApplicable } from '../view/not-applicable.js'
import type { Words } from '../words.js'
import { findingRows, plainGroup, type FindingRow } from './finding-rows.js'
import { simulatedMark, wordsOf } from './words-of.js'
import { xmlDocument, type XmlElement } from './xml.js'

/** An audit as JUnit XML, the form that CI servers draw as a table: a suite for each probe and label set, a case for each group and
 *  outcome. A limit of the policy that was exceeded is a failure. Whatever could not be judged, or no limit looks at, is skipped
 *  with its reason, never shown as passed. Names hold ids, not label terms, and do not change with the language. */
export function renderJunit(audit: AuditResult, options: ReportOptions = {}): string {
  const words = wordsOf(audit, options)
  const suites = [gateSuite(words), ...findingSuites(words)].filter(({ cases }) => cases.length > 0)
  const all = suites.flatMap(({ cases }) => cases)
  return withoutMarks(
    xmlDocument({
      name: 'testsuites',
      attributes: [['name', `${marked(audit)}probity`], ...countsOf(all, 'without-skipped')],
      children: suites.map((suite) => suiteElement(suite, words)),
    }),
  )
}

type Outcome = 'failure' | 'error' | 'skipped' | 'shown'
type Case = {
  readonly classname: string
  readonly name: string
  readonly outcome: Outcome
  /** A stable word for why: a verdict, a reason, a result of the gate. */
  readonly type: string
  readonly message: string
  readonly text: string
}
type Suite = { readonly name: string; readonly cases: readonly Case[] }

/** The gate itself, so that a file without any failing group still says what it was held against. */
function gateSuite(words: Words): Suite {
  const { gate } = words.audit.derived
  const view = gateView(words)
  const outcomes = {
    passed: 'shown',
    failed: 'failure',
    'evidence-incomplete': 'error',
    'not-requested': 'skipped',
  } as const
  const result = {
    outcome: outcomes[gate.result],
    type: gate.result,
    message: view.word,
    text: `${view.text} ${view.policy}`,
  }
  const limits = gate.limits.map(({ id, result: of }): Case => {
    const said = `${printable(id)}: ${words.locale.text(`outputs.limit.${of}`)}`
    return {
      classname: 'gate.limit',
      name: printable(id),
      outcome: LIMIT_OUTCOMES[of],
      type: of,
      message: said,
      text: said,
    }
  })
  return {
    name: 'gate',
    cases: [{ classname: 'gate', name: printable(words.audit.facts.policy.id), ...result }, ...limits],
  }
}

const LIMIT_OUTCOMES: Readonly<Record<LimitOutcome, Outcome>> = {
  passed: 'shown',
  failed: 'failure',
  'cannot-tell': 'skipped',
  waived: 'skipped',
  'not-applicable': 'skipped',
}

/** Suites in the order of the audit; a probe that does not apply to a label set has its reasons as skipped cases. */
function findingSuites(words: Words): readonly Suite[] {
  const suites = new Map<string, Case[]>()
  const suite = (name: string): Case[] => {
    const cases = suites.get(name) ?? []
    suites.set(name, cases)
    return cases
  }
  for (const row of findingRows(words))
    suite(placeOf(row, words).map(printable).join(' / ')).push(findingCase(row, words))
  for (const probe of words.audit.facts.probes) suite(printable(probe.id)).push(...absentCases(probe, words))
  return [...suites].map(([name, cases]) => ({ name, cases }))
}

/** Probe, label set and, of several, the model. A failure to read images belongs to no label set. */
function placeOf({ contrast: { probe, labelSet, evidence } }: FindingRow, { audit }: Words): readonly string[] {
  const ofSeveral = evidence !== null && hasSeveralModels(audit)
  return [probe, ...(labelSet === null ? [] : [labelSet]), ...(ofSeveral ? [evidenceName(evidence, audit)] : [])]
}

function findingCase(row: FindingRow, words: Words): Case {
  const { finding, contrast } = row
  const { outcome, type } = resultOf(row)
  const phrase = verdictPhrase(verdictView(finding.verdict, words), severityView(finding, words))
  const why =
    row.standing === 'no-limit' || row.standing === 'waived' ? ` ${words.locale.text(`outputs.${row.standing}`)}` : ''
  const unjudged = row.standing === 'incomplete' ? ` ${words.locale.text('front.reading-only')}` : ''
  return {
    classname: [...placeOf(row, words), contrast.groupBy.join(' × ')].map(asClass).join('.'),
    name: `${printable(contrast.outcome)}: ${plainGroup(contrast.sides[0].group)}`,
    outcome,
    type,
    message: `${simulatedMark(words)}${phrase}`,
    text: `${simulatedMark(words)}${finding.id}: ${phrase}. ${findingSentence(finding, words)}${why}${unjudged}`,
  }
}

/** CI servers cut a class at its dots. */
function asClass(part: string): string {
  return printable(part).replaceAll('.', '_')
}

function resultOf({ finding: { verdict }, standing }: FindingRow): Pick<Case, 'outcome' | 'type'> {
  if (standing === 'over-limit') return { outcome: 'failure', type: verdict.kind }
  if (standing === 'incomplete') return { outcome: 'skipped', type: 'evidence-incomplete' }
  if (standing === 'no-limit' || standing === 'waived') return { outcome: 'skipped', type: standing }
  switch (verdict.kind) {
    case 'inconclusive':
    case 'insufficient':
      return { outcome: 'skipped', type: `${verdict.kind}.${verdict.reason}` }
    case 'disparity':
    case 'within-margin':
      return { outcome: 'shown', type: verdict.kind }
  }
}

function absentCases(probe: ProbeFacts, words: Words): readonly Case[] {
  return notApplicable(probe, words).map((sentence, i) => ({
    classname: asClass(probe.id),
    name: `not-applicable ${i + 1}`,
    outcome: 'skipped',
    type: 'not-applicable',
    message: sentence,
    text: sentence,
  }))
}

function suiteElement({ name, cases }: Suite, words: Words): XmlElement {
  const { facts, auditId, run } = words.audit
  const properties = [
    ['simulated', String(facts.simulated)],
    ['audit', auditId],
    ['policy', `${facts.policy.id} ${shortHash(facts.policy.sha256)}`],
    ['tool', `${facts.tool.name} ${facts.tool.version}`],
    ...(facts.simulated ? [['notice', words.locale.text('page.simulated')] as const] : []),
  ] as const
  return {
    name: 'testsuite',
    attributes: [
      ['name', `${marked(words.audit)}${name}`],
      ...countsOf(cases),
      ['timestamp', printable(run.createdUtc).replace(/(\.\d+)?Z$/, '')],
    ],
    children: [
      {
        name: 'properties',
        attributes: [],
        children: properties.map(([key, value]) => ({
          name: 'property',
          attributes: [['name', key] as const, ['value', printable(value)] as const],
          children: [],
        })),
      },
      ...cases.map(caseElement),
    ],
  }
}

function caseElement({ classname, name, outcome, type, message, text }: Case): XmlElement {
  const detail: XmlElement =
    outcome === 'shown'
      ? { name: 'system-out', attributes: [], children: [text] }
      : { name: outcome, attributes: [['type', type], ['message', message]], children: [text] } // prettier-ignore
  return { name: 'testcase', attributes: [['classname', classname], ['name', name]], children: [detail] } // prettier-ignore
}

function countsOf(cases: readonly Case[], of?: 'without-skipped'): (readonly [string, string])[] {
  const count = (wanted: Outcome): string => String(cases.filter(({ outcome }) => outcome === wanted).length)
  const counts = [
    ['tests', String(cases.length)],
    ['failures', count('failure')],
    ['errors', count('error')],
  ] as const
  // the schema knows no skipped on the outermost element
  return of === 'without-skipped' ? [...counts] : [...counts, ['skipped', count('skipped')]]
}

/** Some servers show nothing but names. */
function marked({ facts }: AuditResult): string {
  return facts.simulated ? 'SIMULATED ' : ''
}
