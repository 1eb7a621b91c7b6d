import { createHash } from 'node:crypto'
import type { ImageSource } from '../dataset/image-source.js'
import type { Model } from '../model/open-model.js'
import { isSameState } from '../model/same-state.js'
import type { FileHashes } from '../store/file-hashes.js'
import type { Quarantine } from '../types/dataset.js'
import type { FileState } from '../types/files.js'
import { contentKey } from './content-key.js'
import { noteCode } from './note-code.js'
import type { ReadSource } from './read-source.js'

/** What became of one image file: a fault, content whose vector is stored already, or pixels for the encoder. */
export type PreparedRow = { readonly row: number } & (
  | { readonly kind: 'fault'; readonly fault: Quarantine }
  | { readonly kind: 'stored'; readonly sha256: string }
  | { readonly kind: 'pixels'; readonly sha256: string; readonly pixels: Uint8Array; readonly note: number }
)

export type PrepareDesk = {
  readonly read: ReadSource
  readonly model: Pick<Model, 'prepareImage'>
  readonly hashes: FileHashes
  readonly isStored: (sha256: string) => boolean
}

/** Reads one image, hashes the very bytes that are decoded, and prepares its pixels if their vector is not stored. `seen` is the state of
 *  the file at the start of the run, if it was looked at. */
export async function prepareRow(
  { row, source, seen }: { row: number; source: ImageSource; seen: FileState | undefined },
  { read: readSource, model, hashes, isStored }: PrepareDesk,
): Promise<PreparedRow> {
  const asOf = hashes.now()
  const read = await readSource(source)
  if (read.kind === 'fault') return { row, kind: 'fault', fault: read }
  if (seen !== undefined && !isSameState(seen, read.state)) {
    return {
      row,
      kind: 'fault',
      fault: { code: 'file.changed', reason: 'the file was changed while the run was under way' },
    }
  }
  const ofBytes = createHash('sha256').update(read.bytes).digest('hex')
  hashes.remember(source.key, read.state, ofBytes, asOf)
  const sha256 = contentKey(ofBytes, source.box)
  if (source.box !== null) hashes.keep(sha256) // before its vector is stored: a purge must know it
  if (isStored(sha256)) return { row, kind: 'stored', sha256 }
  const image = await model.prepareImage(read.bytes, { box: source.box })
  return image.kind === 'fault'
    ? { row, kind: 'fault', fault: image }
    : { row, kind: 'pixels', sha256, pixels: image.pixels, note: noteCode(image) }
}
