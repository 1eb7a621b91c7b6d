import { basename } from 'node:path'
import { DatasetError, quoted, type Fault } from '../errors.js'
import { oneOf } from '../definitions/words.js'
import { didYouMean } from '../definitions/nearest-word.js'
import {
  CAPTION_PROTOCOLS,
  CAPTION_ROLES,
  type CaptionProtocol,
  type CaptionRole,
  type CaptionSet,
} from '../types/captions.js'
import type { Dataset } from '../types/dataset.js'
import { captionQuestions, type CaptionRow } from './caption-questions.js'
import { openCsv } from './csv.js'
import { unmarked } from './csv-out.js'
import { imageKey } from './image-key.js'
import { rowsByName } from './rows-by-name.js'
import { missingColumn, noRows } from './label-table.js'
import type { LabelTable } from './label-table.js'
import { fault, MOST_FAULTS, quotedList, refuse } from './refusals.js'

const REQUIRED = ['image', 'caption', 'role'] as const
const OPTIONAL = ['protocol', 'sequence'] as const
type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]

/** Reads a caption set (measures.md B13): one row for each caption of an image, with its role (correct, close, distractor) and, if wanted,
 *  the protocol it belongs to (coarse, stress, fine) and the sequence that the image is taken from. Captions stand as they are written.
 *  Throws DatasetError with line and field for an image that the dataset does not have, a word that is none, a caption twice among the
 *  options of one image, an image without exactly one correct caption, and too few or too many options. */
export async function readCaptions(file: string, dataset: Dataset): Promise<CaptionSet> {
  const table = await openCsv(file)
  const columns = presentColumns(table, file)
  const rowOfImage = rowsByName(dataset.images)
  const faults: Fault[] = []
  const rows: CaptionRow[] = []
  let read = 0
  for await (const { line, cells } of table.rows(columns)) {
    read++
    const row = rowOf(new Map(columns.map((column, index) => [column, unmarked(cells[index])])), rowOfImage)
    if ('expected' in row) faults.push({ at: `${file}:${line}`, ...row })
    else rows.push({ ...row, line })
    if (faults.length === MOST_FAULTS) refuse('captions.row', faults)
  }
  if (read === 0) throw new DatasetError('table.empty', noRows(file))
  refuse('captions.row', faults)
  const { questions, captions, faults: wrong } = captionQuestions(rows, file)
  refuse('captions.question', wrong)
  return { file: basename(file), sha256: table.sha256(), captions, questions }
}

function presentColumns({ header }: LabelTable, file: string): Column[] {
  const at = `${file}:1`
  const known: readonly Column[] = [...REQUIRED, ...OPTIONAL]
  const missing = REQUIRED.filter((column) => !header.includes(column))
  const unknown = header.filter((column) => !known.some((one) => one === column))
  const faults = unknown.map((column) =>
    fault({
      at,
      field: 'header',
      expected: `the columns ${quotedList(known)}`,
      received: quoted(column),
      hint: didYouMean(column, known),
    }),
  )
  refuse('captions.header', [...missing.map((column) => missingColumn(at, 'header', column, header)), ...faults])
  return known.filter((column) => header.includes(column))
}

type Read = Omit<CaptionRow, 'line'> | Omit<Fault, 'at'>

function rowOf(cells: ReadonlyMap<Column, string>, rowOfImage: ReadonlyMap<string, number>): Read {
  const text = (column: Column): string => (cells.get(column) ?? '').trim()
  const row = rowOfImage.get(imageKey(cells.get('image') ?? ''))
  if (row === undefined)
    return { field: 'image', expected: 'an image of the dataset', received: quoted(cells.get('image')) }
  if (text('caption') === '') return { field: 'caption', expected: 'a caption', received: 'nothing' }
  const role = CAPTION_ROLES.find((word) => word === text('role'))
  if (role === undefined) return unknownWord('role', CAPTION_ROLES, text('role'))
  const protocol = CAPTION_PROTOCOLS.find((word) => word === text('protocol')) ?? null
  if (protocol === null && text('protocol') !== '') return unknownWord('protocol', CAPTION_PROTOCOLS, text('protocol'))
  const sequence = text('sequence') === '' ? null : text('sequence')
  return { row, caption: text('caption'), role, protocol, sequence }
}

function unknownWord(
  field: Column,
  words: readonly (CaptionRole | CaptionProtocol)[],
  received: string,
): Omit<Fault, 'at'> {
  const hint = didYouMean(received, words)
  return { field, expected: oneOf(words), received: quoted(received), ...(hint === null ? {} : { hint }) }
}
