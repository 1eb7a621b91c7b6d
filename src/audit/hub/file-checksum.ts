import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { HubFile } from '../types/pull.js'

const PIECE_BYTES = 4_194_304
/** A link is never followed: whoever put it there may want another file written or read. Windows has no such flag. */
export const NO_LINKS: number = constants.O_NOFOLLOW ?? 0

export type Checked = { readonly sha256: string; readonly bytes: number; readonly isRight: boolean }

/** Reads a file once and holds it against what the hub lists: its SHA-256, or for a small file git's SHA-1 over "blob <size>\0" and the content. */
export async function checkContent(path: string, { bytes: listed, checksum }: HubFile): Promise<Checked> {
  const sha256 = createHash('sha256')
  const git = createHash('sha1').update(`blob ${listed}\0`)
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  const handle = await open(path, constants.O_RDONLY | NO_LINKS)
  let bytes = 0
  try {
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES)
      if (bytesRead === 0) break
      sha256.update(piece.subarray(0, bytesRead))
      if (checksum.kind === 'git-sha1') git.update(piece.subarray(0, bytesRead))
      bytes += bytesRead
    }
  } finally {
    await handle.close()
  }
  const hex = sha256.digest('hex')
  const found = checksum.kind === 'sha256' ? hex : git.digest('hex')
  return { sha256: hex, bytes, isRight: bytes === listed && found === checksum.hex }
}
