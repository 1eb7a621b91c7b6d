import { basename } from 'node:path'
import { DatasetError } from '../../errors.js'
import type { SourceFile, Warning } from '../../types/dataset.js'
import type { FileState } from '../../types/files.js'
import { missingColumn } from '../label-table.js'
import type { LabelTable, RowMarks, TablePart } from '../label-table.js'
import { openParquet } from '../open-parquet.js'
import type { ParquetColumn, ParquetFile } from '../parquet-file.js'
import { parquetParts } from '../parquet-parts.js'
import { readCells, rowsInParts } from '../table-parts.js'
import { classNames } from './class-names.js'
import { joinedSha256, requireUnchanged, sha256Of, stateOf } from './container-file.js'
import { fieldOf, parquetCellText } from './parquet-cell-text.js'
import type { CellReading } from './parquet-cell-text.js'
import {
  holdsImages,
  holdsNames,
  largeGroupWarning,
  nameByRow,
  nameIn,
  namesAreDistinct,
  rowsWithBytes,
} from './parquet-images.js'
import type { Shard } from './parquet-shards.js'
import { sameClasses } from './shard-classes.js'
import type { Place } from './shard-classes.js'
import { SPLIT } from './splits.js'

export type ParquetOptions = {
  readonly hidesCells: boolean
  /** Whether images will be read: only then does a row need one. */
  readonly opensImages: boolean
  /** How false and true are written; by default `false` and `true`. */
  readonly booleans?: readonly [string, string]
}

/** What the rows of the shards leave behind. */
type Ledger = {
  readonly sources: SourceFile[]
  readonly warnings: Warning[]
  readonly containers: Map<string, FileState>
  readonly bareIntegers: Set<string>
}

/**
 * Opens Parquet files with labels as one table of text, a part at a time and no image: an image column gives the names of the images, and where in the file
 * each lies. Integers become the names that the footer has for them. Fields of structs are dotted (`label.race`); `split` is what numbered files begin
 * with. Lines are rows, counted from 1 over all files. Throws DatasetError for a file that is not whole, or is changed meanwhile, and for files that
 * name the same integers differently.
 */
export async function openParquetLabels(shards: readonly Shard[], options: ParquetOptions): Promise<LabelTable> {
  const first = await openParquet(shards[0].path)
  const places = placesIn(first.columns)
  const hasSplits = shards.every(({ split }) => split !== null) && !places.some(({ dotted }) => dotted === SPLIT)
  const ledger: Ledger = { sources: [], warnings: [], containers: new Map(), bareIntegers: new Set() }
  return {
    header: [...places.map(({ dotted }) => dotted), ...(hasSplits ? [SPLIT] : [])],
    headerIsComplete: true,
    bareIntegers: () => [...ledger.bareIntegers],
    rows: (columns) => rowsInParts(() => partsIn(shards, columns, options, ledger)),
    sha256: () => joinedSha256(ledger.sources),
    sources: () => ledger.sources,
    warnings: () => ledger.warnings,
    containers: () => ledger.containers,
  }
}

function placesIn(columns: readonly ParquetColumn[], above: readonly string[] = []): Place[] {
  return columns.flatMap((column): Place[] => {
    const path = [...above, column.name]
    const isStruct = column.kind === 'struct' && !(above.length === 0 && holdsImages(column))
    return isStruct ? placesIn(column.fields, path) : [{ dotted: path.join('.'), path, column }]
  })
}

async function* partsIn(
  shards: readonly Shard[],
  columns: readonly string[],
  options: ParquetOptions,
  ledger: Ledger,
): AsyncGenerator<TablePart, void> {
  let rows = 0
  const named = new Map<string, boolean>()
  const holdClasses = sameClasses(ledger.bareIntegers)
  for (const shard of shards) {
    const state = await stateOf(shard.path)
    const file = await openParquet(shard.path)
    const places = columns.map((column) => placeOf(file, column, shard))
    const image = places.find((place) => place !== null && holdsImages(place.column))?.column ?? null
    holdClasses(shard.path, file, places)
    if (image !== null && options.opensImages) {
      ledger.warnings.push(...largeGroupWarning(shard.path, file, image.name))
      ledger.containers.set(shard.path, state)
    }
    if (image !== null) {
      if (!named.has(image.name)) named.set(image.name, await namesAreDistinct(shards, image.name))
    }
    const reader = { shard, file, places, image, isNamed: image !== null && named.get(image.name) === true, options }
    for await (const part of shardParts(reader)) yield { ...part, lines: part.lines.map((line) => rows + line) }
    rows += file.rows
    ledger.sources.push({ file: basename(shard.path), sha256: await sha256Of(shard.path), rows: file.rows })
    await requireUnchanged(shard.path, state)
  }
}

