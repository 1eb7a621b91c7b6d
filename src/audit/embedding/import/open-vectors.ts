import { stat } from 'node:fs/promises'
import { DatasetError, quoted } from '../../errors.js'
import { isClipRetrieval, openClipRetrieval } from './clip-retrieval.js'
import { npyVectors } from './npy.js'
import { parquetVectors } from './parquet-vectors.js'
import type { ParquetColumns } from './parquet-vectors.js'
import { safetensorsVectors } from './safetensors.js'
import { openRows } from './vector-rows.js'
import type { FileState } from '../../types/files.js'
import type { VectorRows } from './vector-rows.js'

/** A file or folder of vectors, opened. */
export type OpenedVectors = {
  readonly vectors: VectorRows
  /** The files that were named or found, whose content decides. */
  readonly files: readonly string[]
  /** Ids that stand beside the vectors; null where there are none. */
  readonly ids: (() => AsyncIterable<readonly string[]>) | null
  /** An id is the path of an image on another machine: it may end in the name of an image. */
  readonly idsArePaths: boolean
  /** The kind of number in the file; null for Parquet, where it does not decide how exact they are. */
  readonly isDtypeKnown: boolean
  /** Rows without a vector, which were left out. */
  readonly missing: number
  /** Of the one file, before anything was read of it; null for a folder, whose parts are read when they are used. */
  readonly state: FileState | null
}

export type WhichVectors = ParquetColumns & { readonly tensor: string | null }

const FORMATS = 'Vectors are read from .npy, .safetensors, .parquet and folders of clip-retrieval'

/** Opens vectors of any format that is read, by the ending of their name; a folder is one of clip-retrieval. Throws DatasetError. */
export async function openVectors(path: string, which: WhichVectors): Promise<OpenedVectors> {
  const found = await stat(path, { bigint: true }).catch(() => null)
  if (found === null) throw refusal(path, 'nothing')
  if (found.isDirectory()) {
    if (!isClipRetrieval(path)) throw refusal(path, 'a folder without img_emb')
    const { blocks, files, ids } = await openClipRetrieval(path, which.idColumn)
    return {
      vectors: await openRows(blocks),
      files,
      ids,
      idsArePaths: true,
      isDtypeKnown: true,
      missing: 0,
      state: null,
    }
  }
  const alone = { files: [path], ids: null, idsArePaths: false, isDtypeKnown: true, missing: 0, state: found }
  if (/\.npy$/i.test(path)) return { vectors: await openRows([await npyVectors(path)]), ...alone }
  if (/\.safetensors$/i.test(path))
    return { vectors: await openRows([await safetensorsVectors(path, which.tensor)]), ...alone }
  if (!/\.parquet$/i.test(path)) throw refusal(path, quoted(path.replace(/^.*[/\\]/, '')))
  const { block, handle, ids, missing } = await parquetVectors(path, which)
  return {
    ...alone,
    vectors: await openRows([block], [handle]),
    ids: ids === null ? null : () => batchesOf(ids),
    isDtypeKnown: false,
    missing,
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- the others have to wait for a file
async function* batchesOf(ids: readonly string[]): AsyncGenerator<readonly string[], void> {
  yield ids
}

function refusal(at: string, received: string): DatasetError {
  return new DatasetError('vectors.format', { at, expected: 'a file or folder of vectors', received, hint: FORMATS })
}
