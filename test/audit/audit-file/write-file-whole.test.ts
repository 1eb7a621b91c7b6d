import type { PathLike } from 'node:fs'
import * as fileSystem from 'node:fs/promises'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WholeFiles } from '../../../src/audit/disk/whole-file.js'
import { writeFileWhole } from '../../../src/audit/audit-file/write-file-whole.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probity-write-'))
})
afterEach(() => rm(folder, { recursive: true }))

function* partsThatFail(): Generator<string> {
  yield 'half'
  throw new Error('the second half could not be made')
}

describe('writeFileWhole', () => {
  it('writes the text, in one piece or in parts', async () => {
    await writeFileWhole(join(folder, 'one.txt'), 'both halves')
    await writeFileWhole(join(folder, 'two.txt'), ['both ', 'halves'])
    expect(await readFile(join(folder, 'one.txt'), 'utf8')).toBe('both halves')
    expect(await readFile(join(folder, 'two.txt'), 'utf8')).toBe('both halves')
  })

  it('makes the name last: the folder is synced after the file was renamed into it', async () => {
    const calls: string[] = []
    const files = {
      rm: fileSystem.rm,
      rename: (from: PathLike, to: PathLike) => {
        calls.push(`rename to ${String(to)}`)
        return fileSystem.rename(from, to)
      },
      open: async (path: PathLike, ...rest: [string?, number?]) => {
        const handle = await fileSystem.open(path, ...rest)
        return new Proxy(handle, {
          get: (target, name) => {
            if (name === 'sync' && path === folder) calls.push(`sync ${String(path)}`)
            const value: unknown = Reflect.get(target, name, target)
            return typeof value === 'function' ? (value.bind(target) as unknown) : value
          },
        })
      },
    } as WholeFiles
    await writeFileWhole(join(folder, 'one.txt'), 'text', files)
    expect(calls).toEqual([`rename to ${join(folder, 'one.txt')}`, `sync ${folder}`])
  })

  it('replaces an earlier file and leaves nothing else behind', async () => {
    await writeFile(join(folder, 'audit.json'), 'a longer earlier text')
    await writeFileWhole(join(folder, 'audit.json'), 'new')
    expect(await readFile(join(folder, 'audit.json'), 'utf8')).toBe('new')
    expect(await readdir(folder)).toEqual(['audit.json'])
  })

  it('keeps the earlier file, and no half-written one, when it fails on the way', async () => {
    await writeFile(join(folder, 'audit.json'), 'earlier')
    await expect(writeFileWhole(join(folder, 'audit.json'), partsThatFail())).rejects.toThrow('second half')
    expect(await readFile(join(folder, 'audit.json'), 'utf8')).toBe('earlier')
    expect(await readdir(folder)).toEqual(['audit.json'])
  })

  it('rejects and leaves nothing behind where a folder stands in the way', async () => {
    await mkdir(join(folder, 'audit.json'))
    await expect(writeFileWhole(join(folder, 'audit.json'), 'text')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['audit.json'])
  })

  it('rejects with the error of the system where there is no folder', async () => {
    await expect(writeFileWhole(join(folder, 'absent', 'audit.json'), 'text')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.skipIf(platform() === 'win32')('lets only the owner read what it wrote', async () => {
    await writeFileWhole(join(folder, 'audit.json'), 'text')
    expect((await stat(join(folder, 'audit.json'))).mode & 0o777).toBe(0o600)
  })
})
