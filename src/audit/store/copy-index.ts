import { join } from 'node:path'
import { errorCode } from '../disk/error-code.js'
import { removeLeftovers } from '../disk/leftovers.js'
import { writeWhole } from '../disk/whole-file.js'
import { contentOf, indexBytes, nameOf, NO_STATE, noEntries, readIndex, writeEntry } from './hash-index.js'
import { makeFolder } from './make-folder.js'
import { filesOf } from './open-store.js'
import { nodeFiles } from './store-files.js'
import { lockSpace } from './store-lock.js'

/** Takes the hashes of files, and the notes of what to delete with them, from one store into another. Where both know a file, what the target knows of it
 *  stays, and what the source knew is noted: a purge must find it. Gives how many indices were taken over. */
export async function copyFileHashes(source: string, target: string, files = nodeFiles): Promise<number> {
  const names = await files.readdir(filesOf(source)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  })
  const indices = names.filter((name) => /^[0-9a-f]{32}\.index$/.test(name))
  if (indices.length === 0) return 0
  await makeFolder(files, filesOf(target))
  const lock = await lockSpace(files, filesOf(target), { onWait: () => undefined, brief: true })
  try {
    for (const name of indices) {
      await takeIn(join(filesOf(source), name), join(filesOf(target), name))
      if (typeof lock === 'object') await lock.touch()
    }
    await removeLeftovers(files, filesOf(target))
  } finally {
    if (typeof lock === 'object') await lock.release()
  }
  return indices.length
}

async function takeIn(from: string, to: string): Promise<void> {
  const theirs = await readIndex(nodeFiles, from)
  if (theirs === null) return
  const ours = await readIndex(nodeFiles, to)
  const entries = ours?.entries ?? noEntries()
  for (const entry of theirs.entries) {
    const known = entries.get(entry)
    if (known === undefined) entries.put(entry)
    else if (contentOf(known) !== contentOf(entry)) {
      const key = contentOf(entry)
      entries.put(writeEntry(nameOf(`vector ${key}`), NO_STATE, key))
    }
  }
  const isComplete = theirs.isComplete && (ours?.isComplete ?? true)
  await writeWhole(nodeFiles, to, indexBytes({ entries, isComplete }))
}