/** null: the split, which no column holds. */
function placeOf(file: ParquetFile, column: string, { path, split }: Shard): Place | null {
  const places = placesIn(file.columns)
  const found = places.find(({ dotted }) => dotted === column)
  if (found !== undefined) return found
  if (column === SPLIT && split !== null) return null
  throw new DatasetError('table.column', missingColumn(path, 'columns', column, places.map(({ dotted }) => dotted))) // prettier-ignore
}

type ShardReader = {
  readonly shard: Shard
  readonly file: ParquetFile
  readonly places: readonly (Place | null)[]
  readonly image: ParquetColumn | null
  readonly isNamed: boolean
  readonly options: ParquetOptions
}

async function* shardParts(reader: ShardReader): AsyncGenerator<TablePart, void> {
  const { shard, file, places, image, isNamed, options } = reader
  const isThere = image === null || !options.opensImages ? null : await rowsWithBytes(file, image)
  const lean = image === null ? file : file.without(image.name, 'bytes')
  // a column of bytes alone is not read at all: its images are called by their rows
  const read = [
    ...new Set(places.flatMap((place) => (place === null || isUnread(place.column) ? [] : [place.path[0]]))),
  ]
  const readings = places.map((place) => place && { place, reading: readingOf(file, place, options) })
  for await (const { start, rows, columns } of parquetParts(lean, read)) {
    const valuesOf = (name: string): ArrayLike<unknown> => columns[read.indexOf(name)] ?? []
    const named = image === null ? [] : valuesOf(image.name)
    const found = image === null ? null : Array.from({ length: rows }, (_, index) =>
      imageOf({ shard, image, row: start + index, isNamed }, nameIn(named[index]), isThere?.(start + index) ?? null)) // prettier-ignore
    const readers = readings.map((column): ((index: number) => string) => {
      if (column === null) return () => shard.split ?? ''
      const { place, reading } = column
      if (found !== null && holdsImages(place.column)) return (index) => found[index].name
      const [values, fields] = [valuesOf(place.path[0]), place.path.slice(1)]
      return (index) => {
        const value = fields.length === 0 ? values[index] : fields.reduce(fieldOf, values[index])
        return typeof value === 'string' ? value : parquetCellText(value, reading, `${shard.path}:${start + index + 1}`)
      }
    })
    yield* readCells(start + 1, rows, readers, (read) => found?.slice(0, read).map(({ row }) => row) ?? null)
  }
}

function isUnread(column: ParquetColumn): boolean {
  return holdsImages(column) && !holdsNames(column)
}

function readingOf(file: ParquetFile, { dotted, path }: Place, { booleans, hidesCells }: ParquetOptions): CellReading {
  return { column: dotted, names: classNames(file, path), booleans: booleans ?? ['false', 'true'], hidesCells }
}

type ImageOfRow = {
  readonly shard: Shard
  readonly image: ParquetColumn
  readonly row: number
  readonly isNamed: boolean
}

const NO_IMAGE = { code: 'image.missing', reason: 'the row holds neither an image nor the name of one' }

/** Bytes come first, then a file of that name; with neither there is no image. `isThere` null: no image is needed. */
function imageOf(
  { shard, image, row, isNamed }: ImageOfRow,
  path: string | null,
  isThere: boolean | null,
): { readonly name: string; readonly row: Pick<RowMarks, 'inside' | 'quarantined' | 'file'> } {
  const name = isNamed && path !== null ? path : nameByRow(shard.path, row)
  if (isThere === null) return { name, row: {} }
  if (isThere) return { name, row: { inside: { path: shard.path, member: { kind: 'cell', name: path ?? name, column: image.name, row } } } } // prettier-ignore
  return { name, row: path === null ? { quarantined: NO_IMAGE } : { file: path } }
}
