import { constants } from 'node:fs'
import { access, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { removeLeftovers } from './audit-file/write-file-whole.js'
import { DefinitionError, quoted } from './errors.js'

/** Makes the folder that results go to, or refuses it, before hours of work and not after; what a killed run left half-written there goes. New folders are readable by their
 *  owner alone: results may describe private data. Throws DefinitionError when it is a file or cannot be written. */
export async function prepareFolder(folder: string, field = '--out'): Promise<void> {
  const missing = await missingFolders(folder)
  const existing = missing.length === 0 ? folder : dirname(missing[missing.length - 1])
  if (!(await stat(existing)).isDirectory()) throw refusal(folder, field, 'a file in its place')
  try {
    await access(existing, constants.W_OK)
    // one by one: mkdir with `recursive` never returns under /proc
    for (const each of missing.reverse()) await mkdir(each, { mode: 0o700 })
  } catch (cause) {
    throw refusal(folder, field, `${quoted(existing)}, which cannot be written`, cause)
  }
  await removeLeftovers(folder)
}

/** The folders still to be made, the innermost first. */
async function missingFolders(folder: string): Promise<string[]> {
  const missing: string[] = []
  for (let path = folder; !(await exists(path)) && dirname(path) !== path; path = dirname(path)) missing.push(path)
  return missing
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function refusal(folder: string, field: string, received: string, cause?: unknown): DefinitionError {
  const fault = {
    at: folder,
    field,
    expected: 'a folder that can be written',
    received,
    hint: `Choose another with ${field}`,
  }
  return new DefinitionError('out.unwritable', fault, { cause })
}
