import * as fileSystem from 'node:fs/promises'
import { writeWhole } from '../disk/whole-file.js'
import type { WholeFiles } from '../disk/whole-file.js'

/** Writes a file of results whole or not at all (writeWhole). Parts of an iterable may be made while they are written. Mode 0600, since results may
 *  describe private data. Rejects with the system's error. */
export async function writeFileWhole(
  path: string,
  data: string | Iterable<string> | AsyncIterable<Uint8Array>,
  files: WholeFiles = fileSystem,
): Promise<void> {
  await writeWhole(files, path, data)
}
