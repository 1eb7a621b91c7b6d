import type { Dirent } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Quarantine } from '../types/dataset.js'
import { toNfc } from './image-key.js'

export type EntryKind = 'file' | 'folder' | 'link' | 'other'
/** One entry of a folder; `twin` when the folder also has this name in the other Unicode form. */
export type FolderEntry = { readonly name: string; readonly kind: EntryKind; readonly twin: boolean }
/** Entries by the NFC form of their names. */
export type FolderListing = ReadonlyMap<string, FolderEntry>
/** What a path turned out to be, or why it cannot be used. */
export type Outcome<T> = { readonly value: T } | { readonly fault: Quarantine }

/** Lists a folder once: one system call per folder instead of one per image. */
export async function listFolder(folder: string): Promise<Outcome<FolderListing>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const listing = new Map<string, FolderEntry>()
    for (const entry of entries) {
      const key = toNfc(entry.name)
      listing.set(key, { name: entry.name, kind: kindOf(entry), twin: listing.has(key) })
    }
    return { value: listing }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

/** Follows an entry that is not plainly a file or a folder. A link that leaves `root` (a real path) is refused unless `followOutside`. */
export async function resolveEntry(
  path: string,
  kind: EntryKind,
  { root, followOutside }: { readonly root: string; readonly followOutside: boolean },
): Promise<Outcome<EntryKind>> {
  if (kind === 'file' || kind === 'folder') return { value: kind }
  try {
    if (kind === 'other') return { value: kindOf(await lstat(path)) } // some file systems do not tell the kind in a listing
    const target = await realpath(path)
    if (!followOutside && !isInside(target, root))
      return { fault: { code: 'path.escape', reason: 'a symbolic link leads out of the image root' } }
    return { value: kindOf(await stat(path)) }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(join(root, sep))
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

const FAULTS: ReadonlyMap<string, Quarantine> = new Map([
  ['ELOOP', { code: 'file.symlink-loop', reason: 'a symbolic link leads back to itself' }],
  ['EACCES', { code: 'file.unreadable', reason: 'permission denied' }],
  ['EPERM', { code: 'file.unreadable', reason: 'permission denied' }],
  ['EIO', { code: 'file.io', reason: 'the disk reported an error' }],
])
export const MISSING: Quarantine = { code: 'file.missing', reason: 'no such file under the image root' }

function faultOf(error: unknown): Quarantine {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return FAULTS.get(code) ?? MISSING
}
