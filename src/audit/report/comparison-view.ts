import type {
  AuditComparison,
  ComparedAudit,
  ComparedFinding,
  ComparedSide,
  FindingChange,
} from '../types/audit-comparison.js'
import { changeText, sideText } from './comparison-cells.js'
import { minuteText } from './dates.js'
import { countedText, withStandingSlots, type Locale } from './locale.js'
import { fullGroupName, outcomeName, printable, shortHash } from './names.js'
import { levelText, numberWords, type NumberWords } from './numbers.js'
import { beforeAfterChart } from './view/charts/before-after-chart.js'
import { verdictKey, verdictOfKey, type VerdictView } from './verdict-words.js'

/** What every part of the view needs. */
export type ComparisonWords = {
  readonly comparison: AuditComparison
  readonly locale: Locale
  readonly numbers: NumberWords
  /** Numbers of the first and of the second audit, whose intervals may be at other levels. */
  readonly ofAudits: readonly [NumberWords, NumberWords]
}

export type ComparedCell = { readonly text: string; readonly verdict: VerdictView | null; readonly severity: string }

export type ComparedRow = {
  readonly group: string
  readonly outcome: string
  readonly run: string
  readonly before: ComparedCell
  readonly after: ComparedCell
  readonly change: string
}

/** Rows at most on the page for one class; all of them are in comparison.csv. */
const MOST_ROWS = 400

/** A comparison in words and written numbers; nothing is computed. Throws when the locale lacks a sentence. */
export function toComparisonView(comparison: AuditComparison, locale: Locale) {
  const ofAudits = comparison.audits.map(({ alpha }) =>
    numberWords(withStandingSlots(locale, { level: levelText(alpha, locale) })),
  )
  const words = { comparison, locale, numbers: ofAudits[1], ofAudits: [ofAudits[0], ofAudits[1]] as const }
  const text = (id: string): string => locale.text(`comparison.${id}`)
  const [first, second] = comparison.audits
  return {
    lang: locale.id,
    title: text('title'),
    lead: text('lead'),
    isSimulated: comparison.audits.some(({ simulated }) => simulated),
    simulated: text('simulated'),
    audits: [
      { name: text('before'), facts: auditFacts(first, words) },
      { name: text('after'), facts: auditFacts(second, words) },
    ],
    hasDifferences: comparison.differences.length > 0,
    differences: comparison.differences.map(({ kind, name, first: before, second: after }) => ({
      what: `${text(`kinds.${kind}`)}: ${printable(name)}`,
      before: before === null ? text('absent') : printable(before),
      after: after === null ? text('absent') : printable(after),
    })),
    changelog: comparison.differences.some(({ kind }) => kind === 'tool-version') ? [text('changelog')] : [],
    basis: text(`basis.${basisKey(comparison)}`),
    pairing: [...incompleteSentences(words), text(`pairing.${comparison.pairing}`), ...unpairedSentences(words)],
    counts: comparison.counts.map(([change, findings]) => ({
      key: change,
      count: words.numbers.count(findings),
      word: text(`changes.${change}`),
      meaning: text(`meanings.${change}`),
    })),
    sections: comparison.counts.map(([change, findings]) => section(change, findings, words)),
    limits: locale.list('comparison.limit-list').map(({ text: limit }) => limit),
    ids: [
      { name: text('kind'), id: printable(comparison.comparisonId) },
      { name: text('before'), id: printable(first.auditId) },
      { name: text('after'), id: printable(second.auditId) },
    ],
  }
}

/** The same model with other preprocessing, or decisions in place of a model, is not "only the model". */
function basisKey({ basis, differences }: AuditComparison): string {
  if (basis !== 'model' || differences.some(({ kind }) => kind === 'model')) return basis
  return 'preprocessing'
}

/** What templates and the other writers print. */
export type ComparisonView = ReturnType<typeof toComparisonView>

