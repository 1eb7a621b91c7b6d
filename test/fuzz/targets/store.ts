import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { judgeShards } from '../../../src/audit/judge-shards.js'
import { openFileHashes } from '../../../src/audit/store/file-hashes.js'
import type { FileHashes } from '../../../src/audit/store/file-hashes.js'
import { indexFile } from '../../../src/audit/store/hash-index.js'
import { parseHolder } from '../../../src/audit/store/lock-holder.js'
import { keyFile, vectorFile } from '../../../src/audit/store/segment-writer.js'
import { headerDim } from '../../../src/audit/store/segment-header.js'
import { readSpaceFile, writeSpaceFile } from '../../../src/audit/store/space-file.js'
import { parseShardRecord, readShardRecords, writeShardRecord } from '../../../src/audit/store/shard-records.js'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import { countWhole, openSpace, SPACE, store } from '../../audit/store/store-fixture.js'
import { hold } from '../target.js'
import type { FuzzTarget, Given } from '../target.js'

const IMAGES = 5
const SEGMENT = '000001'

/** The two files of a segment of five vectors, as our own writer leaves them. */
async function segment(): Promise<{ keys: Buffer; vectors: Buffer; space: Buffer }> {
  const folder = mkdtempSync(join(tmpdir(), 'probity-fuzz-'))
  try {
    await store(folder, 0, IMAGES)
    return { keys: readFileSync(keyFile(folder, SEGMENT)), vectors: readFileSync(vectorFile(folder, SEGMENT)), space: readFileSync(join(folder, 'space.json')) } // prettier-ignore
  } finally {
    rmSync(folder, { recursive: true })
  }
}

let whole: ReturnType<typeof segment> | undefined

/** Reads a space whose keys or vectors are the input: every vector that it gives must be the one that was stored. */
async function readDamaged({ folder, bytes }: Given, which: 'keys' | 'vectors'): Promise<void> {
  whole ??= segment()
  const { keys, vectors } = await whole
  writeFileSync(keyFile(folder, SEGMENT), which === 'keys' ? bytes : keys)
  writeFileSync(vectorFile(folder, SEGMENT), which === 'vectors' ? bytes : vectors)
  headerDim(Buffer.from(bytes))
  await countWhole(await openSpace(folder), IMAGES)
}

/** The checksum of a manifest set right again; what is no JSON object stays as it is. */
function repairSpace(bytes: Uint8Array): Uint8Array {
  try {
    const content = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>
    delete content['sha256']
    const sha256 = createHash('sha256').update(JSON.stringify(content)).digest('hex')
    return Buffer.from(JSON.stringify({ ...content, sha256 }))
  } catch {
    return bytes
  }
}

const ROOT = '/images'
const STATE = { size: 7n, mtimeNs: 1n, ctimeNs: 1n, ino: 9n }
const hashOf = (index: number): string => String(index).padStart(64, '0')

function openHashes(folder: string): Promise<FileHashes> {
  return openFileHashes({
    files: nodeFiles,
    folder,
    root: ROOT,
    now: () => 1e9,
    rehash: false,
    onNotice: () => undefined,
  })
}

async function hashesSeed(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'probity-fuzz-'))
  try {
    const hashes = await openHashes(folder)
    for (let index = 0; index < IMAGES; index++) hashes.remember(`${index}.png`, STATE, hashOf(index), 1e9)
    await hashes.save()
    return readFileSync(indexFile(folder, ROOT))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const DONE = {
  rows: { in: 2, excluded: 0, found: 0, embedded: 1, quarantined: 1 },
  quarantined: [[1, 'image.format']],
  embeddedWith: [{ threads: 1, batch: 8 }],
  keys: [hashOf(1)],
} as const

/** The note of a shard that is done, as our own writer leaves it. */
async function shardSeed(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'probity-fuzz-'))
  try {
    const work = { dataset: { id: 'faces', rows: 2, sha256: hashOf(2) }, model: 'drawn', space: SPACE }
    await writeShardRecord(folder, { ...work, shard: { number: 1, of: 1 }, commandLine: 'probity embed', done: DONE })
    const [group] = readdirSync(join(folder, 'shards'))
    return readFileSync(join(folder, 'shards', group, '1-of-1.json'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const STORE_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'store-keys',
    family: 'store files',
    reads: ['src/audit/store/segment-reader.ts', 'src/audit/store/segment-header.ts', 'src/audit/store/segment-entry.ts', 'src/audit/store/segment-index.ts'], // prettier-ignore
    seeds: async () => [(await segment()).keys],
    run: (given) => readDamaged(given, 'keys'),
  },
  {
    name: 'store-vectors',
    family: 'store files',
    reads: [
      'src/audit/store/segment-reader.ts',
      'src/audit/store/segment-entry.ts',
      'src/audit/store/segment-index.ts',
    ],
    seeds: async () => [(await segment()).vectors],
    run: (given) => readDamaged(given, 'vectors'),
  },
  {
    name: 'store-space',
    family: 'store files',
    reads: ['src/audit/store/space-file.ts'],
    seeds: async () => [(await segment()).space],
    repair: repairSpace,
    run: async ({ file, folder }) => {
      file('space.json')
      const read = await readSpaceFile(nodeFiles, folder, SPACE)
      if (read === null) return
      hold(Number.isSafeInteger(read.dim), 'a width that is none')
      await writeSpaceFile(nodeFiles, folder, SPACE, read)
      hold(
        JSON.stringify(await readSpaceFile(nodeFiles, folder, SPACE)) === JSON.stringify(read),
        'not what was written',
      )
    },
  },
  {
    name: 'store-lock',
    family: 'store files',
    reads: ['src/audit/store/lock-holder.ts'],
    seeds: () => [Buffer.from(JSON.stringify({ pid: 1, host: 'here', started: '7', numbers: null }))],
    run: ({ text }) => {
      const holder = parseHolder(text())
      hold(
        holder === null || (typeof holder.pid === 'number' && typeof holder.host === 'string'),
        'a holder that is none',
      )
    },
  },
  {
    name: 'store-shards',
    family: 'store files',
    reads: ['src/audit/store/shard-records.ts'],
    seeds: async () => [await shardSeed()],
    repair: repairSpace,
    run: async ({ folder, bytes, text }) => {
      mkdirSync(join(folder, 'shards', 'group'), { recursive: true })
      writeFileSync(join(folder, 'shards', 'group', '1-of-1.json'), bytes)
      const { records, damaged } = await readShardRecords(folder)
      hold(records.length + damaged === 1, 'a note that is neither read nor counted')
      if (parseShardRecord(text()) !== null) await judgeShards(records, () => Promise.resolve(null))
    },
  },
  {
    name: 'store-hashes',
    family: 'store files',
    reads: ['src/audit/store/hash-index.ts', 'src/audit/store/file-hashes.ts'],
    seeds: async () => [await hashesSeed()],
    run: async ({ folder, bytes }) => {
      writeFileSync(indexFile(folder, ROOT), bytes)
      const hashes = await openHashes(folder)
      for (let index = 0; index < IMAGES; index++) {
        const known = hashes.known(`${index}.png`, STATE)
        hold(known === null || known === hashOf(index), 'a hash that is not the one of its file')
      }
    },
  },
]
