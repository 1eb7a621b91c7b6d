import type { Finding } from '../../types/derived.js'
import { minuteText } from '../dates.js'
import { countedText } from '../locale.js'
import {
  commaList,
  designName,
  fullGroupName,
  groupByName,
  hasSeveralModels,
  outcomeName,
  printable,
  referenceName,
  saidText,
} from '../names.js'
import { findingDifference, findingSentence } from '../sentences.js'
import {
  severityView,
  VERDICT_KEYS,
  verdictOfKey,
  verdictView,
  type SeverityView,
  type VerdictView,
} from '../verdict-words.js'
import type { Words } from '../words.js'
import { dotChart, type DotChart } from './dot-chart.js'
import { gateView, isIncomplete, type GateView } from './gate.js'
import { labelErrors } from './label-errors.js'
import { rateRows } from './rate-rows.js'
import { hasTables, isCompared, summary, verdictCount, whatWasAudited } from './summary.js'

/** The first page: what was audited, the decision box and the summary with its limits. */
export type Front = {
  readonly title: string
  readonly subject: string
  readonly dataset: string
  readonly created: string
  readonly auditId: string
  readonly tool: string
  /** What the data may be used for, in one line; empty where neither licence nor use is stated. */
  readonly terms: string
  readonly isSimulated: boolean
  readonly gate: GateView
  readonly verdicts: readonly { readonly verdict: VerdictView; readonly count: string; readonly meaning: string }[]
  /** Said beside the verdicts when the evidence is incomplete, else empty. */
  readonly readingOnly: string
  /** How many comparisons there are, and that they overlap; empty where nothing was compared. */
  readonly verdictsNote: string
  readonly largest: readonly Harm[]
  /** Said in place of the largest harms: there are none, nothing could be compared, or the evidence is incomplete. */
  readonly noLargest: string
  readonly largestNote: string
  /** The largest harms on one scale; null when there are none. */
  readonly largestChart: DotChart | null
  readonly summary: readonly string[]
  readonly limits: readonly string[]
}

/** One of the findings to read first. */
export type Harm = {
  readonly id: string
  readonly heading: string
  readonly where: string
  readonly counts: string
  readonly rate: string
  readonly against: string
  readonly verdict: VerdictView
  readonly severity: SeverityView
  readonly difference: string
  /** How many wrong group labels it would take to change the verdict. */
  readonly labelErrors: string
  readonly sentence: string
}

const MOST_HARMS = 3 // the decision box is read at a glance; the rest stands in the results

/** The findings of the decision box: the first of each outcome, so that a large harm of one kind does not hide another kind, then those of
 *  attributes that are not there yet, then the next; in the order of the audit. */
function readFirst({ audit, index }: Words): readonly Finding[] {
  const harms = audit.derived.summary.largest.map((id) => {
    const finding = index.finding(id)
    const { outcome, groupBy } = index.contrast(finding.contrast)
    return { finding, outcome, base: baseOf(groupBy[0] ?? '', audit) }
  })
  const isFirst = (of: 'outcome' | 'base') => (each: (typeof harms)[number], at: number) =>
    harms.findIndex((other) => other[of] === each[of]) === at
  const inTurn = [...new Set([...harms.filter(isFirst('outcome')), ...harms.filter(isFirst('base')), ...harms])]
  const chosen = inTurn.slice(0, MOST_HARMS)
  return harms.filter((harm) => chosen.includes(harm)).map(({ finding }) => finding)
}

/** The attribute of the data that an attribute was made from: age-19 is age again. */
function baseOf(attribute: string, { facts }: Words['audit']): string {
  const derived = facts.probes.flatMap(({ derive }) => derive).find(({ id }) => id === attribute)
  return derived?.from ?? attribute
}

/** The first page of an audit. */
export function front(words: Words): Front {
  const { audit, locale, numbers } = words
  const { facts, run } = audit
  const incomplete = isIncomplete(words)
  const largest = incomplete ? [] : readFirst(words)
  return {
    title: locale.text('front.title', { dataset: printable(facts.dataset.id), what: whatWasAudited(words) }),
    subject: whatWasAudited(words),
    dataset: printable(facts.dataset.id),
    created: minuteText(run.createdUtc, locale),
    auditId: printable(audit.auditId),
    tool: `${facts.tool.name} ${printable(facts.tool.version)}`,
    terms: terms(words),
    isSimulated: facts.simulated,
    gate: gateView(words),
    // a run that only describes has no verdicts: five tiles of 0 would read as a result
    verdicts: (isCompared(words) || !hasTables(words) ? VERDICT_KEYS : []).map((key) => ({
      verdict: verdictOfKey(key, words),
      count: numbers.count(verdictCount(key, words)),
      meaning: locale.text(`verdicts.${key}.meaning`),
    })),
    verdictsNote: isCompared(words) ? verdictsNote(words) : '',
    readingOnly: incomplete ? locale.text('front.reading-only') : '',
    largest: largest.map((finding) => harm(finding, words)),
    noLargest: noLargest(words),
    largestNote: locale.text(hasSeveralModels(audit) ? 'models.largest-note' : 'front.largest-note'),
    largestChart: largest.length === 0 ? null : largestChart(largest, words),
    summary: summary(words),
    limits: frontLimits(words),
  }
}

