import type { Locale } from './locale.js'
import {
  markdownDetails as details,
  markdownHeading as heading,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import type { ReportView } from './to-view.js'
import { verdictPhrase } from './verdict-words.js'
import type { ChosenTable } from './view/labels-chosen.js'
import type { Panel } from './view/results.js'
import type { SpreadTable } from './view/spread.js'

/** Every result of every probe, in Markdown. */
export function resultsInMarkdown({ results, withoutResults }: ReportView, locale: Locale): string[] {
  const { text } = locale
  return [
    ...heading(2, text('results.title')),
    ...withoutResults.flatMap(paragraph),
    ...results.flatMap((block) => [
      ...heading(
        3,
        `${text('results.label-set', { labelSet: block.labelSet })}${block.evidence === '' ? '' : `, ${block.evidence}`}`,
      ),
      ...[...block.single, ...block.crossed].flatMap(({ panels, spread }) => [
        ...panels.flatMap((panel) => panelTable(panel, locale)),
        ...(spread === null ? [] : spreadInMarkdown(spread, locale)),
      ]),
    ]),
  ]
}

/** Every row with its numbers; an intersection of three or more as a grid of counts with the verdict's letter. */
function panelTable({ heat, gap, table: full }: Panel, { text }: Locale): string[] {
  if (heat !== null) {
    return [
      ...heading(4, full.caption),
      ...paragraph(text('markdown.grid')),
      ...table(
        [heat.corner, ...heat.columns],
        heat.rows.map(({ name, cells }) => [
          name,
          ...cells.map((cell) =>
            cell.isEmpty ? text('heat.empty') : `${cell.counts} ${text(`verdicts.${cell.verdict}.letter`)}`,
          ),
        ]),
      ),
      ...(gap === '' ? [] : paragraph(gap)),
    ]
  }
  const columns = ['difference', 'ratio', 'p', 'detectable', 'label-errors', 'verdict'].map((id) => text(`table.${id}`))
  return [
    ...heading(4, full.caption),
    ...table(
      [
        text('table.group'),
        full.countsHeader,
        full.rateHeader,
        ...(full.hasSteadied ? [text('steadied.column')] : []),
        full.referenceHeader,
        ...columns,
      ],
      full.rows.map((row) => [
        row.group,
        withRange(row.counts, row.subjects),
        withRange(row.rate, row.interval),
        ...(full.hasSteadied ? [withRange(row.steadied, row.steadiedInterval)] : []),
        row.referenceCounts === ''
          ? row.reference
          : `${row.reference}: ${row.referenceCounts} (${row.referenceRate}, ${row.referenceInterval})`,
        withRange(row.difference, row.differenceRange),
        withRange(row.ratio, row.ratioRange),
        withRange(row.p, row.q),
        row.detectable,
        [row.labelErrors.fewest, row.labelErrors.random].filter(Boolean).join(' '),
        `${verdictPhrase(row.verdict, row.severity)}. ${row.note}`,
      ]),
    ),
    ...(full.steadiedNote === '' ? [] : paragraph(full.steadiedNote)),
    ...(gap === '' ? [] : paragraph(gap)),
  ]
}

/** How far the groups of one grouping lie apart, closed until it is asked for. */
function spreadInMarkdown({ summary, note, columns, rows }: SpreadTable, { text }: Locale): string[] {
  return details(summary, [
    ...paragraph(note),
    ...table(
      [text('spread.outcome'), ...columns],
      rows.map(({ outcome, groups, extremes, cells }) => [
        withRange(outcome, groups),
        extremes,
        ...cells.map(({ value, under }) => withRange(value, under)),
      ]),
    ),
  ])
}

/** Differences at an equal mix of other attributes, in Markdown. */
export function equalMixInMarkdown({ equalMix }: ReportView, { text }: Locale): string[] {
  if (equalMix.length === 0) return []
  const columns = ['group', 'counts', 'plain', 'rates', 'difference', 'common', 'same', 'strata']
  return [
    ...heading(2, text('equal-mix.title')),
    ...paragraph(text('equal-mix.note')),
    ...equalMix.flatMap(({ caption, outcomes }) => [
      ...heading(3, caption),
      ...table(
        [text('equal-mix.outcome'), ...columns.map((id) => text(`equal-mix.${id}`))],
        outcomes.flatMap(({ outcome, rows }) =>
          rows.map((row) => [
            outcome,
            `${row.group} ${row.reference}`,
            row.counts.join('; '),
            withRange(row.plain.value, row.plain.interval),
            row.rates.join('; '),
            withRange(row.difference.value, row.difference.interval),
            withRange(row.common.value, row.common.interval),
            row.same,
            withRange(row.strata, row.leftOut),
          ]),
        ),
      ),
    ]),
  ]
}

/** A number with its interval, or the words that stand for a number that is not there. */
export function withRange(value: string, range: string): string {
  return range === '' ? value : `${value} (${range})`
}

/** Labels chosen under label sets without harmful outcomes, in Markdown; marked cells bear the words. */
export function chosenInMarkdown({ labelsChosen }: ReportView, { text }: Locale): string[] {
  if (labelsChosen.length === 0) return []
  const chosenTable = ({ caption, columns, rows }: ChosenTable): string[] => [
    ...heading(4, caption),
    ...table(
      [text('chosen.label'), ...columns],
      rows.map(({ label, cells }) => [
        label,
        ...cells.map(({ counts, isImplied }) => (isImplied ? `${counts} (${text('chosen.implied')})` : counts)),
      ]),
    ),
  ]
  return [
    ...heading(2, text('chosen.title')),
    ...paragraph(text('chosen.note')),
    ...labelsChosen.flatMap(({ labelSet, evidence, implied, others }) => [
      ...heading(3, [text('results.label-set', { labelSet }), evidence].filter(Boolean).join(', ')),
      ...[...implied, ...others].flatMap(chosenTable),
    ]),
  ]
}

/** Age bands up to 19, in Markdown. */
export function under20InMarkdown({ under20 }: ReportView, { text }: Locale): string[] {
  if (under20.length === 0) return []
  return [
    ...heading(2, text('under-20.title')),
    ...under20.flatMap((part) => [
      ...paragraph(part.caption),
      ...table(
        [text('under-20.band'), ...part.columns],
        part.rows.map(({ band, cells }) => [
          band,
          ...cells.map((cell) => `${cell.counts} (${cell.rate}): ${verdictPhrase(cell.verdict, cell.severity)}`),
        ]),
      ),
    ]),
  ]
}
