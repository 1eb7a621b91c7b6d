import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Writes lines of a table as they come, without holding them all. The file is whole or absent: a temporary file beside it, synced, then
 *  renamed over the old one. Mode 0600, since image names can identify people. Resolves to the path; rejects with the system's error. */
export async function writeRows(file: string, rows: Iterable<string>): Promise<string> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`)
  try {
    const handle = await open(temporary, 'w', 0o600)
    try {
      for (const lines of batches(rows)) await handle.writeFile(lines)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return file
}

const ROWS_PER_WRITE = 4096 // about a quarter of a megabyte

function* batches(rows: Iterable<string>): Generator<string, void> {
  let waiting: string[] = []
  for (const row of rows) {
    waiting.push(row)
    if (waiting.length < ROWS_PER_WRITE) continue
    yield `${waiting.join('\n')}\n`
    waiting = []
  }
  if (waiting.length > 0) yield `${waiting.join('\n')}\n`
}
