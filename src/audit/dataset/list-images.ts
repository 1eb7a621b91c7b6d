import { realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatasetError } from '../errors.js'
import { isImageName } from './image-ending.js'
import { listFolder, resolveEntry } from './folder-listing.js'

const DEEPEST = 32 // folders in folders: a link that leads upwards is refused before

export type ListedImages = { readonly names: readonly string[]; readonly paths: readonly string[] }

/** Every JPEG, PNG and WebP file below a folder, by name relative to it with `/`, in the order of the names. Hidden files and links that lead
 *  out of the folder are left out. No image is opened. Throws DatasetError where there is no such folder, and where it holds no image. */
export async function listImages(folder: string, field: string): Promise<ListedImages> {
  const root = resolve(folder)
  const isFolder = await stat(root).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const expected = 'a folder of images (.jpg, .png, .webp)'
  if (!isFolder) throw new DatasetError('images.root', { at: folder, field, expected, received: 'no such folder' })
  const names: string[] = []
  await collect(root, '', { root: await realpath(root), names, depth: 0 })
  if (names.length === 0) throw new DatasetError('images.root', { at: folder, field, expected, received: 'no image' })
  names.sort()
  return { names, paths: names.map((name) => join(root, name)) }
}

type Walk = { readonly root: string; readonly names: string[]; readonly depth: number }

async function collect(root: string, below: string, walk: Walk): Promise<void> {
  const listing = await listFolder(join(root, below))
  if (!('value' in listing) || walk.depth > DEEPEST) return
  for (const entry of listing.value.values()) {
    if (entry.name.startsWith('.')) continue
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    const kind = await resolveEntry(join(root, name), entry.kind, { root: walk.root, followOutside: false })
    if (!('value' in kind)) continue
    // a link to a folder is not followed: it leads to images that are listed already, or round in a ring
    if (kind.value === 'folder' && entry.kind === 'folder')
      await collect(root, name, { ...walk, depth: walk.depth + 1 })
    else if (kind.value === 'file' && isImageName(entry.name)) walk.names.push(name)
  }
}
