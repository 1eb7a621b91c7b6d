import { createHash } from 'node:crypto'
import type { Model } from '../model/open-model.js'
import { isSameState } from '../model/same-state.js'
import type { FileHashes } from '../store/file-hashes.js'
import type { Quarantine } from '../types/dataset.js'
import type { FileState } from '../types/files.js'
import { noteCode } from './note-code.js'

/** What became of one image file: a fault, content whose vector is stored already, or pixels for the encoder. */
export type PreparedRow = { readonly row: number } & (
  | { readonly kind: 'fault'; readonly fault: Quarantine }
  | { readonly kind: 'stored'; readonly sha256: string }
  | { readonly kind: 'pixels'; readonly sha256: string; readonly pixels: Uint8Array; readonly note: number }
)

export type PrepareDesk = {
  readonly model: Pick<Model, 'readBytes' | 'prepareImage'>
  readonly hashes: FileHashes
  readonly isStored: (sha256: string) => boolean
}

/** Reads one file, hashes the very bytes that are decoded, and prepares its pixels if their vector is not stored. `seen` is the state of
 *  the file at the start of the run, if it was looked at. */
export async function prepareRow(
  { row, path, seen }: { row: number; path: string; seen: FileState | undefined },
  { model, hashes, isStored }: PrepareDesk,
): Promise<PreparedRow> {
  const asOf = hashes.now()
  const read = await model.readBytes(path)
  if (read.kind === 'fault') return { row, kind: 'fault', fault: read }
  if (seen !== undefined && !isSameState(seen, read.state)) {
    return {
      row,
      kind: 'fault',
      fault: { code: 'file.changed', reason: 'the file was changed while the run was under way' },
    }
  }
  const sha256 = createHash('sha256').update(read.bytes).digest('hex')
  hashes.remember(path, read.state, sha256, asOf)
  if (isStored(sha256)) return { row, kind: 'stored', sha256 }
  const image = await model.prepareImage(read.bytes)
  return image.kind === 'fault'
    ? { row, kind: 'fault', fault: image }
    : { row, kind: 'pixels', sha256, pixels: image.pixels, note: noteCode(image) }
}
