import { CsvError, parse } from 'csv-parse'
import type { Parser } from 'csv-parse'
import { finished, pipeline } from 'node:stream'
import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { Reading } from '../types/reading.js'
import { checkedLines, openQuote } from './csv-lines.js'
import type { QuoteState } from './csv-lines.js'
import { noRows } from './label-table.js'
import type { LabelTable, TablePart } from './label-table.js'
import { fault, quotedList } from './refusals.js'
import { linesFrom, rowsInParts } from './table-parts.js'
import { encodingFault, openText } from './text-file.js'

/** Bytes of one row: no label row comes near; a forgotten quote would otherwise swallow the file. */
const MOST_ROW_BYTES = 1024 * 1024

/** Opens a comma-separated file with a header (RFC 4180) as a table of text. Nothing is repaired: a ragged row, a stray quote or
 *  a header with one name twice throws DatasetError with its line. Another `delimiter` or `encoding` must be named. */
export async function openCsv(file: string, { delimiter, encoding }: CsvReading = {}): Promise<LabelTable> {
  const text = await openText(file, encoding)
  const quote: QuoteState = { openedOnLine: null, isUsed: false }
  const parser = parse({
    delimiter: delimiter ?? ',',
    record_delimiter: ['\r\n', '\n'],
    max_record_size: MOST_ROW_BYTES,
  })
  pipeline(checkedLines(text.chunks, file, quote), parser, () => {}) // the error also reaches whoever reads the records
  const records = recordsOf(parser, file, quote)
  const first = await records.next()
  if (first.done === true) throw new DatasetError('table.empty', noRows(file))
  const [header, ...rest] = first.value
  checkHeader(header, file, delimiter)
  return {
    header,
    headerIsComplete: true,
    rows: (columns) => rowsInParts(() => partsOf({ header, rest, records, quote }, columns)),
    sha256: text.sha256,
  }
}

type CsvReading = Pick<Reading, 'delimiter' | 'encoding'>

type Opened = {
  readonly header: readonly string[]
  /** Records that were read with the header. */
  readonly rest: readonly (readonly string[])[]
  readonly records: AsyncGenerator<string[][], void>
  readonly quote: QuoteState
}

async function* partsOf(
  { header, rest, records, quote }: Opened,
  columns: readonly string[],
): AsyncGenerator<TablePart, void> {
  const wanted = columns.map((column) => header.indexOf(column))
  let line = 1 + linesIn(header)
  const partOf = (some: readonly (readonly string[])[]): TablePart => {
    const lines = linesFrom(line, some.length)
    if (!quote.isUsed)
      line += some.length // without quotes no field has a line end
    else
      for (const [row, fields] of some.entries()) {
        lines[row] = line
        line += linesIn(fields)
      }
    return { lines, columns: wanted.map((index) => some.map((fields) => fields[index])), marks: null }
  }
  if (rest.length > 0) yield partOf(rest)
  for await (const some of records) yield partOf(some)
}

/** Lines that a record takes up in the file: one, and one more for every line feed inside its quotes. */
function linesIn(record: readonly string[]): number {
  let lines = 1
  for (const field of record) for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) lines++
  return lines
}

const MOST_AT_ONCE = 16_384

/** All records that the parser has ready, at least one at a time: waiting for each alone takes as long as parsing it. Records that were not taken
 *  before the parser met a fault are dropped, as Node.js does. */
async function* recordsOf(parser: Parser, file: string, quote: QuoteState): AsyncGenerator<string[][], void> {
  let wake = (): void => {}
  let ended: { readonly error: Error | null } | null = null
  parser.on('readable', () => {
    wake()
  })
  finished(parser, { writable: false }, (error) => {
    ended = { error: error ?? null }
    wake()
  })
  for (;;) {
    const ready = takeReady(parser)
    if (ready.length > 0) yield ready
    else if (ended === null) await new Promise<void>((resolve) => (wake = resolve))
    else break
  }
  const { error } = ended as { readonly error: Error | null } // set by the listener above
  if (error === null) return
  if (!(error instanceof CsvError)) throw error
  throw new DatasetError('table.row', describe(error, file, quote), { cause: error })
}

function takeReady(parser: Parser): string[][] {
  const ready: string[][] = []
  while (!parser.destroyed && ready.length < MOST_AT_ONCE) {
    const record = parser.read() as string[] | null // no columns option: arrays of text
    if (record === null) break
    ready.push(record)
  }
  return ready
}

function describe(error: CsvError, file: string, quote: QuoteState): Fault {
  const at = `${file}:${Number(error['lines'])}`
  if (error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
    const record: unknown = error['record']
    const fields = Array.isArray(record) ? record.length : 0
    const isBlank = fields === 1 && Array.isArray(record) && record[0] === ''
    return fault({
      at,
      expected: 'as many fields as the header has',
      received: isBlank ? 'a blank line' : `${fields} ${fields === 1 ? 'field' : 'fields'}`,
      hint: isBlank ? null : 'A comma inside a name needs quotes around the name',
    })
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return openQuote(at)
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const hint = quote.openedOnLine === null ? null : `Perhaps the quote of line ${quote.openedOnLine} is never closed`
    return fault({ at, expected: `a row of at most ${MOST_ROW_BYTES} bytes`, received: 'a longer one', hint })
  }
  return fault({
    at,
    expected: 'quotes around the whole field, and each quote inside it doubled',
    received: 'a quote in another place',
  })
}

function checkHeader(header: readonly string[], file: string, delimiter: string | undefined): void {
  const at = `${file}:1`
  if (header.some((column) => column.includes('\0')))
    throw new DatasetError(
      'file.encoding',
      encodingFault(at, 'NUL characters, as in UTF-16 without its mark', 'utf-16le'),
    )
  const seen = new Set<string>()
  const twice = header.find((column) => seen.size === seen.add(column).size)
  if (twice !== undefined)
    throw new DatasetError('table.header', {
      at,
      field: 'header',
      expected: 'every column name once',
      received: `${quoted(twice)} twice`,
    })
  if (delimiter === undefined && header.length === 1 && /[;\t]/.test(header[0]))
    throw new DatasetError('table.header', {
      at,
      field: 'header',
      expected: 'columns separated by commas',
      received: quotedList(header),
      hint: 'The file seems to be separated by semicolons or tabs; save it with commas, or name what divides a label file with --delimiter',
    })
}
