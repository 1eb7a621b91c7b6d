import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { errorCode } from '../disk/error-code.js'
import { writeWhole } from '../disk/whole-file.js'
import type { Shard, ShardDone, ShardRecord, ShardedWork } from '../types/shard.js'
import { makeFolder } from './make-folder.js'
import { shardsOf } from './open-store.js'
import { nodeFiles } from './store-files.js'

const FORMAT = 'probity/shard@1'
const NAME = /^\d+-of-\d+\.json$/

/** Notes in a store what became of a shard, in place of what was noted of it before. */
export async function writeShardRecord(store: string, record: ShardRecord, files = nodeFiles): Promise<void> {
  const folder = join(shardsOf(store), folderOf(record))
  const content = { format: FORMAT, ...record }
  await makeFolder(files, folder)
  await writeWhole(files, join(folder, fileOf(record.shard)), `${JSON.stringify({ ...content, sha256: checksum(content) })}\n`) // prettier-ignore
}

/** What is noted of one shard; null where nothing is, or nothing that is whole. */
export async function findShardRecord(store: string, work: ShardedWork, shard: Shard): Promise<ShardRecord | null> {
  return readRecord(join(shardsOf(store), folderOf(work), fileOf(shard)))
}

/** Every note of a shard in a store, in no fixed order, and how many are there that cannot be used. */
export async function readShardRecords(
  store: string,
): Promise<{ readonly records: readonly ShardRecord[]; readonly damaged: number }> {
  const root = shardsOf(store)
  const records: ShardRecord[] = []
  let damaged = 0
  for (const folder of await namesIn(root)) {
    for (const file of (await namesIn(join(root, folder))).filter((name) => NAME.test(name))) {
      const record = await readRecord(join(root, folder, file))
      if (record === null) damaged++
      else records.push(record)
    }
  }
  return { records, damaged }
}

/** Removes every note of a shard: after a purge none can be relied on. */
export async function purgeShardRecords(store: string, files = nodeFiles): Promise<void> {
  const root = shardsOf(store)
  for (const folder of (await namesIn(root)).filter((name) => /^[0-9a-f]{32}$/.test(name))) {
    await files.rm(join(root, folder), { recursive: true, force: true })
  }
  await files.rmdir(root).catch(() => undefined) // not empty: somebody else's
}

async function readRecord(path: string): Promise<ShardRecord | null> {
  const text = await nodeFiles.readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return ''
    throw error
  })
  return parseShardRecord(text)
}

/** Null for a text that is not what was written: the checksum says so, and the fields that decide anything are looked at. */
export function parseShardRecord(text: string): ShardRecord | null {
  try {
    const { sha256, ...content } = JSON.parse(text) as { sha256?: unknown; format?: unknown }
    if (content.format !== FORMAT || sha256 !== checksum(content)) return null
    delete content.format
    const record = content as ShardRecord // each field is looked at below
    return isShard(record.shard) && isWork(record) && (record.done === null || isDone(record.done)) ? record : null
  } catch {
    return null
  }
}

function isShard(shard: Partial<Shard> | undefined): boolean {
  const { number, of } = shard ?? {}
  return Number.isSafeInteger(number) && Number.isSafeInteger(of) && Number(number) >= 1 && Number(number) <= Number(of)
}

function isWork({ dataset, model, space, commandLine }: Partial<ShardRecord>): boolean {
  return (
    typeof dataset === 'object' &&
    typeof dataset.id === 'string' &&
    typeof dataset.sha256 === 'string' &&
    Number.isSafeInteger(dataset.rows) &&
    [model, space, commandLine].every((text) => typeof text === 'string') &&
    /^[0-9a-f]{64}$/.test(space ?? '')
  )
}

function isDone({ rows, quarantined, embeddedWith, keys }: Partial<ShardDone>): boolean {
  return (
    typeof rows === 'object' &&
    [rows.in, rows.excluded, rows.found, rows.embedded, rows.quarantined].every(Number.isSafeInteger) &&
    Array.isArray(quarantined) &&
    quarantined.every((each: unknown) => Array.isArray(each) && typeof each[1] === 'string') &&
    Array.isArray(embeddedWith) &&
    Array.isArray(keys) &&
    keys.every((key: unknown) => typeof key === 'string' && /^[0-9a-f]{64}$/.test(key))
  )
}

/** One folder for all shards of one dataset under one encoder. */
function folderOf({ dataset, space }: ShardedWork): string {
  return createHash('sha256').update(`${dataset.sha256}\n${space}\n`).digest('hex').slice(0, 32)
}

function fileOf({ number, of }: Shard): string {
  return `${number}-of-${of}.json`
}

async function namesIn(folder: string): Promise<string[]> {
  return nodeFiles.readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return []
    throw error
  })
}

function checksum(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
