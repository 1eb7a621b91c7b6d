import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hashModelFile } from '../model/model-identity.js'
import type { HashFile } from '../model/model-identity.js'
import { isSameState } from '../model/same-state.js'
import type { FileHashes } from '../store/file-hashes.js'

/** Hashes files of a model folder, and reads one that is known and unchanged no more. */
export function rememberedHashes(hashes: FileHashes): HashFile {
  return async (folder, file) => {
    const path = join(folder, file)
    const before = await stat(path, { bigint: true })
    const known = hashes.known(path, before)
    if (known !== null) return [file, known, Number(before.size)]
    const hashed = await hashModelFile(folder, file)
    if (isSameState(before, await stat(path, { bigint: true }))) hashes.remember(path, before, hashed[1])
    return hashed
  }
}
