import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetError } from '../errors.js'
import { toNfc } from './image-key.js'

const DEEPEST = 32 // folders in folders

/** Every file below a folder by its name relative to it with `/`, in the order of the bytes of these names. Hidden ones are left out. Throws
 *  DatasetError (`images.root`) for a folder that may not be read. */
export async function listFiles(root: string): Promise<string[]> {
  return inByteOrder(await filesBelow(root, '', 0))
}

async function filesBelow(root: string, below: string, depth: number): Promise<string[]> {
  const folder = join(root, below)
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw notReadable(folder, cause)
  })
  const names: string[] = []
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    if (!entry.isDirectory()) names.push(name)
    else if (depth < DEEPEST) names.push(...(await filesBelow(root, name, depth + 1)))
  }
  return names
}

/** What cannot be listed cannot be counted, so nothing is read without it. */
function notReadable(at: string, cause: unknown): DatasetError {
  const [expected, received] = ['a folder that can be read', 'one that may not be read, or is gone']
  const fault = { at, field: 'images', expected, received, hint: 'Change its permissions, or move it elsewhere' }
  return new DatasetError('images.root', fault, { cause })
}

function inByteOrder(names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, bytes: Buffer.from(toNfc(name)) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ name }) => name)
}