/** One finding as the cells of its row. */
export function comparedRow(finding: ComparedFinding, words: ComparisonWords): ComparedRow {
  const { group, outcome, first, second, probe, labelSets } = finding
  const isFailure = labelSets[0] === null && labelSets[1] === null
  return {
    group: fullGroupName(group, words.locale),
    outcome: isFailure
      ? words.locale.text('comparison.failures')
      : `${outcomeName(outcome, words.locale)} (${printable(probe)})`,
    run: runName(finding, words),
    before: cell(first, { ...words, numbers: words.ofAudits[0] }, isFailure),
    after: cell(second, words, isFailure),
    change: changeText(finding, words),
  }
}

function auditFacts(
  audit: ComparedAudit,
  { locale, numbers }: ComparisonWords,
): { name: string; value: string; title: string }[] {
  const fact = (name: string, value: string, title = '') => ({
    name: locale.text(`comparison.facts.${name}`),
    value,
    title,
  })
  const models = audit.models.length === 0 ? locale.text('comparison.no-model') : audit.models.map(printable).join(', ')
  return [
    fact('id', shortHash(audit.auditId), printable(audit.auditId)),
    fact('created', minuteText(audit.createdUtc, locale)),
    fact('dataset', printable(audit.dataset)),
    fact('models', models),
    fact('labelSets', audit.labelSets.map(printable).join(', ')),
    fact('policy', printable(audit.policy)),
    fact('version', printable(audit.version)),
    fact('findings', numbers.count(audit.findings)),
  ]
}

/** What an audit without a conclusion leaves of a comparison; before anything else is said. */
function incompleteSentences({ comparison, locale }: ComparisonWords): string[] {
  const [first, second] = comparison.audits.map(({ isIncomplete }) => isIncomplete)
  if (!first && !second) return []
  return [locale.text(`comparison.incomplete.${first && second ? 'both' : first ? 'before' : 'after'}`)]
}

function unpairedSentences({ comparison, locale, numbers }: ComparisonWords): string[] {
  const { unpaired } = comparison
  return unpaired === 0
    ? []
    : [countedText(locale, 'comparison.unpaired', unpaired, { images: numbers.images(unpaired) })]
}

function section(change: FindingChange, findings: number, words: ComparisonWords) {
  const { locale, numbers, comparison } = words
  const slots = { count: numbers.count(findings), change: locale.text(`comparison.changes.${change}`) }
  const shown = comparison.findings.filter((finding) => finding.change === change).slice(0, MOST_ROWS)
  const isOpen = change !== 'unchanged' && change !== 'cannot-tell' && change !== 'not-comparable'
  return {
    id: change,
    title: slots.change,
    summary: countedText(locale, 'comparison.count-line', findings, slots),
    meaning: locale.text(`comparison.meanings.${change}`),
    cut:
      findings > shown.length
        ? [locale.text('comparison.cut', { shown: numbers.count(shown.length), count: slots.count })]
        : [],
    isOpen,
    chart: isOpen ? beforeAfterChart(`${change}-d`, slots.change, shown, words) : null,
    hasRows: shown.length > 0,
    rows: shown.map((finding) => comparedRow(finding, words)),
  }
}

function runName({ labelSets, sources }: ComparedFinding, { locale }: ComparisonWords): string {
  const named = (pair: readonly [string | null, string | null]): string[] => {
    const [first, second] = pair.map((name) => (name === null ? null : printable(name)))
    if (first === null && second === null) return []
    if (first === second || second === null) return [first ?? '']
    return [first === null ? second : locale.text('comparison.pair', { first, second })]
  }
  return [...named(labelSets), ...named(sources)].join(', ')
}

function cell(side: ComparedSide | null, words: ComparisonWords, isFailure: boolean): ComparedCell {
  if (side === null) return { text: words.locale.text('comparison.not-asked'), verdict: null, severity: '' }
  const { verdict, severity } = side
  const direction = verdict.kind === 'disparity' ? verdict.direction : null
  return {
    text: sideText(side, words),
    verdict: verdictOfKey(verdictKey(verdict.kind, direction), words),
    severity: severity === null || isFailure ? '' : words.locale.text(`severities.${severity}`),
  }
}
