import { open, rename, rm } from 'node:fs/promises'
import { dirname, join, basename } from 'node:path'

/** Writes a file whole or not at all: a temporary file beside it, synced, then renamed over the old one. Parts of an iterable are
 *  written as they come; they may be made while they are written. Mode 0600, since results may describe private data. Rejects with the system's error; the earlier file
 *  stays as it was. */
export async function writeFileWhole(
  path: string,
  data: string | Iterable<string> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    const handle = await open(temporary, 'w', 0o600)
    try {
      for await (const part of typeof data === 'string' ? [data] : data) await handle.writeFile(part)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
