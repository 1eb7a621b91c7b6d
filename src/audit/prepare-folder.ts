import { constants } from 'node:fs'
import * as fileSystem from 'node:fs/promises'
import { access, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DefinitionError, quoted } from './errors.js'
import { inWords, isSystemError } from './system-errors.js'
import { removeLeftovers } from './disk/leftovers.js'

/** Makes the folder that results go to, or refuses it, before hours of work and not after; what a killed run left half-written there goes. New folders are readable by their
 *  owner alone: results may describe private data. Throws DefinitionError when it is a file or cannot be written, and the error of the
 *  system when the disk is full or fails. */
export async function prepareFolder(folder: string, field = '--out'): Promise<void> {
  const missing = await missingFolders(folder, field)
  const existing = missing.length === 0 ? folder : dirname(missing[missing.length - 1])
  if (!(await stat(existing)).isDirectory()) throw refusal(folder, field, 'a file in its place')
  try {
    await access(existing, constants.W_OK)
    // one by one: mkdir with `recursive` never returns under /proc
    for (const each of missing.reverse()) await mkdir(each, { mode: 0o700 })
  } catch (cause) {
    if (isSystemError(cause) && DISK_FAILS.includes(cause.code)) throw cause
    throw refusal(folder, field, whyNot(cause, existing), cause)
  }
  await removeLeftovers(fileSystem, folder)
}

const NOT_YET: readonly string[] = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'] // what stands further up says what can be done
const LOCKED: readonly string[] = ['ENOENT', 'EACCES', 'EPERM', 'EROFS'] // ENOENT: the system's answer under /proc
const DISK_FAILS: readonly string[] = ['ENOSPC', 'EDQUOT', 'EIO'] // nothing that another name would mend

/** The folders still to be made, the innermost first. Throws DefinitionError for a path that no folder can have: a name that is too long, a link
 *  that leads to itself. The folders above it can be written, and are not to blame. */
async function missingFolders(folder: string, field: string): Promise<string[]> {
  const missing: string[] = []
  for (let path = folder; dirname(path) !== path; path = dirname(path)) {
    const fault = await stat(path).then(
      () => null,
      (cause: unknown) => cause,
    )
    if (fault === null) break
    if (isSystemError(fault) && !NOT_YET.includes(fault.code))
      throw refusal(folder, field, `${quoted(path)}: ${inWords(fault.code)}`, fault)
    missing.push(path)
  }
  return missing
}

function whyNot(cause: unknown, existing: string): string {
  if (!isSystemError(cause) || LOCKED.includes(cause.code)) return `${quoted(existing)}, which cannot be written`
  return `${quoted(cause.path ?? existing)}: ${inWords(cause.code)}`
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
