import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePullRecord } from '../definitions/pull-record-schema.js'
import type { ModelSource } from '../types/facts.js'
import type { PulledFile, PullRecord } from '../types/pull.js'

const RECORD_FILE = 'probity-pull.json'

/** The record of the pull that made a model folder, or null for a folder that was made otherwise. Throws DefinitionError (`pull.invalid`). */
export async function readPulledFrom(folder: string): Promise<PullRecord | null> {
  const at = join(folder, RECORD_FILE)
  const text = await readFile(at, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : parsePullRecord(text, at)
}

/** Where a model came from, as an audit records it; `used` are the files it reads. One that is not what was pulled (written since, or added) is
 *  named: the record speaks for the others alone. */
export function modelSource(pulled: PullRecord, used: { readonly files: readonly PulledFile[] }): ModelSource {
  const { endpoint, id, revision, licence, licenceReason } = pulled
  const known = new Map(pulled.files.map(([path, sha256]) => [path, sha256]))
  const others = used.files.filter(([path, sha256]) => known.get(path) !== sha256).map(([path]) => path)
  return { endpoint, id, revision, licence, licenceReason, ...(others.length === 0 ? {} : { otherFiles: others }) }
}
