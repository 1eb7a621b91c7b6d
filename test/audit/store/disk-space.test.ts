import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import { readSpaceFile } from '../../../src/audit/store/space-file.js'
import { HEADER_BYTES } from '../../../src/audit/store/segment-header.js'
import { countWhole, DIM, keyOf, noWait, openSpace, records, SETTINGS, SPACE, store, temporaryStore, vectorOf } from './store-fixture.js' // prettier-ignore

let folder: string
beforeEach(() => {
  folder = join(temporaryStore(), 'space')
})

describe('a space on disk', () => {
  it('gives back every vector with its note, in this process and in the next', async () => {
    const space = await openSpace(folder)
    await space.startWriting(SETTINGS, { onWait: noWait })
    await space.append(records(0, 5))
    expect(await countWhole(space, 5)).toBe(5)
    await space.append(records(5, 9))
    await space.finishWriting()
    expect(await countWhole(space, 9)).toBe(9)
    const next = await openSpace(folder)
    expect([next.size(), await countWhole(next, 9), next.notices]).toEqual([9, 9, []])
  })

  it('says which keys it has not', async () => {
    await store(folder, 0, 3)
    const space = await openSpace(folder)
    expect(await space.read([keyOf(7), keyOf(1), keyOf(8)], () => undefined)).toEqual([0, 2])
    expect([space.has(keyOf(1)), space.has(keyOf(7))]).toEqual([true, false])
  })

  it('writes nothing before it is asked to', async () => {
    await openSpace(folder)
    expect(existsSync(folder)).toBe(false)
  })

  it('lets nobody but its owner read it', async () => {
    await store(folder, 0, 3)
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)
    expect([statSync(folder).mode & 0o777, new Set(modes)]).toEqual([0o700, new Set([0o600])])
  })

  it('begins a segment of its own in every run and lists them all in its manifest', async () => {
    await store(folder, 0, 6)
    await store(folder, 6, 8)
    const { segments } = JSON.parse(readFileSync(join(folder, 'space.json'), 'utf8')) as { segments: unknown }
    expect(segments).toEqual([
      { name: '000001', vectors: 6 },
      { name: '000002', vectors: 2 },
    ])
    expect(await countWhole(await openSpace(folder), 8)).toBe(8)
  })

  it('keeps every vector when batches are stored without waiting for each other', async () => {
    const space = await openSpace(folder)
    await space.startWriting(SETTINGS, { onWait: noWait })
    void space.append(records(0, 7))
    void space.append(records(7, 9))
    await space.append(records(9, 16))
    void space.append(records(16, 20))
    await space.finishWriting()
    expect(await countWhole(await openSpace(folder), 20)).toBe(20)
  })

  it('remembers what each vector was made with', async () => {
    await store(folder, 0, 2)
    const space = await openSpace(folder)
    await space.startWriting({ ...SETTINGS, threads: 8 }, { onWait: noWait })
    await space.append(records(2, 3))
    expect([space.settingsOf(keyOf(0))?.['threads'], space.settingsOf(keyOf(2))?.['threads']]).toEqual([2, 8])
    await space.finishWriting()
    expect((await openSpace(folder)).lastSettings()?.['threads']).toBe(8)
    expect(space.settingsOf(keyOf(9))).toBeNull()
  })

  it('keeps the vectors as plain little-endian float32, one after the other', async () => {
    await store(folder, 0, 3)
    const bytes = readFileSync(join(folder, '000001.f32'))
    const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, 3 * DIM)
    expect([...numbers]).toEqual([0, 1, 2].flatMap((index) => [...vectorOf(index)]))
  })

  it('gives the newest of two vectors under one key', async () => {
    await store(folder, 0, 2)
    const space = await openSpace(folder)
    await space.startWriting(SETTINGS, { onWait: noWait })
    const vector = new Float32Array(DIM).fill(7)
    await space.append([{ key: keyOf(0), note: 1, vector }])
    await space.finishWriting()
    const read: number[][] = []
    await (await openSpace(folder)).read([keyOf(0)], (_, found) => read.push([...found]))
    expect(read).toEqual([[...vector]])
  })

  it('reads keys in any order, with repeats', async () => {
    await store(folder, 0, 40)
    await store(folder, 40, 64)
    const space = await openSpace(folder)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 100 }), async (wanted) => {
        const got = new Map<number, Float32Array>()
        await space.read(wanted.map(keyOf), (index, vector) => got.set(index, vector.slice()))
        expect([...got.keys()].sort((a, b) => a - b)).toEqual(wanted.map((_, index) => index))
        wanted.forEach((image, index) => expect(got.get(index)).toEqual(vectorOf(image)))
      }),
      { numRuns: 50 },
    )
  })

  it('refuses vectors of another width and keys that are no hashes', async () => {
    const space = await openSpace(folder)
    await space.startWriting(SETTINGS, { onWait: noWait })
    await expect(space.append([{ key: keyOf(0), note: 0, vector: new Float32Array(3) }])).rejects.toThrow(RangeError)
    await expect(space.append([{ key: 'image.jpg', note: 0, vector: vectorOf(0) }])).rejects.toThrow(RangeError)
    await space.finishWriting()
  })
})

