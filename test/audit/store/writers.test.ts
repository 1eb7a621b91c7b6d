import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { listSpaces } from '../../../src/audit/store/list-spaces.js'
import { openStore } from '../../../src/audit/store/open-store.js'
import { purgeVectors, StoreInUse } from '../../../src/audit/store/purge-store.js'
import { readSpaceFile } from '../../../src/audit/store/space-file.js'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import type { StoreFiles } from '../../../src/audit/store/store-files.js'
import { lockSpace } from '../../../src/audit/store/store-lock.js'
import { verifySpace } from '../../../src/audit/store/verify-space.js'
import {
  countWhole,
  keyOf,
  noWait,
  openSpace,
  records,
  SETTINGS,
  SPACE,
  store as storeRecords,
  temporaryStore,
} from './store-fixture.js'

const PROCESSES = 8
const EACH = 12

let store: string
let folder: string
beforeEach(() => {
  store = temporaryStore()
  folder = join(store, 'spaces', SPACE)
})

const listed = async (): Promise<number> =>
  (await readSpaceFile(nodeFiles, folder, SPACE))?.segments.reduce((sum, { vectors }) => sum + vectors, 0) ?? 0

describe('processes that write into one space beside each other', () => {
  it(
    'all list what they wrote, know the files that each of them read, and wait for none',
    { timeout: 60_000 },
    async () => {
      const worker = join(import.meta.dirname, 'beside-worker.mjs')
      const children = Array.from({ length: PROCESSES }, (_, index) =>
        spawn(process.execPath, [worker, store, SPACE, String(index * EACH), String((index + 1) * EACH)], {
          stdio: ['pipe', 'pipe', 'inherit'],
        }),
      )
      await Promise.all(children.map(({ stdout }) => once(stdout, 'data')))
      const said = children.map(async ({ stdin, stdout }) => {
        stdin.write('go')
        return (await stdout.toArray()).join('')
      })
      expect((await Promise.all(said)).map((text) => JSON.parse(text) as unknown)).toEqual(
        Array(PROCESSES).fill({ notices: [], waited: 0 }),
      )
      expect(await listed()).toBe(PROCESSES * EACH)
      const [space] = await listSpaces(store)
      expect(await verifySpace(space)).toMatchObject({ whole: PROCESSES * EACH, notices: [] })
      const hashes = await openStore({ folder: store, now: () => 0, onNotice: () => undefined }).fileHashes('/photos')
      expect(hashes.contents().sort()).toEqual(
        Array.from({ length: PROCESSES * EACH }, (_, image) => keyOf(image)).sort(),
      )
      expect(readdirSync(folder).filter((name) => name.includes('lock'))).toEqual([])
    },
  )

  it('do not lose each other from the manifest, however slowly one of them replaces it', async () => {
    let isDone = false
    /** Reads the manifest and the segments, and is slow to put the new one in place: another may have written one meanwhile. */
    const slow: StoreFiles = {
      ...nodeFiles,
      rename: async (...args) => {
        for (let look = 0; !isDone && look < 30; look++) await new Promise((resolve) => setTimeout(resolve, 10))
        return nodeFiles.rename(...args)
      },
    }
    await storeRecords(folder, 0, 4)
    const [first, second] = [await openSpace(folder, { files: slow }), await openSpace(folder)]
    await first.startWriting(SETTINGS, { onWait: noWait, beside: true })
    await second.startWriting(SETTINGS, { onWait: noWait, beside: true })
    await first.append(records(4, 8))
    const finishing = first.finishWriting()
    await second.append(records(8, 12))
    await second.finishWriting()
    isDone = true
    await finishing
    expect(await listed()).toBe(12)
  })

  it('do not wait for a run that has the space to itself', async () => {
    const alone = await openSpace(folder)
    await alone.startWriting(SETTINGS, { onWait: noWait })
    const beside = await openSpace(folder)
    await beside.startWriting(SETTINGS, { onWait: noWait, beside: true })
    await alone.append(records(0, 4))
    await beside.append(records(4, 8))
    await beside.finishWriting()
    await alone.finishWriting()
    expect([await listed(), await countWhole(await openSpace(folder), 8), beside.notices]).toEqual([8, 8, []])
  })

  it('keep a purge away until the last of them has ended', async () => {
    const beside = await openSpace(folder)
    await beside.startWriting(SETTINGS, { onWait: noWait, beside: true })
    await beside.append(records(0, 4))
    const [space] = await listSpaces(store)
    await expect(purgeVectors(space, new Set([keyOf(0)]))).rejects.toThrow(StoreInUse)
    await beside.finishWriting()
    expect(await purgeVectors(space, new Set([keyOf(0)]))).toBe(1)
  })

  it('keep no purge away once they were killed', async () => {
    const beside = await openSpace(folder)
    await beside.startWriting(SETTINGS, { onWait: noWait, beside: true })
    await beside.append(records(0, 4))
    await beside.finishWriting()
    const left = join(folder, 'lock-0123456789abcdef')
    writeFileSync(left, JSON.stringify({ pid: 1, host: 'another-machine', started: '1', numbers: 'there' }))
    const [space] = await listSpaces(store)
    await expect(purgeVectors(space, new Set([keyOf(0)]))).rejects.toThrow(StoreInUse)
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(left, longAgo, longAgo)
    expect(await purgeVectors(space, new Set([keyOf(0)]))).toBe(1)
    expect(existsSync(left)).toBe(false)
  })
})

describe('a lock that is held for moments', () => {
  const brief = { onWait: () => undefined, brief: true }
  const path = (): string => join(folder, 'lock')
  const hold = (secondsAgo: number): void => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path(), JSON.stringify({ pid: 1, host: 'another-machine', started: '1', numbers: 'there' }))
    const then = new Date(Date.now() - secondsAgo * 1000)
    utimesSync(path(), then, then)
  }

  it('is waited for on another machine too', async () => {
    hold(0)
    await expect(lockSpace(nodeFiles, folder, { ...brief, signal: AbortSignal.timeout(600) })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(existsSync(path())).toBe(true)
  })

  it('is taken over after a minute of silence', async () => {
    hold(90)
    expect(await lockSpace(nodeFiles, folder, brief)).toBeTypeOf('object')
  })

  it('that was left behind is cleared away once: nobody removes what another has made in its place', async () => {
    hold(90)
    let isTaken = false
    /** Finds the lock left behind, and is slow to remove it: another may have taken it meanwhile. */
    const slow: StoreFiles = {
      ...nodeFiles,
      rm: async (...args) => {
        for (let look = 0; args[0] === path() && !isTaken && look < 30; look++) await new Promise((resolve) => setTimeout(resolve, 10)) // prettier-ignore
        return nodeFiles.rm(...args)
      },
    }
    const second = lockSpace(slow, folder, { ...brief, impatient: true })
    const first = await lockSpace(nodeFiles, folder, { ...brief, impatient: true })
    isTaken = typeof first === 'object'
    expect([first, await second].filter((lock) => typeof lock === 'object')).toHaveLength(1)
  })

  it('is taken over although somebody was killed while clearing it away', async () => {
    hold(90)
    writeFileSync(`${path()}.clearing`, '')
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(`${path()}.clearing`, longAgo, longAgo)
    expect(await lockSpace(nodeFiles, folder, brief)).toBeTypeOf('object')
    expect(existsSync(`${path()}.clearing`)).toBe(false)
  })
})
