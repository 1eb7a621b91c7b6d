import { readFile } from 'node:fs/promises'
import { unmarked } from '../../dataset/csv-out.js'
import { openCsv } from '../../dataset/csv.js'
import { openText } from '../../dataset/text-file.js'
import { DatasetError, quoted } from '../../errors.js'
import { npyTexts } from './npy.js'

const LINES_AT_ONCE = 4096
const CSV_COLUMN = 'image'

/** The texts that name the rows of a file of vectors, in order, some at a time: a text file with one a line, a NumPy array of text, a JSON list,
 *  or the column `image` of a CSV file, as an export writes it. Throws DatasetError. */
export function readTexts(path: string): AsyncGenerator<string[], void> {
  const [, ending = ''] = /\.([a-z]+)$/i.exec(path) ?? []
  switch (ending.toLowerCase()) {
    case 'npy':
      return npyTexts(path)
    case 'json':
      return jsonTexts(path)
    case 'csv':
      return csvTexts(path)
    default:
      return lines(path)
  }
}

async function* lines(path: string): AsyncGenerator<string[], void> {
  let held = ''
  for await (const chunk of (await openText(path)).chunks) {
    const found = (held + chunk).split('\n')
    held = found.pop() ?? ''
    yield found.map(withoutReturn)
  }
  if (held !== '') yield [withoutReturn(held)] // the last line may lack its end
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

async function* jsonTexts(path: string): AsyncGenerator<string[], void> {
  const refusal = (received: string): DatasetError =>
    new DatasetError('vectors.ids', {
      at: path,
      expected: 'a JSON list of texts',
      received,
      hint: 'Write json.dump(ids, file) with ids as a list of str',
    })
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw refusal('something else')
  }
  if (!Array.isArray(value)) throw refusal(quoted(value))
  const other: unknown = value.find((each) => typeof each !== 'string')
  if (other !== undefined) throw refusal(`${quoted(other)} in the list`)
  yield value as string[] // every one was looked at
}

async function* csvTexts(path: string): AsyncGenerator<string[], void> {
  const { header, rows } = await openCsv(path)
  if (!header.includes(CSV_COLUMN)) {
    const hint = 'Call the column of ids image, or give a text file with one id a line'
    throw new DatasetError('vectors.ids', {
      at: `${path}:1`,
      expected: `a column ${CSV_COLUMN}`,
      received: header
        .slice(0, 20)
        .map((name) => quoted(name))
        .join(', '),
      hint,
    })
  }
  let batch: string[] = []
  for await (const { cells } of rows([CSV_COLUMN])) {
    batch.push(unmarked(cells[0]))
    if (batch.length < LINES_AT_ONCE) continue
    yield batch
    batch = []
  }
  yield batch
}
