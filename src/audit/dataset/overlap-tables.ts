import { existsSync } from 'node:fs'
import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { FoundOverlap, OverlapPair } from '../types/overlap.js'
import { openCsv } from './csv.js'
import { safeCsvCell, unmarked } from './csv-out.js'
import { missingColumn, noRows } from './label-table.js'
import { MOST_FAULTS, fault, refuse } from './refusals.js'
import { shortestSingle } from './shortest-single.js'
import { writeRows } from './write-rows.js'

const PAIR_COLUMNS = ['image', 'reference', 'cosine', 'hashDistance', 'correlation', 'same']

/** Writes what was found of every image that could be compared, in dataset order: `overlap` is yes or no, so that an audit can join it.
 *  Resolves to the path. */
export async function writeOverlapCsv(file: string, found: readonly FoundOverlap[]): Promise<string> {
  return writeRows(file, overlapRows(found))
}

function* overlapRows(found: readonly FoundOverlap[]): Generator<string, void> {
  yield 'image,overlap,reference,hashDistance,correlation,similarReference,cosine'
  for (const { image, isOverlap, pixels, vectors } of found)
    yield [
      safeCsvCell(image),
      isOverlap ? 'yes' : 'no',
      pixels === null ? '' : safeCsvCell(pixels.reference),
      pixels === null ? '' : String(pixels.hashDistance),
      numeral(pixels?.correlation ?? null),
      vectors === null ? '' : safeCsvCell(vectors.reference),
      numeral(vectors?.cosine ?? null),
    ].join(',')
}

/** Writes pairs for a person to look at, most similar first, with an empty column `same` for yes or no. Resolves to the path. */
export async function writePairsCsv(file: string, pairs: readonly OverlapPair[]): Promise<string> {
  return writeRows(file, pairRows(pairs))
}

function* pairRows(pairs: readonly OverlapPair[]): Generator<string, void> {
  yield PAIR_COLUMNS.join(',')
  for (const { image, reference, cosine, hashDistance, correlation } of pairs)
    yield [
      safeCsvCell(image),
      safeCsvCell(reference),
      numeral(cosine),
      hashDistance === null ? '' : String(hashDistance),
      numeral(correlation),
      '',
    ].join(',')
}

function numeral(value: number | null): string {
  return value === null ? '' : String(shortestSingle(Math.fround(value)))
}

/** Reads back the pairs that a person marked; rows whose `same` is empty are not marked. Throws DatasetError with the lines for any other
 *  word than yes and no, for a cosine that is no number, and where nothing is marked. */
export async function readMarkedPairs(file: string): Promise<{ cosine: number; isSame: boolean }[]> {
  const table = await openCsv(file)
  const columns = ['cosine', 'same']
  const missing = columns.filter((column) => !table.header.includes(column))
  refuse('overlap.marked', missing.map((column) => missingColumn(`${file}:1`, 'header', column, table.header))) // prettier-ignore
  const marked: { cosine: number; isSame: boolean }[] = []
  const faults: Fault[] = []
  let rows = 0
  for await (const { line, cells } of table.rows(columns)) {
    rows++
    const [cosine, same] = cells.map((cell) => unmarked(cell).trim())
    if (same === '') continue
    const value = cosine === '' ? NaN : Number(cosine)
    const word = same.toLowerCase()
    const at = `${file}:${line}`
    if (!(value >= -1.001 && value <= 1.001))
      faults.push(fault({ at, field: 'cosine', expected: 'a cosine from -1 to 1', received: quoted(cosine) }))
    else if (word !== 'yes' && word !== 'no')
      faults.push(fault({ at, field: 'same', expected: 'yes, no or nothing', received: quoted(same) }))
    else marked.push({ cosine: value, isSame: word === 'yes' })
    if (faults.length === MOST_FAULTS) break
  }
  refuse('overlap.marked', faults)
  if (rows === 0) throw new DatasetError('table.empty', noRows(file))
  if (marked.length > 0) return marked
  throw new DatasetError('overlap.marked', {
    at: file,
    field: 'same',
    expected: 'pairs marked with yes or no',
    received: `${rows} rows, none of them marked`,
  })
}

/** Whether a file of pairs is there in which somebody marked one. A file with other columns is refused like one with marks: it is not ours. */
export async function hasMarks(file: string): Promise<boolean> {
  if (!existsSync(file)) return false
  const table = await openCsv(file)
  if (table.header.join(',') !== PAIR_COLUMNS.join(',')) return true
  for await (const { cells } of table.rows(['same'])) if (cells[0].trim() !== '') return true
  return false
}
