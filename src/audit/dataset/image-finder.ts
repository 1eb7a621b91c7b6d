import { basename, dirname, join, posix, resolve, win32 } from 'node:path'
import { quoted } from '../errors.js'
import type { Quarantine } from '../types/dataset.js'
import { MISSING, listFolder, resolveEntry } from './folder-listing.js'
import type { FolderListing, Outcome } from './folder-listing.js'
import { imageKey } from './image-key.js'

/** `ambiguous`: the folder has the name in both Unicode forms, and nobody can say which one is meant. */
export type Found = Outcome<string> | { readonly ambiguous: true }

export type ImageFinder = {
  /** The path on disk of an image as the label file names it. */
  readonly find: (name: string) => Promise<Found>
  /** Folders under the root that were looked into, as keys of paths relative to it ('.' is the root itself). */
  readonly folders: () => AsyncGenerator<readonly [folder: string, listing: FolderListing], void>
}

/** Finds images under a root. Every folder is listed once and names match on NFC. `realRoot` is the root with its links resolved. */
export function imageFinder(root: string, realRoot: string, followOutside: boolean): ImageFinder {
  const inside = { root: realRoot, followOutside }
  const listings = new Map<string, Promise<Outcome<FolderListing>>>()
  const places = new Map<string, Promise<Found>>()
  const list = (folder: string) => remember(listings, folder, () => listFolder(folder))
  const placeOf = (key: string): Promise<Found> =>
    key === '.' ? Promise.resolve({ value: root }) : remember(places, key, () => entryAt(key, 'folder'))

  /** `key` is a normalised path below the root; the entry must be of this kind. */
  async function entryAt(key: string, kind: 'file' | 'folder'): Promise<Found> {
    const folder = await placeOf(posix.dirname(key))
    return 'value' in folder ? entryIn(folder.value, posix.basename(key), kind) : folder
  }

  async function entryIn(folder: string, name: string, kind: 'file' | 'folder'): Promise<Found> {
    const listing = await list(folder)
    if (!('value' in listing)) return listing
    const entry = listing.value.get(name)
    if (entry === undefined) return { fault: missingAs(otherCase(listing.value, name)) }
    if (entry.twin) return { ambiguous: true }
    const path = join(folder, entry.name)
    const resolved = await resolveEntry(path, entry.kind, inside)
    if (!('value' in resolved)) return resolved
    if (resolved.value === kind) return { value: path }
    return { fault: kind === 'file' ? NOT_REGULAR : MISSING }
  }

  async function find(name: string): Promise<Found> {
    if (name === '' || name.includes('\0')) return { fault: INVALID }
    const key = imageKey(name)
    if (!leavesRoot(key)) return entryAt(key, 'file')
    if (!followOutside) return { fault: ESCAPE }
    const path = resolve(root, key)
    return entryIn(dirname(path), basename(path), 'file')
  }

  async function* folders(): AsyncGenerator<readonly [string, FolderListing], void> {
    for (const key of ['.', ...places.keys()]) {
      const place = await placeOf(key)
      const listing = 'value' in place ? await listings.get(place.value) : undefined
      if (listing !== undefined && 'value' in listing) yield [key, listing.value]
    }
  }

  return { find, folders }
}

const foldedNames = new WeakMap<FolderListing, ReadonlyMap<string, string>>()

/** The name in a folder that differs from this one in upper and lower case alone. Folded once for each folder that lacks something. */
function otherCase(listing: FolderListing, name: string): string | undefined {
  const known = foldedNames.get(listing) ?? new Map([...listing].map(([key, entry]) => [key.toLowerCase(), entry.name]))
  foldedNames.set(listing, known)
  return known.get(name.toLowerCase())
}

function missingAs(other: string | undefined): Quarantine {
  if (other === undefined) return MISSING
  return { ...MISSING, reason: `${MISSING.reason}; found ${quoted(other)}: upper and lower case differ` }
}

const INVALID: Quarantine = { code: 'path.invalid', reason: 'the image name is empty or holds a NUL character' }
const ESCAPE: Quarantine = { code: 'path.escape', reason: 'the path is absolute or leads out of the image root' }
const NOT_REGULAR: Quarantine = { code: 'file.not-regular', reason: 'a folder, device or pipe, not an ordinary file' }

/** Absolute paths of either system count, so that one label file means the same everywhere. */
function leavesRoot(key: string): boolean {
  return (
    key === '..' ||
    key.startsWith('../') ||
    posix.isAbsolute(key) ||
    /^[a-zA-Z]:[\\/]/.test(key) ||
    key.startsWith(`${win32.sep}${win32.sep}`)
  )
}

function remember<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = make()
  cache.set(key, made)
  return made
}
