import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { removeLeftovers } from '../disk/leftovers.js'
import { writeWhole } from '../disk/whole-file.js'
import type { StoreFiles } from './store-files.js'

/** What the vectors of a space are, in the words of whoever made them; printed by `store ls`, given back when it is opened. */
export type Description = Readonly<Record<string, string | number | boolean | null>>

/** The manifest of a space: what it holds, and the segments that were closed in order, with their number of vectors. */
export type SpaceFile = {
  readonly description: Description
  readonly dim: number
  readonly segments: readonly { readonly name: string; readonly vectors: number }[]
}

const FORMAT = 'probity/space@2'
const FILE = 'space.json'

/** Null when there is none, or none that is whole, of this version and of the space `id`: the segments are then judged by what is in them. */
export async function readSpaceFile(files: StoreFiles, folder: string, id: string): Promise<SpaceFile | null> {
  try {
    const { sha256, ...written } = JSON.parse(await files.readFile(join(folder, FILE), 'utf8')) as { sha256: unknown }
    return sha256 === checksum(written) && isSpaceFile(written, id) ? written : null
  } catch {
    return null
  }
}

export async function writeSpaceFile(
  files: StoreFiles,
  folder: string,
  id: string,
  { description, dim, segments }: SpaceFile,
): Promise<void> {
  const content = { format: FORMAT, space: id, description, dim, segments }
  const text = JSON.stringify({ ...content, sha256: checksum(content) }, null, 2)
  await removeLeftovers(files, folder)
  await writeWhole(files, join(folder, FILE), `${text}\n`)
}

export async function removeSpaceFile(files: StoreFiles, folder: string): Promise<void> {
  await files.rm(join(folder, FILE), { force: true })
}

/** A width or a batch size with a flipped bit would make wrong vectors out of right ones. */
function checksum(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

function isSpaceFile(written: unknown, id: string): written is SpaceFile {
  if (typeof written !== 'object' || written === null) return false
  const { format, space, description, dim, segments } = written as Record<string, unknown> // each is looked at below
  return (
    format === FORMAT &&
    space === id && // one copied from another space would say the width of another encoder
    typeof description === 'object' &&
    description !== null &&
    Number.isSafeInteger(dim) &&
    Array.isArray(segments) &&
    segments.every(
      (each: unknown) =>
        typeof each === 'object' &&
        each !== null &&
        'name' in each &&
        typeof each.name === 'string' &&
        'vectors' in each &&
        Number.isSafeInteger(each.vectors),
    )
  )
}
