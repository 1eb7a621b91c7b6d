import { constants } from 'node:fs'
import { lstat, open, readFile, rm, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { HubFile } from '../types/pull.js'
import { NO_LINKS } from './file-checksum.js'

/** An unfinished file: what has come of it so far, and the mark (ETag) under which the server gave it out. */
export type PartFile = { readonly path: string; readonly bytes: number; readonly etag: string | null }

const LONGEST_ETAG = 300

/** Unfinished files are named by the checksum of the whole, so one revision is never continued with another. */
export function partPath(parts: string, { checksum }: HubFile): string {
  return join(parts, `${checksum.hex}.part`)
}

/** What is there of a file. Without its mark, or longer than it can be, it is of no use and counts as empty; a link is taken away. */
export async function readPart(path: string, whole: number): Promise<PartFile> {
  const found = await lstat(path).catch(() => null)
  if (found !== null && !found.isFile()) await rm(path, { recursive: true, force: true })
  if (found?.isFile() !== true || found.size > whole) return { path, bytes: 0, etag: null }
  if (found.size === whole) return { path, bytes: whole, etag: null }
  const etag = await readFile(etagPath(path), 'utf8').catch(() => '')
  return etag === '' ? { path, bytes: 0, etag: null } : { path, bytes: found.size, etag }
}

/** Opens the part for writing: at its end, or empty and under a new mark. */
export async function openPart(path: string, isContinued: boolean, etag: string | null): Promise<FileHandle> {
  const start = isContinued ? constants.O_APPEND : constants.O_TRUNC
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | NO_LINKS | start, 0o600)
  if (!isContinued) await writeEtag(path, etag)
  return handle
}

/** Only a strong mark says that the bytes are the same. */
async function writeEtag(path: string, etag: string | null): Promise<void> {
  const isUsable = etag !== null && etag.startsWith('"') && etag.length <= LONGEST_ETAG
  await rm(etagPath(path), { force: true })
  if (isUsable) await writeFile(etagPath(path), etag, { mode: 0o600, flag: 'wx' })
}

export async function dropPart(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(etagPath(path), { force: true })
}

function etagPath(path: string): string {
  return `${path}.etag`
}
