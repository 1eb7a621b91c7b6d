import { dirname, resolve } from 'node:path'
import { errorCode } from '../disk/error-code.js'
import { syncFolder } from '../disk/whole-file.js'
import type { StoreFiles } from './store-files.js'

const MOST_ATTEMPTS = 5 // another process may take a folder away while this one makes what goes into it

/** Makes a folder that only its owner may read, with those above it, and makes their names last: a synced file in a folder whose name
 *  was lost with the power is lost too. One by one: `mkdir` with `recursive` never returns under /proc. */
export async function makeFolder(files: StoreFiles, folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const missing = await missingFolders(files, resolve(folder))
    try {
      for (const each of missing.toReversed()) await makeOne(files, each)
      for (const each of missing) await syncFolder(files, dirname(each))
      return
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || attempt === MOST_ATTEMPTS) throw error
    }
  }
}

async function makeOne(files: StoreFiles, folder: string): Promise<void> {
  try {
    await files.mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error // another process made it first
  }
}

/** The folders still to be made for this one to be there, the innermost first. */
async function missingFolders(files: StoreFiles, folder: string): Promise<string[]> {
  const missing: string[] = []
  for (let path = folder; dirname(path) !== path; path = dirname(path)) {
    const isThere = await files.stat(path).then(
      () => true,
      () => false,
    )
    if (isThere) break
    missing.push(path)
  }
  return missing
}
