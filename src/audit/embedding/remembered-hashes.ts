import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelError } from '../errors.js'
import { hashModelFile } from '../model/model-identity.js'
import type { HashFile } from '../model/model-identity.js'
import { isSameState } from '../model/same-state.js'
import type { FileHashes } from '../store/file-hashes.js'
import type { FileState } from '../types/files.js'

export type ModelFiles = {
  /** Hashes a file of the model folder; one that is known and unchanged is not read. */
  readonly hashFile: HashFile
  /** Throws ModelError (`model.changed`) when one of the files is not as it was when it was hashed: vectors of other weights would be
   *  stored as those of the hashed ones. */
  readonly confirm: (folder: string, files: readonly string[]) => Promise<void>
}

/** The files of a model folder, hashed by somebody who remembers. */
export function modelFiles(hashes: FileHashes): ModelFiles {
  const seen = new Map<string, FileState>()
  return {
    hashFile: async (folder, file) => {
      const path = join(folder, file)
      const before = await stat(path, { bigint: true })
      seen.set(path, before)
      const known = hashes.known(path, before)
      if (known !== null) return [file, known, Number(before.size)]
      const asOf = hashes.now()
      const hashed = await hashModelFile(folder, file)
      if (isSameState(before, await stat(path, { bigint: true }))) hashes.remember(path, before, hashed[1], asOf)
      return hashed
    },
    confirm: async (folder, files) => {
      for (const file of files) {
        const path = join(folder, file)
        const before = seen.get(path)
        const now = await stat(path, { bigint: true }).catch(() => null)
        if (before === undefined || (now !== null && isSameState(before, now))) continue
        const hint = 'Run again when nobody writes into the model folder'
        throw new ModelError('model.changed', {
          at: path,
          expected: 'the file that was hashed',
          received: 'another one',
          hint,
        })
      }
    },
  }
}
