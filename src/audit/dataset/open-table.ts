import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { DatasetError } from '../errors.js'
import { openCsv } from './csv.js'
import { openJsonl } from './jsonl.js'
import type { LabelTable } from './label-table.js'
import { openParquetTable } from './parquet-table.js'
import { requireOrdinaryFile } from './text-file.js'

export type TableKind = 'csv' | 'jsonl' | 'parquet'

/** Opens a table by the ending of its name: `.jsonl`, `.ndjson` and `.json` hold one object per line, `.parquet` is Parquet, and everything else is
 *  CSV. Throws DatasetError where the content is one of the others. `hidesCells`: no message quotes what a row says. */
export async function openTable(file: string, hidesCells = false): Promise<LabelTable> {
  switch (await tableKind(file)) {
    case 'csv':
      return openCsv(file)
    case 'jsonl':
      return openJsonl(file, hidesCells)
    case 'parquet':
      return openParquetTable(file, hidesCells)
  }
}

/** What a file is by the ending of its name. Throws DatasetError where its first bytes say otherwise, or there is no such ordinary file. */
export async function tableKind(file: string): Promise<TableKind> {
  await requireOrdinaryFile(file)
  const kind = kindByName(file)
  const found = kindByContent(await firstBytes(file))
  if (found === null || found === kind) return kind
  throw new DatasetError('table.kind', {
    at: file,
    expected: `${WORDS[kind]}, by the ending of its name`,
    received: WORDS[found],
    hint: `Give the file the ending .${found}`,
  })
}

const WORDS: Readonly<Record<TableKind, string>> = {
  csv: 'a table of comma-separated values',
  jsonl: 'one JSON object per line',
  parquet: 'a Parquet file',
}

function kindByName(file: string): TableKind {
  const ending = extname(file).toLowerCase()
  if (ending === '.parquet') return 'parquet'
  return ending === '.jsonl' || ending === '.ndjson' || ending === '.json' ? 'jsonl' : 'csv'
}

/** null: nothing that only one kind has. */
function kindByContent(head: Buffer): TableKind | null {
  if (head.toString('latin1') === 'PAR1') return 'parquet'
  return /^\{\s*"/.test(head.toString('latin1')) ? 'jsonl' : null
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
