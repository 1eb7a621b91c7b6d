import { resolve } from 'node:path'
import { writeRows } from './dataset/write-rows.js'
import { DatasetError, quoted } from './errors.js'

/** One labelled image as a program holds it. `image` is its path below the image folder, written with `/`; `subject`, if given, says whose image it
 *  is; every other key is an attribute. Null, undefined and empty text mean unknown. */
export type LabelledImage = { readonly image: string } & {
  readonly [attribute: string]: string | number | boolean | null | undefined
}

/** Which columns of the written file hold what, ready for `dataset` of a plan. */
export type WrittenLabels = {
  readonly format: 'csv'
  /** Absolute path. */
  readonly labels: string
  readonly map: Readonly<Record<string, string>>
}

/** Writes rows that a program holds into a label file (CSV, UTF-8), whole or not at all, and says how to read it. An audit names its label file by
 *  hash, so rows have to be a file before they can be audited; whoever gets that file and the images can run the audit again.
 *  Throws {@link DatasetError} for no rows, a row without an image, and a row whose attributes are not those of the first.
 *  @example
 *  const labels = await writeLabelFile('people.csv', [{ image: 'a.jpg', gender: 'Female' }, { image: 'b.jpg', gender: null }])
 *  await audit({ models, dataset: { ...labels, images: 'photos' } }) */
export async function writeLabelFile(file: string, rows: Iterable<LabelledImage>): Promise<WrittenLabels> {
  const all = [...rows]
  if (all.length === 0) throw refusal(file, 0, 'rows', 'at least one row', 'none', 'Give one row for each image')
  const columns = ['image', ...Object.keys(all[0]).filter((key) => key !== 'image')]
  all.forEach((row, index) => checkRow(row, columns, { file, number: index + 1 }))
  const lines = all.map((row) => columns.map((column) => csvField(textOf(row[column]))).join(','))
  const labels = resolve(file)
  await writeRows(labels, [columns.map(csvField).join(','), ...lines])
  return { format: 'csv', labels, map: Object.fromEntries(columns.map((column) => [column, column])) }
}

function checkRow(row: LabelledImage, columns: readonly string[], at: { file: string; number: number }): void {
  const { image } = row
  if (typeof image !== 'string' || image === '')
    throw refusal(at.file, at.number, 'image', 'the path of an image', quoted(image), 'Every row needs one')
  const unwritable = columns.find((column) => !isScalar(row[column]))
  if (unwritable !== undefined)
    throw refusal(
      at.file,
      at.number,
      unwritable,
      'a text, a number, a boolean or null',
      quoted(row[unwritable]),
      'Write it as text',
    )
  const strange = Object.keys(row).find((key) => !columns.includes(key))
  const absent = columns.find((column) => !Object.hasOwn(row, column))
  const expected = `the attributes of the first row (${columns.join(', ')})`
  const hint = 'Give every row the same attributes; null says that one is not known'
  if (strange !== undefined) throw refusal(at.file, at.number, strange, expected, 'another one', hint)
  if (absent !== undefined) throw refusal(at.file, at.number, absent, expected, 'a row without it', hint)
}

function refusal(
  file: string,
  row: number,
  field: string,
  expected: string,
  received: string,
  hint: string,
): DatasetError {
  const at = row === 0 ? file : `${file}: row ${row}`
  return new DatasetError('rows.invalid', { at, field, expected, received, hint })
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  return value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean'
}

function textOf(value: LabelledImage[string]): string {
  return value === null || value === undefined ? '' : String(value)
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
