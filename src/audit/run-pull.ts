import { join } from 'node:path'
import { readableJson } from './audit-file/canonical-json.js'
import { parsePullRecord } from './definitions/pull-record-schema.js'
import { DefinitionError, PullInterrupted } from './errors.js'
import { chooseDatasetFiles } from './hub/choose-dataset-files.js'
import type { DatasetChoice } from './hub/choose-dataset-files.js'
import { chooseModelFiles } from './hub/choose-model-files.js'
import type { ModelChoice } from './hub/choose-model-files.js'
import { fetchFiles, missingFiles } from './hub/fetch-files.js'
import { pageUrl } from './hub/hub.js'
import type { Hub } from './hub/hub.js'
import { checkHeld, lookAtFolder, realFolder, RECORD_FILE } from './hub/pull-folder.js'
import { readEndpoint } from './hub/read-endpoint.js'
import { readToken } from './hub/read-token.js'
import { readRepository } from './hub/read-repository.js'
import { readRepositoryName } from './hub/read-repository-name.js'
import { refuseUnsafePaths } from './hub/safe-path.js'
import { stagingOf } from './hub/staging-folder.js'
import type { PulledFile, PullOutcome, PullPlan, PullProgress, PullRecord, Repository } from './types/pull.js'

export { missingFiles }
export type { DatasetChoice, ModelChoice }

export type PullRequest = {
  /** `org/name` or `org/name@revision`. */
  readonly name: string
  readonly what: ({ readonly kind: 'model' } & ModelChoice) | ({ readonly kind: 'dataset' } & DatasetChoice)
  /** Address of the hub, such as https://huggingface.co. */
  readonly endpoint: string
  /** Sent to the endpoint alone. */
  readonly token: string | null
  /** Where the files go; without one, `<home>/probity/models/<org>/<name>` or `.../datasets/...`. */
  readonly folder?: string | undefined
  readonly home: string
}

/** Waiting, time and messages come in from outside. */
export type PullTools = {
  readonly version: string
  readonly now: () => number
  /** Resolves after so many milliseconds, rejects when the user asks to stop. */
  readonly pause: (ms: number) => Promise<void>
  readonly signal?: AbortSignal
  readonly onProgress: (progress: PullProgress) => void
}

/**
 * What a pull would fetch, and from which commit: licence, files, sizes, and what of it is in the folder already. Asks the hub twice and fetches no
 * file. Throws ModelError or DatasetError (`hub.*`), or DefinitionError when name, endpoint or folder cannot be used.
 */
export async function planPull(request: PullRequest, tools: PullTools): Promise<PullPlan> {
  const { what } = request
  const hub = hubOf(request, tools)
  const repository = await readRepository(hub, readRepositoryName(request.name)).catch((error: unknown) => {
    throw tools.signal?.aborted === true ? new PullInterrupted(null) : error
  })
  const files = what.kind === 'model' ? chooseModelFiles(repository, what) : chooseDatasetFiles(repository, what)
  refuseUnsafePaths(hub, pageUrl(hub, repository.id), files)
  const folder = await realFolder(request.folder ?? defaultFolder(request.home, repository))
  const state = await lookAtFolder(folder)
  const earlier = state.kind === 'pulled' ? parsePullRecord(state.record, join(folder, RECORD_FILE)) : null
  if (earlier !== null) refuseOther(folder, earlier, repository)
  return { repository, folder, files, earlier, ...(await checkHeld(folder, files)) }
}

/**
 * Fetches what a plan lacks. Every file is held against the checksum of the hub before it gets its name. With nothing to fetch, nothing is asked and nothing
 * is written. Throws ModelError or DatasetError, and PullInterrupted when the user asks to stop: what came is kept for the next time.
 */
export async function runPull(request: PullRequest, plan: PullPlan, tools: PullTools): Promise<PullOutcome> {
  const { folder, earlier } = plan
  const missing = missingFiles(plan)
  if (missing.length === 0 && earlier !== null) return { folder, record: earlier, fetched: 0 }
  const pulledUtc = new Date(tools.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  const recordOf = (files: readonly PulledFile[]): PullRecord => pullRecord(plan.repository, pulledUtc, files)
  let last: PullProgress | null = null
  try {
    const files = await fetchFiles(hubOf(request, tools), {
      plan,
      recordOf: (all) => readableJson(recordOf(all)),
      onProgress: (progress) => tools.onProgress((last = progress)),
    })
    return { folder, record: recordOf(files), fetched: missing.length }
  } catch (error) {
    if (tools.signal?.aborted !== true) throw error
    throw new PullInterrupted(last === null ? null : { bytes: (last as PullProgress).done, staging: stagingOf(folder) }) // set in a callback
  }
}

function hubOf({ what, endpoint, token }: PullRequest, { version, pause, now, signal }: PullTools): Hub {
  return {
    kind: what.kind,
    endpoint: readEndpoint(endpoint),
    token: readToken(token),
    userAgent: `probity/${version}`,
    pause,
    now,
    signal,
  }
}

/** The last name is that of the repository: reports name a model by its folder. */
function defaultFolder(home: string, { kind, id }: Repository): string {
  return join(home, 'probity', `${kind}s`, ...id.split('/'))
}

/** A folder that was audited keeps what it holds: another commit goes elsewhere. */
function refuseOther(folder: string, earlier: PullRecord, { kind, id, revision }: Repository): void {
  if (earlier.kind === kind && earlier.id === id && earlier.revision === revision) return
  const isOther = earlier.kind !== kind || earlier.id !== id
  throw new DefinitionError('hub.folder', {
    at: folder,
    expected: `a folder for ${id} at ${revision}`,
    received: `one that holds ${isOther ? `${earlier.id} at ` : ''}${earlier.revision}`,
    hint: isOther
      ? 'Name another folder with --to.'
      : `Keep that commit with ${id}@${earlier.revision}, or name another folder with --to.`,
  })
}

function pullRecord(repository: Repository, pulledUtc: string, files: readonly PulledFile[]): PullRecord {
  const { kind, endpoint, id, asked, revision, licence, isGated: gated } = repository
  const licenceReason = licence === null ? 'not-stated' : null
  return {
    schema: 'probity/pull@1',
    kind,
    endpoint,
    id,
    asked,
    revision,
    licence,
    licenceReason,
    gated,
    pulledUtc,
    files,
  }
}
