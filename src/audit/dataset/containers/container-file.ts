import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { DatasetError } from '../../errors.js'
import type { FileState } from '../../types/files.js'

/** What tells that a container is still the file whose labels were read. Throws DatasetError where it is no longer there. */
export async function stateOf(path: string): Promise<FileState> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true })
    return { size, mtimeNs, ctimeNs, ino }
  } catch (cause) {
    const problem = { at: path, expected: 'a file that can be read', received: 'none, or one that may not be read' }
    throw new DatasetError('file.missing', problem, { cause })
  }
}

/** Throws DatasetError where the container is not what it was: its labels are of one file, and its images would be of another. */
export async function requireUnchanged(path: string, before: FileState): Promise<void> {
  const now = await stateOf(path)
  if (now.size === before.size && now.mtimeNs === before.mtimeNs && now.ino === before.ino) return
  throw new DatasetError('container.changed', {
    at: path,
    expected: 'a file that nobody writes into',
    received: 'one that was changed while its labels were read',
    hint: 'Run again when it is whole',
  })
}

/** SHA-256 over all bytes of a file, read once. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer) // no encoding: buffers
  return hash.digest('hex')
}

/** One hash over those of several files, in their order; that of the file itself where there is one. */
export function joinedSha256(files: readonly { readonly sha256: string }[]): string {
  if (files.length === 1) return files[0].sha256
  const hash = createHash('sha256')
  for (const { sha256 } of files) hash.update(`${sha256}\n`)
  return hash.digest('hex')
}
