import type { Inspection } from '../audit/types/inspection.js'
import { printable } from '../audit/definitions/words.js'
import { conclusions } from './inspection-conclusions.js'
import { counted, shownName } from './shown.js'
import { barTable, heatTable, paragraph } from './text-charts.js'

/** What a dataset is made of as text for a terminal of `columns` characters: tables with bars, crosses as shaded tables, and sentences. */
export function describeInspection(inspection: Inspection, columns: number): string {
  const parts = [
    front(inspection, columns),
    ...inspection.attributes.map((attribute) => attributePart(attribute, inspection, columns)),
    ...crossParts(inspection, columns),
    section('What can and cannot be concluded', conclusions(inspection), columns),
    section('What to know', remarks(inspection), columns),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function front(inspection: Inspection, columns: number): string {
  const { id, crop, rows, sources, licence, permittedUse, subjects, simulated } = inspection
  const lines = [
    `${shownName(id)}${crop === null ? '' : `, crop ${shownName(crop)}`}: ${counted(rows.in, 'row')} = ${rows.processed} to be processed + ${rows.excluded} excluded + ${rows.quarantined} quarantined`,
    ...(simulated ? ['Simulated data: they say nothing about any people.'] : []),
    `From ${sources.map(({ file }) => shownName(file)).join(', ')}`,
    `Licence: ${licence === null ? 'not stated' : shownName(licence)}`,
    ...(permittedUse === null ? [] : [`Permitted use: ${printable(permittedUse)}`]),
    subjects === null
      ? 'Which images show one person is not said: every image counts as another person.'
      : `${counted(subjects, 'person').replace('persons', 'people')} in ${counted(rows.processed, 'image')}.`,
  ]
  return lines.map((line) => paragraph(line, columns)).join('\n')
}

function attributePart(
  { name, labelledBy, unknown, values }: Inspection['attributes'][number],
  { rows }: Inspection,
  columns: number,
): string {
  const known = values.map(([value, images]) => ({ name: shownName(value), count: images }))
  const all = unknown > 0 ? [...known, { name: '(unknown)', count: unknown }] : known
  return `${shownName(name)} (labelled by: ${labelledBy})\n${barTable(all, rows.processed, columns)}`
}

function crossParts({ groupings }: Inspection, columns: number): string[] {
  return groupings
    .filter(({ groupBy }) => groupBy.length === 2)
    .map(({ groupBy: [first, second], groups }) => {
      const valuesOf = (place: number): string[] => [...new Set(groups.map(({ group }) => group[place][1]))]
      const [rows, across] = [valuesOf(0), valuesOf(1)]
      const counts = rows.map((row) =>
        across.map((column) => groups.find(({ group }) => group[0][1] === row && group[1][1] === column)?.images ?? 0),
      )
      const isTurned = across.length > rows.length // the longer list goes down the page
      const table = isTurned
        ? { rows: across, columns: rows, counts: across.map((_, column) => counts.map((row) => row[column])) }
        : { rows, columns: across, counts }
      const title = isTurned ? `${shownName(second)} by ${shownName(first)}` : `${shownName(first)} by ${shownName(second)}` // prettier-ignore
      const names = { rows: table.rows.map(shownName), columns: table.columns.map(shownName) }
      return `${title}, images (darker: more)\n${heatTable({ ...names, counts: table.counts }, columns)}`
    })
}

function remarks(inspection: Inspection): string[] {
  const { excluded, quarantined, images, warnings, knownNoise, attributes } = inspection
  const perceived = attributes.filter(({ labelledBy }) => labelledBy === 'annotator').map(({ name }) => shownName(name))
  return [
    ...(perceived.length === 0
      ? []
      : [`${perceived.join(', ')}: as annotators perceived them, which is not what people say of themselves.`]),
    ...knownNoise.map((text) => `Known from elsewhere: ${text}.`),
    ...excluded.map(([reason, count]) => `Excluded: ${counted(count, 'row')}, ${shownName(reason)}.`),
    ...quarantined.map(([code, count]) => `Quarantined: ${counted(count, 'row')}, ${code}.`),
    images === null
      ? 'No image was opened: repeated and unreadable images are not known. Name their folder with --images.'
      : images.contents === 0
        ? 'No two images are the same file.'
        : `${images.images} images have a content that another one has too (${counted(images.contents, 'content')}); with different labels: ${images.acrossGroups}.`,
    ...warnings.map(([, count, message]) => `${printable(message)}${count > 1 && !message.includes(String(count)) ? ` (${count} times)` : ''}.`), // prettier-ignore
  ]
}

function section(title: string, sentences: readonly string[], columns: number): string {
  return [title, ...sentences.map((sentence) => paragraph(sentence, columns, '  - '))].join('\n')
}
