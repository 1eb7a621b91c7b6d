import { mkdir, readdir, rename, rm, rmdir, statfs, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { HubFile, PulledFile, PullPlan, PullProgress } from '../types/pull.js'
import { downloadFile } from './download-file.js'
import { hubError } from './hub.js'
import type { Hub } from './hub.js'
import { partPath, readPart } from './part-file.js'
import { checkHeld, RECORD_FILE, refuseLinks } from './pull-folder.js'
import { openStaging } from './staging-folder.js'

export type Fetch = {
  readonly plan: PullPlan
  /** Text of probity-pull.json for the files of the folder. */
  readonly recordOf: (files: readonly PulledFile[]) => string
  readonly onProgress: (progress: PullProgress) => void
}

/**
 * Fetches the files of a plan that are missing. Everything is gathered beside the folder, and the folder appears at once when all of it is whole and checked;
 * in a folder that is there already, files are put in one by one and the record last. Returns every file of the folder. After a wrong checksum
 * nothing is left; after anything else what came stays in `<folder>.part`, and the same pull goes on from there. Throws ModelError or DatasetError.
 */
export async function fetchFiles(hub: Hub, fetch: Fetch): Promise<PulledFile[]> {
  const { plan } = fetch
  const { staging, whole, parts } = await openStaging(plan.folder)
  const missing = missingFiles(plan)
  await dropOthers(whole, missing)
  const { here: kept } = await checkHeld(whole, missing)
  const left = missing.filter(({ path }) => !kept.some(([name]) => name === path))
  await refuseFullDisk(hub, plan, parts, left)
  try {
    const fetched = await fetchEach(hub, fetch, { whole, parts, kept, left })
    const files = inOrder(plan, [...plan.here, ...kept, ...fetched])
    await putInPlace(plan, whole, missing, fetch.recordOf(files))
    await rm(staging, { recursive: true, force: true })
    return files
  } catch (error) {
    if (isWrongContent(error)) await rm(staging, { recursive: true, force: true })
    throw error
  }
}

/** Files of a plan that the folder does not hold whole. */
export function missingFiles({ files, here }: PullPlan): HubFile[] {
  const held = new Set(here.map(([path]) => path))
  return files.filter(({ path }) => !held.has(path))
}

type Places = {
  readonly whole: string
  readonly parts: string
  readonly kept: readonly PulledFile[]
  readonly left: readonly HubFile[]
}

async function fetchEach(
  hub: Hub,
  { plan, onProgress }: Fetch,
  { whole, parts, kept, left }: Places,
): Promise<PulledFile[]> {
  const total = missingFiles(plan).reduce((sum, { bytes }) => sum + bytes, 0)
  let before = kept.reduce((sum, [, , bytes]) => sum + bytes, 0)
  let found = before
  for (const file of left) found += (await readPart(partPath(parts, file), file.bytes)).bytes
  const fetched: PulledFile[] = []
  for (const file of left) {
    const onBytes = (bytes: number): void => onProgress({ file: file.path, done: before + bytes, found, total })
    const { part, sha256 } = await downloadFile(hub, { repository: plan.repository, file, parts, onBytes })
    await moveInto(part, whole, file.path)
    fetched.push([file.path, sha256, file.bytes])
    before += file.bytes
  }
  return fetched
}

/** What an earlier pull of another revision or choice left is not part of this one. */
async function dropOthers(whole: string, wanted: readonly HubFile[]): Promise<void> {
  const paths = new Set(wanted.map(({ path }) => path))
  for (const entry of await readdir(whole, { recursive: true, withFileTypes: true })) {
    const at = join(entry.parentPath, entry.name)
    if (!entry.isDirectory() && !paths.has(relative(whole, at).split(sep).join('/'))) await rm(at, { force: true })
  }
}

async function putInPlace(
  { folder, earlier, here }: PullPlan,
  whole: string,
  files: readonly HubFile[],
  record: string,
): Promise<void> {
  if (earlier === null && here.length === 0) {
    await writeFile(join(whole, RECORD_FILE), record, { mode: 0o600 })
    await rmdir(folder).catch(() => undefined) // an empty one makes place; anything else stays, and the next line says so
    return rename(whole, folder)
  }
  for (const { path } of files) {
    await refuseLinks(folder, path)
    await moveInto(join(whole, path), folder, path)
  }
  await writeFile(join(whole, RECORD_FILE), record, { mode: 0o600 })
  await rename(join(whole, RECORD_FILE), join(folder, RECORD_FILE))
}

async function moveInto(from: string, folder: string, path: string): Promise<void> {
  const to = join(folder, path)
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rename(from, to)
}

/** Files of an earlier pull with another choice are in the folder still, and stay in the record. */
function inOrder({ files, earlier }: PullPlan, got: readonly PulledFile[]): PulledFile[] {
  const byPath = new Map<string, PulledFile>()
  for (const file of [...(earlier?.files ?? []), ...got]) byPath.set(file[0], file)
  const wanted = files.flatMap(({ path }) => {
    const file = byPath.get(path)
    return file === undefined ? [] : [file]
  })
  const others = [...byPath.values()].filter((file) => !wanted.includes(file))
  return [...wanted, ...others]
}

async function refuseFullDisk(hub: Hub, { folder }: PullPlan, parts: string, left: readonly HubFile[]): Promise<void> {
  let needed = 0
  for (const file of left) needed += file.bytes - (await readPart(partPath(parts, file), file.bytes)).bytes
  const { bavail, bsize } = await statfs(parts)
  if (needed <= bavail * bsize) return
  const received = `${bavail * bsize} bytes that are free`
  const hint = 'Make room, or name a folder on another disk with --to.'
  throw hubError(hub, 'hub.disk', { at: folder, expected: `room for ${needed} bytes`, received, hint })
}

function isWrongContent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'hub.checksum' || error.code === 'hub.commit')
}
