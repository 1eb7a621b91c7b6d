import type { Locale } from './locale.js'
import {
  markdownHeading as heading,
  markdownList as list,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import type { ReportView } from './to-view.js'
import type { FigureCell } from './view/figures/figure-cell.js'
import type { FigureTableView } from './view/figures/probe-tables.js'

/** The tables of every probe that makes tables of its own, in Markdown. */
export function figuresInMarkdown({ probeTables }: ReportView, { text }: Locale): string[] {
  if (probeTables.length === 0) return []
  return [
    ...heading(2, text('figures.title')),
    ...paragraph(text('figures.lead')),
    ...probeTables.flatMap(({ probe, question, howToRead, cannotShow, tables }) => [
      ...heading(3, probe),
      ...paragraph(question),
      ...sentences(text('figures.how-to-read'), howToRead),
      ...sentences(text('figures.cannot-show'), cannotShow),
      ...tables.flatMap((one) => tableInMarkdown(one, text('figures.published'))),
    ]),
  ]
}

function sentences(name: string, all: readonly string[]): string[] {
  return all.length === 0 ? [] : [...paragraph(`${name}:`), ...list(all)]
}

function tableInMarkdown(one: FigureTableView, published: string): string[] {
  return [
    ...heading(4, one.of === '' ? one.caption : `${one.caption} (${one.of})`),
    ...table(
      [one.rowHeading, ...one.columns],
      one.rows.map(({ name, cells }) => [name, ...cells.map(cellText)]),
    ),
    ...one.notes.flatMap(paragraph),
    ...(one.publishedNotes.length === 0 ? [] : paragraph(`${published} ${one.publishedNotes.join('; ')}.`)),
  ]
}

function cellText({ text, interval, counts, chance, status }: FigureCell): string {
  const more = [interval, counts, chance, status].filter((part) => part !== '')
  return more.length === 0 ? text : `${text} (${more.join('; ')})`
}
