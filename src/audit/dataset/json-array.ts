import { constants } from 'node:buffer'
import { stat } from 'node:fs/promises'
import { endOfString } from '../definitions/json-form.js'
import { DatasetError, quoted } from '../errors.js'
import { cellText, parseObject } from './json-object.js'
import type { JsonObject } from './json-object.js'
import { noRows } from './label-table.js'
import type { LabelTable, TableRow } from './label-table.js'
import { openText } from './text-file.js'

type Element = { readonly line: number; readonly object: JsonObject }

/** Opens a JSON array of flat objects as a table of text: the columns are the keys of all of them. Holds the file in memory. Throws DatasetError with
 *  the line of a broken object, of a key that comes twice, and of a value that is no text, number or boolean. `hidesCells`: no message quotes what a
 *  row says. */
export async function openJsonArray(file: string, hidesCells = false): Promise<LabelTable> {
  const said = hidesCells ? () => 'something else' : quoted
  const { size } = await stat(file)
  if (size > MAX_STRING_LENGTH) throw tooLong(file, size)
  const { chunks, sha256 } = await openText(file)
  const pieces: string[] = []
  for await (const chunk of chunks) pieces.push(chunk)
  const elements = elementsOf(pieces.join(''), file).map(({ line, text }) => {
    return { line, object: parseObject(text, { at: `${file}:${line}`, said, expected: 'a list of JSON objects' }) }
  })
  if (elements.length === 0) throw new DatasetError('table.empty', noRows(file))
  const header = [...new Set(elements.flatMap(({ object }) => Object.keys(object)))]
  return { header, headerIsComplete: true, rows: (columns) => rowsOf(elements, columns, file), sha256 }
}

const { MAX_STRING_LENGTH } = constants

function tooLong(at: string, size: number): DatasetError {
  const expected = `a JSON list of at most ${MAX_STRING_LENGTH} bytes`
  const hint = 'Write it as one object per line (.jsonl), which is read piece by piece'
  return new DatasetError('file.too-large', { at, expected, received: `${size} bytes`, hint })
}

// eslint-disable-next-line @typescript-eslint/require-await -- a table gives its rows asynchronously, whatever it is read from
async function* rowsOf(
  elements: readonly Element[],
  columns: readonly string[],
  file: string,
): AsyncGenerator<TableRow, void> {
  // prettier-ignore
  for (const { line, object } of elements)
    yield { line, cells: columns.map((column) => cellOf(object, column, `${file}:${line}`)) }
}

function cellOf(object: JsonObject, column: string, at: string): string {
  const value = Object.hasOwn(object, column) ? object[column] : null
  return cellText(value, column, { at, received: () => 'a list or an object' })
}

const MARKS: ReadonlySet<string> = new Set('[]{},\n')

/** The texts between the commas of the outermost list, each with the line that it begins on. Brackets are held against each other, so that no element is
 *  lost where one is closed by another. */
function elementsOf(text: string, at: string): { readonly line: number; readonly text: string }[] {
  const elements: { line: number; text: string }[] = []
  const open: string[] = [] // what closes each bracket that is open
  let [start, line, startLine, end] = [0, 1, 1, 0]
  for (let index = 0; index < text.length; index++) {
    const token = text[index]
    if (token === '"') index = endOfString(text, index)
    if (!MARKS.has(token)) continue
    if (token === '\n') line++
    if ((token === ']' || token === '}') && open.at(-1) !== token)
      throw brokenList(`${at}:${line}`, open.at(-1) ?? 'the end of the file', token)
    if (open.length === 1 && (token === ',' || token === ']')) {
      const element = text.slice(start, index)
      const isNone = token === ']' && elements.length === 0 && element.trim() === ''
      if (element.trim() === '' && !isNone) throw brokenList(`${at}:${line}`, 'a JSON object before it', token)
      if (!isNone) elements.push({ line: startLine, text: element })
      start = index + 1
    }
    if (token === '[' || token === '{') open.push(token === '[' ? ']' : '}')
    if (token === ']' || token === '}') open.pop()
    if (open.length === 1 && token === '[') start = index + 1
    if (open.length === 2 && token === '{') startLine = line
    if (open.length === 0) end = index + 1
  }
  if (open.length > 0) throw brokenList(`${at}:${line}`, 'a list that ends here', 'the end of the file')
  if (text.slice(end).trim() !== '') throw brokenList(`${at}:${line}`, 'a list that ends here', 'something after it')
  return elements
}

function brokenList(at: string, expected: string, received: string): DatasetError {
  const hint = 'The file was cut or joined; get it again'
  return new DatasetError('table.row', { at, expected, received, hint })
}