function verdictsNote({ audit, locale, numbers }: Words): string {
  const count = audit.derived.summary.verdicts.reduce((sum, [, , findings]) => sum + findings, 0)
  return countedText(locale, 'front.verdicts-note', count, { count: numbers.count(count) })
}

function noLargest(words: Words): string {
  const { audit, locale } = words
  if (isIncomplete(words)) return locale.text('front.not-listed')
  if (isCompared(words)) return locale.text('front.no-largest')
  if (hasTables(words)) return locale.text('front.only-tables')
  return countedText(locale, 'front.nothing-compared', audit.facts.labelSets.length)
}

function harm(finding: Finding, words: Words): Harm {
  const { index, locale, numbers } = words
  const contrast = index.contrast(finding.contrast)
  const [group, reference] = contrast.sides.map((side) => index.rate(side.rate))
  if (group === undefined || reference === undefined) throw new Error(`audit.json: finding ${finding.id} lacks a side`)
  const name = fullGroupName(contrast.sides[0].group, locale) // "3-9" alone says nothing to who opens at this page
  const outcome = outcomeName(contrast.outcome, locale)
  return {
    id: finding.id,
    heading: locale.text('front.harm-heading', { group: name, outcome }),
    where: locale.text('front.harm-where', {
      labelSet: designName(contrast.evidence ?? '', contrast.labelSet ?? '', words),
      attribute: groupByName(contrast.groupBy, locale),
    }),
    counts: numbers.ofImages(group.count, group.total),
    rate: numbers.rate(group),
    against: locale.text('front.harm-against', {
      reference: referenceName(contrast.sides[1], locale),
      counts: numbers.ofMoreImages(reference.count, reference.total),
      rate: numbers.rate(reference),
    }),
    verdict: verdictView(finding.verdict, words),
    severity: severityView(finding, words),
    difference: findingDifference(finding, words),
    labelErrors: labelErrors(contrast, words).worstSentence,
    sentence: findingSentence(finding, words),
  }
}

/** The largest harms as dots on one scale, in the order of the list beside them. */
function largestChart(findings: readonly Finding[], words: Words): DotChart {
  const { index, locale, numbers } = words
  const rows = findings.flatMap((finding, i) => {
    const contrast = index.contrast(finding.contrast)
    const [row] = rateRows([index.rate(contrast.sides[0].rate)], words)
    const name = { number: numbers.count(i + 1), group: fullGroupName(contrast.sides[0].group, locale) }
    return row === undefined ? [] : [{ ...row, group: locale.text('front.harm-row', name) }]
  })
  const captions = { title: locale.text('front.largest'), description: locale.text('front.largest-description') }
  return dotChart('largest', rows, captions, words, 'as-given')
}

/** Licence and permitted use of the data. */
function terms({ audit, locale }: Words): string {
  const { licence, licenceReason, permittedUse } = audit.facts.dataset
  if (licence === null && permittedUse === undefined) return ''
  const slots = { licence: printable(licence ?? licenceReason ?? ''), use: printable(permittedUse ?? '') }
  return locale.text(permittedUse === undefined ? 'front-terms.licence-only' : 'front-terms.both', slots)
}

/** Said first where Probity counted what others had decided or embedded. */
function notSeen({ audit, locale }: Words): readonly string[] {
  const kinds = new Set(audit.facts.evidence.map(({ kind }) => kind))
  return [
    ...(kinds.has('decisions') ? [locale.text('front-seen.decisions')] : []),
    ...(kinds.has('vectors') ? [locale.text('front-seen.vectors')] : []),
  ]
}

/** Limits that a reader needs on page one: who labelled, the sample, independence, repeated images, and what was not measured at all. */
export function frontLimits(words: Words): readonly string[] {
  const { audit, locale, numbers } = words
  const { dataset, simulated, subjectCounts } = audit.facts
  const { contents, images, acrossGroups } = dataset.duplicates ?? { contents: 0, images: 0, acrossGroups: 0 }
  const labelledBy = [...new Set(dataset.attributes.map((attribute) => attribute.labelledBy))]
  const notMeasured = commaList(
    audit.derived.notMeasured.map(({ what }) => saidText(what, locale)),
    locale,
  )
  return [
    ...(simulated ? [locale.text('limits.simulated')] : []),
    ...notSeen(words),
    ...labelledBy.map((who) => locale.text(`limits.labelled-by.${who}`)),
    countedText(locale, 'limits.wording', audit.facts.labelSets.length),
    locale.text('limits.sample'),
    ...(dataset.subjects === null ? [locale.text('limits.independent')] : []),
    ...(subjectCounts.length > 0 ? [locale.text('limits.subjects')] : []),
    ...(contents === 0
      ? []
      : [
          countedText(locale, 'limits.duplicates', contents, {
            contents: numbers.count(contents),
            images: numbers.images(images),
            across: numbers.count(acrossGroups),
          }),
        ]),
    ...(notMeasured === '' ? [] : [locale.text('limits.not-measured', { list: notMeasured })]),
  ]
}
