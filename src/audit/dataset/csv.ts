import { CsvError, parse } from 'csv-parse'
import { pipeline } from 'node:stream'
import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { Reading } from '../types/reading.js'
import { checkedLines, openQuote } from './csv-lines.js'
import type { QuoteState } from './csv-lines.js'
import { noRows } from './label-table.js'
import type { LabelTable, TableRow } from './label-table.js'
import { fault, quotedList } from './refusals.js'
import { encodingFault, openText } from './text-file.js'

/** Bytes of one row: no label row comes near; a forgotten quote would otherwise swallow the file. */
const MOST_ROW_BYTES = 1024 * 1024

/** Opens a comma-separated file with a header (RFC 4180) as a table of text. Nothing is repaired: a ragged row, a stray quote or
 *  a header with one name twice throws DatasetError with its line. Another `delimiter` or `encoding` must be named. */
export async function openCsv(file: string, { delimiter, encoding }: CsvReading = {}): Promise<LabelTable> {
  const text = await openText(file, encoding)
  const quote: QuoteState = { openedOnLine: null }
  const parser = parse({
    delimiter: delimiter ?? ',',
    record_delimiter: ['\r\n', '\n'],
    max_record_size: MOST_ROW_BYTES,
  })
  pipeline(checkedLines(text.chunks, file, quote), parser, () => {}) // the error also reaches the iterator below
  const records: AsyncIterator<string[]> = (parser as AsyncIterable<string[]>)[Symbol.asyncIterator]() // no columns option: arrays of text
  const next = () => nextRecord(records, file, quote)
  const header = await next()
  if (header === null) throw new DatasetError('table.empty', noRows(file))
  checkHeader(header, file, delimiter)
  return { header, headerIsComplete: true, rows: (columns) => rowsOf(header, columns, next), sha256: text.sha256 }
}

type CsvReading = Pick<Reading, 'delimiter' | 'encoding'>

async function* rowsOf(
  header: readonly string[],
  columns: readonly string[],
  next: () => Promise<string[] | null>,
): AsyncGenerator<TableRow, void> {
  const wanted = columns.map((column) => header.indexOf(column))
  let line = 1 + linesIn(header)
  for (let record = await next(); record !== null; record = await next()) {
    const fields = record
    yield { line, cells: wanted.map((index) => fields[index]) }
    line += linesIn(fields)
  }
}

/** Lines that a record takes up in the file: one, and one more for every line feed inside its quotes. */
function linesIn(record: readonly string[]): number {
  let lines = 1
  for (const field of record) for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) lines++
  return lines
}

async function nextRecord(records: AsyncIterator<string[]>, file: string, quote: QuoteState): Promise<string[] | null> {
  try {
    const step = await records.next()
    return step.done === true ? null : step.value
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new DatasetError('table.row', describe(error, file, quote), { cause: error })
  }
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
