import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatasetError, quoted } from '../../errors.js'
import { npyVectors } from './npy.js'
import { parquetIds, parquetRows } from './parquet-vectors.js'
import type { VectorBlock } from './vector-rows.js'

/** Parts of image vectors with the table that names their rows. */
export type ClipRetrieval = {
  readonly blocks: readonly VectorBlock[]
  readonly files: readonly string[]
  readonly ids: () => AsyncGenerator<string[], void>
}

const IMAGES = 'img_emb'
const TABLES = 'metadata'
const LAYOUT = 'clip-retrieval writes img_emb/img_emb_0.npy with metadata/metadata_0.parquet, and so on'

/** Whether a folder is laid out as clip-retrieval writes it. */
export function isClipRetrieval(folder: string): boolean {
  return existsSync(join(folder, IMAGES))
}

/** The image vectors of a folder that clip-retrieval wrote: row r of part i belongs to row r of table i. Parts are paired by their number, because the
 *  zeros before it vary. Images that it could not read are absent. Source: rom1504/clip-retrieval
 *  `clip_retrieval/clip_inference/writer.py`. Throws DatasetError (`vectors.clip-retrieval`). */
export async function openClipRetrieval(folder: string, idColumn: string | null): Promise<ClipRetrieval> {
  const parts = numbered(join(folder, IMAGES), /^img_emb_(\d+)\.npy$/)
  const tables = numbered(join(folder, TABLES), /^metadata_(\d+)\.parquet$/)
  if (parts.size === 0) throw refusal(join(folder, IMAGES), 'img_emb_0.npy and so on', 'none', LAYOUT)
  const alone =
    [...parts.keys()].find((part) => !tables.has(part)) ?? [...tables.keys()].find((part) => !parts.has(part))
  if (alone !== undefined) {
    const received = parts.has(alone)
      ? `vectors of part ${alone} without their table`
      : `a table of part ${alone} without its vectors`
    throw refusal(folder, 'a table for every part, and a part for every table', received, LAYOUT)
  }
  const pairs = [...parts].sort(([a], [b]) => a - b).map(([part, path]) => ({ path, table: tables.get(part) ?? '' }))
  const blocks: VectorBlock[] = []
  for (const { path, table } of pairs) {
    const block = await npyVectors(path)
    refuseOther(blocks[0], block)
    const rows = await parquetRows(table)
    if (rows !== block.rows)
      throw refusal(
        table,
        `${block.rows} rows, as many as its vectors`,
        `${rows} rows`,
        'Run clip-retrieval again for this part',
      )
    blocks.push(block)
  }
  return {
    blocks,
    files: pairs.flatMap(({ path, table }) => [path, table]),
    ids: async function* () {
      for (const { table } of pairs) yield* parquetIds(table, idColumn)
    },
  }
}

function numbered(folder: string, pattern: RegExp): Map<number, string> {
  const found = new Map<number, string>()
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const digits = pattern.exec(name)?.[1]
    if (digits === undefined) continue
    const before = found.get(Number(digits))
    if (before !== undefined)
      throw refusal(
        folder,
        `one part ${Number(digits)}`,
        `${quoted(name)} beside another`,
        'Remove what an earlier run left',
      )
    found.set(Number(digits), join(folder, name))
  }
  return found
}

function refuseOther(first: VectorBlock | undefined, { path, dim, dtype }: VectorBlock): void {
  if (first === undefined || (first.dim === dim && first.dtype === dtype)) return
  throw refusal(
    path,
    `${first.dim} numbers a vector in ${first.dtype}, as in part 0`,
    `${dim} in ${dtype}`,
    'All parts must come from one run',
  )
}

function refusal(at: string, expected: string, received: string, hint: string): DatasetError {
  return new DatasetError('vectors.clip-retrieval', { at, expected, received, hint })
}
