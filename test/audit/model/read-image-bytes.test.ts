import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import type * as FileSystem from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_IMAGE_LIMITS } from '../../../src/audit/model/image-limits.js'
import { readImageBytes } from '../../../src/audit/model/read-image-bytes.js'

/** What else happens to the file when its content has just been read; stands for another program, at the worst moment. */
const meanwhile = vi.hoisted(() => ({ afterReading: (): void => undefined, closed: 0, opened: 0 }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof FileSystem>()
  const open = async (...given: Parameters<typeof original.open>): Promise<FileSystem.FileHandle> => {
    const handle = await original.open(...given)
    meanwhile.opened++
    const readFile = handle.readFile.bind(handle)
    const close = handle.close.bind(handle)
    return Object.assign(handle, {
      readFile: async () => {
        const bytes = await readFile()
        meanwhile.afterReading()
        return bytes
      },
      close: () => {
        meanwhile.closed++
        return close()
      },
    })
  }
  return { ...original, open }
})

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probity-bytes-'))
  path = join(folder, 'a.jpg')
  writeFileSync(path, 'content')
  utimesSync(path, 1, 1) // long ago, so that a change of this moment has another time on any file system
  Object.assign(meanwhile, { afterReading: () => undefined, closed: 0, opened: 0 })
})
afterEach(() => rmSync(folder, { recursive: true }))

const read = (limits = DEFAULT_IMAGE_LIMITS) => readImageBytes(path, limits)
const CHANGED = { kind: 'fault', code: 'file.changed', reason: 'the file was changed while it was read' }

describe('the bytes of an image file', () => {
  it('come with the state that the file is in', async () => {
    const found = await read()
    if (found.kind === 'fault') throw new Error(found.reason)
    const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true })
    expect(found.bytes.toString()).toBe('content')
    expect(found.state).toMatchObject({ size, mtimeNs, ctimeNs, ino })
  })

  it('may be as many as the limit says, and not one more', async () => {
    expect(await read({ ...DEFAULT_IMAGE_LIMITS, maximumBytes: 7 })).toMatchObject({ kind: 'bytes' })
    expect(await read({ ...DEFAULT_IMAGE_LIMITS, maximumBytes: 6 })).toEqual({
      kind: 'fault',
      code: 'file.too-large',
      reason: 'the file has 7 bytes; at most 6 are read',
    })
  })
})

describe('an image file that is changed while it is read', () => {
  it('is not used when something is appended', async () => {
    meanwhile.afterReading = () => appendFileSync(path, '!')
    expect(await read()).toEqual(CHANGED)
  })

  it('is not used when it is cut', async () => {
    meanwhile.afterReading = () => truncateSync(path, 3)
    expect(await read()).toEqual(CHANGED)
  })

  it('is not used when other content of the same length is written over it', async () => {
    meanwhile.afterReading = () => writeFileSync(path, 'CONTENT')
    expect(await read()).toEqual(CHANGED)
  })

  it('is used again once it is left in peace', async () => {
    meanwhile.afterReading = () => appendFileSync(path, '!')
    await read()
    meanwhile.afterReading = () => undefined
    expect(await read()).toMatchObject({ kind: 'bytes', bytes: Buffer.from('content!') })
  })
})

describe('a disk that fails', () => {
  const failing = (times: number) => () => {
    if (meanwhile.opened <= times) throw Object.assign(new Error('i/o error'), { code: 'EIO' })
  }

  it('is tried again, because a network disk may fail once', async () => {
    meanwhile.afterReading = failing(2)
    expect(await read()).toMatchObject({ kind: 'bytes' })
    expect(meanwhile.opened).toBe(3)
  })

  it('is given up after three times', async () => {
    meanwhile.afterReading = failing(3)
    expect(await read()).toEqual({ kind: 'fault', code: 'file.io', reason: 'the disk failed 3 times (EIO)' })
    expect(meanwhile.opened).toBe(3)
  })

  it.each(['EMFILE', 'ENFILE'])(
    'is not held against an image when it is the machine that wants files: %s',
    async (code) => {
      meanwhile.afterReading = () => {
        throw Object.assign(new Error('too many open files'), { code })
      }
      await expect(read()).rejects.toMatchObject({ code })
      expect(meanwhile.closed).toBe(meanwhile.opened)
    },
  )

  it('leaves no file open', async () => {
    meanwhile.afterReading = failing(3)
    await read()
    expect(meanwhile.closed).toBe(meanwhile.opened)
  })
})