describe('a damaged space', () => {
  beforeEach(() => store(folder, 0, 20))

  it('reads on where a crash left vectors without entries, and an entry half written', async () => {
    truncateSync(join(folder, '000001.keys'), HEADER_BYTES + 12 * 64 + 17)
    const space = await openSpace(folder)
    expect([await countWhole(space, 20), space.notices]).toEqual([12, [{ kind: 'lost-vectors', count: 8 }]])
  })

  it('notices that vectors are missing behind their entries, and forgets those keys', async () => {
    truncateSync(join(folder, '000001.f32'), 5 * DIM * 4 + 3)
    const space = await openSpace(folder)
    expect([await countWhole(space, 20), space.notices]).toEqual([5, [{ kind: 'damaged-vectors', count: 15 }]])
    expect([space.has(keyOf(4)), space.has(keyOf(5))]).toEqual([true, false])
  })

  it('takes a vector that was made again', async () => {
    truncateSync(join(folder, '000001.f32'), 5 * DIM * 4)
    const space = await openSpace(folder)
    await countWhole(space, 20)
    await space.startWriting(SETTINGS, { onWait: noWait })
    await space.append(records(5, 20))
    await space.finishWriting()
    expect(await countWhole(await openSpace(folder), 20)).toBe(20)
  })

  it('goes on when a segment is gone, or its vectors are, and says how many are lost', async () => {
    await store(folder, 20, 24)
    unlinkSync(join(folder, '000001.keys'))
    const space = await openSpace(folder)
    expect([await countWhole(space, 24), space.notices]).toEqual([4, [{ kind: 'lost-vectors', count: 20 }]])
    unlinkSync(join(folder, '000002.f32'))
    expect(await countWhole(await openSpace(folder), 24)).toBe(0)
  })

  it('uses its segments without a manifest, or with one that is damaged', async () => {
    const manifest = join(folder, 'space.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"dim": 8', '"dim": 9'))
    expect(await countWhole(await openSpace(folder), 20)).toBe(20)
    unlinkSync(manifest)
    expect(await countWhole(await openSpace(folder), 20)).toBe(20)
  })

  it.each([
    ['an older format', (text: string) => text.replace('segment@1', 'segment@0'), 'other-format'],
    ['another byte order', (text: string) => text.replace('"LE"', '"BE"'), 'other-format'],
    ['another space', (text: string) => text.replace(SPACE, 'f'.repeat(64)), 'other-space'],
    ['another width', (text: string) => text.replace('"dim":8', '"dim":4'), 'other-space'],
    ['no header', () => 'x'.repeat(HEADER_BYTES), 'damaged'],
  ])('does not use a segment of %s, and says so', async (_, change, why) => {
    const path = join(folder, '000001.keys')
    const bytes = readFileSync(path)
    bytes.write(change(bytes.toString('latin1', 0, HEADER_BYTES)), 0, 'latin1')
    writeFileSync(path, bytes)
    const space = await openSpace(folder)
    expect([space.size(), await countWhole(space, 20)]).toEqual([0, 0])
    expect(space.notices).toContainEqual({ kind: 'unusable-segments', count: 1, why })
  })

  it('does not believe the manifest of another space', async () => {
    const path = join(folder, 'space.json')
    const other = join(temporaryStore(), 'other')
    await openSpace(other, { id: 'e'.repeat(64), dim: 4 }).then(async (space) => {
      await space.startWriting(SETTINGS, { onWait: noWait })
      await space.finishWriting()
    })
    copyFileSync(join(other, 'space.json'), path)
    expect(await readSpaceFile(nodeFiles, folder, SPACE)).toBeNull()
    expect(await countWhole(await openSpace(folder), 20)).toBe(20)
  })

  it('says so when nobody may look into it', async () => {
    const readdir = (() => Promise.reject(Object.assign(new Error(), { code: 'EACCES' }))) as unknown as typeof nodeFiles.readdir // prettier-ignore
    const space = await openSpace(folder, { files: { ...nodeFiles, readdir } })
    expect(space.notices).toContainEqual({ kind: 'unusable-segments', count: 1, why: 'unreadable' })
  })

  it('does not count on a segment that calls itself by a number no run can follow', async () => {
    writeFileSync(join(folder, `${'9'.repeat(22)}.keys`), '')
    await store(folder, 20, 24)
    expect(await countWhole(await openSpace(folder), 24)).toBe(24)
  })

  it('does not take the entries of one segment for the vectors of another', async () => {
    await store(folder, 20, 40)
    copyFileSync(join(folder, '000002.f32'), join(folder, '000001.f32'))
    expect(await countWhole(await openSpace(folder), 40)).toBe(20)
  })

  it('believes no entry whose header says other settings than it was written with', async () => {
    const path = join(folder, '000001.keys')
    const bytes = readFileSync(path)
    bytes.write(bytes.toString('latin1', 0, HEADER_BYTES).replace('"threads":2', '"threads":4'), 0, 'latin1')
    writeFileSync(path, bytes)
    expect(await countWhole(await openSpace(folder), 20)).toBe(0)
  })
})

describe('a space that cannot be written', () => {
  it.skipIf(process.seteuid === undefined)('still serves what it has, and keeps new vectors in memory', async () => {
    await store(folder, 0, 4)
    const space = await asNobody(folder, async () => {
      const opened = await openSpace(folder)
      await opened.startWriting(SETTINGS, { onWait: noWait })
      await opened.append(records(4, 6))
      await opened.finishWriting()
      expect(await countWhole(opened, 6)).toBe(6)
      expect(opened.settingsOf(keyOf(5))).toEqual(SETTINGS)
      return opened
    })
    expect(space.notices).toEqual([{ kind: 'not-writable', count: 1 }])
    expect(readdirSync(folder).sort()).toEqual(['000001.f32', '000001.keys', 'space.json'])
  })
})

const NOBODY = 65534

/** Root may write everywhere, so the work is done as nobody. */
async function asNobody<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  chmodSync(join(path, '..'), 0o755)
  chmodSync(path, 0o555)
  for (const name of readdirSync(path)) chmodSync(join(path, name), 0o444)
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.seteuid?.(NOBODY)
  try {
    return await work()
  } finally {
    if (isRoot) process.seteuid?.(0)
    chmodSync(path, 0o700)
  }
}
