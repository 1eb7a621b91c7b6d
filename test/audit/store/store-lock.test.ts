import { spawn } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs' // prettier-ignore
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import type { StoreFiles } from '../../../src/audit/store/store-files.js'
import { lockSpace } from '../../../src/audit/store/store-lock.js'
import type { LockHolder, StoreLock } from '../../../src/audit/store/store-lock.js'

let folder: string
let waits: LockHolder[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probity-lock-'))
  waits = []
})

const lock = (options: { impatient?: boolean; signal?: AbortSignal } = {}) =>
  lockSpace(nodeFiles, folder, { onWait: (holder) => waits.push(holder), ...options })
const taken = async (): Promise<StoreLock> => {
  const got = await lock()
  if (typeof got === 'string') throw new Error(got)
  return got
}
const lockText = async (): Promise<string> => {
  const held = await taken()
  const text = readFileSync(path(), 'utf8')
  await held.release()
  return text
}
const path = (): string => join(folder, 'lock')
const write = (holder: object): void => writeFileSync(path(), JSON.stringify(holder))
const age = (seconds: number): void => {
  const then = new Date(Date.now() - seconds * 1000)
  utimesSync(path(), then, then)
}

describe('the lock of a space', () => {
  it('names its holder and is gone when it is released', async () => {
    const held = await taken()
    const holder = JSON.parse(readFileSync(path(), 'utf8')) as LockHolder
    expect([holder.pid, holder.host]).toEqual([process.pid, hostname()])
    await held.release()
    expect(existsSync(path())).toBe(false)
  })

  it('is waited for while a process of this machine holds it, and told of once', async () => {
    const first = await taken()
    let isHeld = false
    const second = lock().then((held) => {
      isHeld = true
      return held
    })
    await expect.poll(() => waits.map(({ pid }) => pid)).toEqual([process.pid])
    expect(isHeld).toBe(false)
    await first.release()
    const got = await second
    expect(got).toBeTypeOf('object')
    if (typeof got === 'object') await got.release()
    expect(waits).toHaveLength(1)
  })

  it('is not waited for by the impatient', async () => {
    const held = await taken()
    expect(await lock({ impatient: true })).toBe('held')
    expect(waits).toEqual([])
    await held.release()
  })

  it('stops waiting when it is told to', async () => {
    const held = await taken()
    const controller = new AbortController()
    const waiting = lock({ signal: controller.signal })
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    await held.release()
  })

  it('is taken over from a process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '0'])
    await new Promise((resolve) => child.on('exit', resolve))
    write({ pid: child.pid, host: hostname(), started: null })
    expect(await lock()).toBeTypeOf('object')
  })

  it.skipIf(!existsSync('/proc/self/stat'))(
    'is taken over from a process whose number another one has now (needs /proc)',
    async () => {
      write({ pid: process.ppid, host: hostname(), started: '1' })
      expect(await lock()).toBeTypeOf('object')
      expect(waits).toEqual([])
    },
  )

  it("that says nothing of when its process began is taken over after a long silence: the number may be another one's by now", async () => {
    write({ pid: process.ppid, host: hostname(), started: null })
    expect(await lock({ impatient: true })).toBe('held')
    age(3600)
    expect(await lock()).toBeTypeOf('object')
  })

  it('is taken in a folder that a purge removed while it was waited for', async () => {
    rmSync(folder, { recursive: true })
    expect(await lock()).toBeTypeOf('object')
  })

  it('of another machine is not waited for: this run writes beside it', async () => {
    write({ pid: 1, host: 'another-machine', started: null })
    expect(await lock()).toBe('held')
    expect(existsSync(path())).toBe(true)
  })

  it('of another container is not taken for that of an ended process, though the name of the machine is the same', async () => {
    const { numbers } = JSON.parse(await lockText()) as LockHolder
    write({ pid: 4_000_000, host: hostname(), started: '1', numbers: `${numbers ?? ''} of another container` })
    expect(await lock()).toBe('held')
    expect(existsSync(path())).toBe(true)
    age(3600)
    expect(await lock()).toBeTypeOf('object')
  })

  it('of another machine that has been silent for long is taken over', async () => {
    write({ pid: 1, host: 'another-machine', started: null })
    age(3600)
    expect(await lock()).toBeTypeOf('object')
  })

  it('stays young while its holder writes', async () => {
    const held = await taken()
    age(3600)
    await held.touch()
    const { mtimeMs } = await nodeFiles.stat(path())
    expect(Date.now() - mtimeMs).toBeLessThan(60_000)
    await held.release()
  })

  it('without a holder is taken over once it is too old to be one that is being written', async () => {
    writeFileSync(path(), '')
    age(60)
    expect(await lock()).toBeTypeOf('object')
  })

  it.each([
    ['a link to nowhere', () => symlinkSync(join(folder, 'nowhere'), path())],
    ['a folder', () => mkdirSync(path())],
  ])('is done without where %s has its name, which stays', async (_, make) => {
    make()
    expect(await lock()).toBe('none here')
    expect(lstatSync(path()).isFile()).toBe(false)
  })

  it('is done without on a file system that cannot make a file exclusively', async () => {
    const open: StoreFiles['open'] = (file, flags, mode) =>
      flags === 'wx'
        ? Promise.reject(Object.assign(new Error('not supported'), { code: 'ENOTSUP' }))
        : nodeFiles.open(file, flags, mode)
    expect(await lockSpace({ ...nodeFiles, open }, folder, { onWait: () => undefined })).toBe('none here')
  })

  it('that somebody else took in the meantime is left to them', async () => {
    const held = await taken()
    write({ pid: 1, host: 'another-machine', started: null })
    await held.release()
    expect(existsSync(path())).toBe(true)
  })
})
