import type {
  PublishedAudit,
  PublishedContrast,
  PublishedRate,
  PublishedRow,
  PublishedTableOfRates,
} from '../types/published.js'
import { csvText, type CsvCell } from './csv.js'
import { groupText } from './csv-cells.js'
import { countedText, withStandingSlots, type Locale } from './locale.js'
import {
  markdownHeading as heading,
  markdownList as list,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import { groupByName, groupName, printable, referenceKindName } from './names.js'
import { levelText, numberWords, type NumberWords } from './numbers.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { verdictKey } from './verdict-words.js'

type Words = { readonly locale: Locale; readonly numbers: NumberWords }

/** A published audit as Markdown: what was suppressed and why, then a table of rates and one of comparisons for every outcome. */
export function renderPublishedMarkdown(published: PublishedAudit, options: ReportOptions = {}): string {
  const plain = localeOf(options)
  const locale = withStandingSlots(plain, { level: levelText(published.policy.alpha, plain) })
  const words = { locale, numbers: numberWords(locale) }
  const parts = [...front(published, words), ...published.tables.flatMap((each) => tableParts(each, published, words))]
  return `${parts.join('\n').trimEnd()}\n`
}

/** Every published rate as CSV; a suppressed number is an empty cell with the reason `suppressed`. */
export function renderPublishedCsv({ simulated, tables }: PublishedAudit, options: ReportOptions = {}): string {
  const everyoneElse = localeOf(options).text('csv.everyone')
  const header = ['simulated', 'probe', 'evidence', 'label_set', 'outcome', 'group_by', 'group']
  const numbers = ['count', 'total', 'rate', 'rate_low', 'rate_high', 'reason']
  const rows = tables.flatMap(({ probe, evidence, labelSet, outcome, groupBy, everyone, rows: groups }) => {
    const place = [simulated, probe, evidence ?? '', labelSet ?? '', outcome, groupBy.join(' × ')]
    const cells = (rate: PublishedRate, interval: PublishedRow['interval']): CsvCell[] => [
      rate.count,
      rate.total,
      rate.value,
      interval?.[0] ?? null,
      interval?.[1] ?? null,
      rate.reason ?? '',
    ]
    return [
      ...groups.map((row) => [...place, groupText(row.group), ...cells(row, row.interval)]),
      [...place, everyoneElse, ...cells(everyone, null)],
    ]
  })
  return csvText([...header, ...numbers], rows)
}

function front(published: PublishedAudit, { locale, numbers }: Words): string[] {
  const { text } = locale
  const { minDisclosed, cells, suppressed } = published.suppression
  const slots = {
    minimum: numbers.count(minDisclosed),
    cells: numbers.count(cells),
    suppressed: numbers.count(suppressed),
  }
  return [
    ...(published.simulated ? paragraph(text('page.simulated')) : []),
    ...heading(1, text('publish.title')),
    ...list([
      `${text('publish.dataset')}: ${printable(published.dataset.id)}`,
      ...published.models.map(({ name, sha256 }) => `${text('publish.model')}: ${printable(name)} (${sha256})`),
      `${text('publish.policy')}: ${printable(published.policy.title)} (${published.policy.sha256 ?? text('publish.no-policy-hash')})`,
    ]),
    ...paragraph(countedText(locale, 'publish.suppressed-cells', suppressed, slots)),
    ...paragraph(text('publish.why', slots)),
    ...paragraph(text('publish.side-by-side')),
    ...paragraph(text('publish.left-out')),
    ...list(published.leftOut.map(({ what }) => text(`publish.left-out-of.${what}`))),
  ]
}

function tableParts(each: PublishedTableOfRates, published: PublishedAudit, words: Words): string[] {
  const { text } = words.locale
  const title = [each.probe, each.labelSet, sourceOf(each, published), each.outcome].flatMap((name) =>
    name === null ? [] : [printable(name)],
  )
  return [
    ...heading(2, `${title.join(', ')}: ${groupByName(each.groupBy, words.locale)}`),
    ...table(
      [groupByName(each.groupBy, words.locale), text('publish.count'), text('publish.rate')],
      [
        ...each.rows.map((row) => [
          groupName(row.group, words.locale),
          countWords(row, words),
          rateWords(row, row, words),
        ]),
        [text('publish.everyone'), countWords(each.everyone, words), rateWords(each.everyone, null, words)],
      ],
    ),
    ...contrastParts(each.contrasts, words),
  ]
}

/** The model of a table or of its vectors, or the id of decisions made elsewhere; null where the audit holds one source alone. */
function sourceOf({ evidence: id }: PublishedTableOfRates, { evidence, models }: PublishedAudit): string | null {
  if (evidence.length < 2 || id === null) return null
  const own = evidence.find((each) => each.id === id)
  return own?.name ?? models.find((each) => each.id === own?.model)?.name ?? id
}

function countWords({ count, total }: PublishedRate, { locale, numbers }: Words): string {
  const word = locale.text('publish.suppressed')
  if (count === null && total === null) return word
  const written = (value: number | null): string => (value === null ? word : numbers.count(value))
  return locale.text('numbers.of-total', { k: written(count), n: written(total) })
}

function rateWords({ value }: PublishedRate, row: PublishedRow | null, { locale, numbers }: Words): string {
  if (value === null) return locale.text('publish.suppressed')
  return row === null ? numbers.percent(value) : numbers.rate(row)
}

function contrastParts(contrasts: PublishedTableOfRates['contrasts'], words: Words): string[] {
  const { text } = words.locale
  if (contrasts === null) return paragraph(text('publish.no-comparisons'))
  if (contrasts.length === 0) return []
  return table(
    [
      text('publish.group'),
      text('publish.reference'),
      text('publish.difference'),
      text('publish.ratio'),
      text('publish.verdict'),
    ],
    contrasts.map((contrast) => contrastRow(contrast, words)),
  )
}

function contrastRow(contrast: PublishedContrast, { locale, numbers }: Words): string[] {
  const { difference, ratio, verdict, referenceGroup, reference } = contrast
  const word = locale.text('publish.suppressed')
  const undefinedWord = locale.text('numbers.not-defined')
  const written = (value: number | null | undefined, words: (value: number) => string): string =>
    value === undefined ? word : value === null ? undefinedWord : words(value)
  const key =
    verdict === null ? null : verdictKey(verdict.kind, verdict.kind === 'disparity' ? verdict.direction : null)
  return [
    groupName(contrast.group, locale),
    referenceGroup === null ? referenceKindName(reference, locale) : groupName(referenceGroup, locale),
    written(difference?.value, numbers.points),
    written(ratio?.value, numbers.ratio),
    key === null ? word : locale.text(`verdicts.${key}.word`),
  ]
}
