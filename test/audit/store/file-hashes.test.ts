import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { DamagedIndex, openFileHashes } from '../../../src/audit/store/file-hashes.js'
import type { FileHashes, FileHashesOptions } from '../../../src/audit/store/file-hashes.js'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import type { FileState } from '../../../src/audit/types/files.js'

const HASH = 'ab'.repeat(32)
const LATER_MS = 10_000

let root: string
let file: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'probity-hashes-'))
  file = join(root, 'image.jpg')
  writeFileSync(file, 'pixels')
})

const open = (changes: Partial<FileHashesOptions> = {}): Promise<FileHashes> =>
  openFileHashes({
    files: nodeFiles,
    folder: join(root, 'index'),
    root,
    now: later,
    rehash: false,
    onNotice: () => undefined,
    ...changes,
  })
/** As if the file had been there for a while. */
const later = (): number => Date.now() + LATER_MS
const state = (): FileState => statSync(file, { bigint: true })

async function remembered(): Promise<void> {
  const hashes = await open()
  hashes.remember(file, state(), HASH, later())
  await hashes.save()
}

describe('hashes of files', () => {
  it('are known again in the next run', async () => {
    await remembered()
    expect((await open()).known(file, state())).toBe(HASH)
    expect((await open()).contents()).toEqual([HASH])
  })

  it('are not known for other files', async () => {
    await remembered()
    expect((await open()).known(join(root, 'other.jpg'), state())).toBeNull()
  })

  it.each([
    ['is longer', () => writeFileSync(file, 'pixels and more')],
    ['was written again with as many bytes', () => writeFileSync(file, 'PIXELS')],
    [
      'was given its old time back',
      () => {
        const { atime, mtime } = statSync(file)
        writeFileSync(file, 'PIXELS')
        utimesSync(file, atime, mtime) // what a copying tool does; the change time tells
      },
    ],
    [
      'was replaced by another of the same size',
      () => {
        writeFileSync(`${file}.new`, 'PIXELS')
        renameSync(`${file}.new`, file)
      },
    ],
  ])('are not known for a file that %s', async (_, change) => {
    await remembered()
    await new Promise((resolve) => setTimeout(resolve, 20)) // the clock of a disk ticks every few milliseconds
    change()
    expect((await open()).known(file, state())).toBeNull()
  })

  it('of a file that was changed a moment ago are not kept: it may change again within one tick of the clock', async () => {
    const hashes = await open()
    hashes.remember(file, state(), HASH, Date.now())
    await hashes.save()
    expect((await open()).known(file, state())).toBeNull()
  })

  it('are distrusted on request, and kept anew', async () => {
    await remembered()
    const distrustful = await open({ rehash: true })
    expect(distrustful.known(file, state())).toBeNull()
    distrustful.remember(file, state(), 'cd'.repeat(32), later())
    await distrustful.save()
    expect((await open()).known(file, state())).toBe('cd'.repeat(32))
  })

  it('tell nobody what the files are called', async () => {
    await remembered()
    const [name] = readdirSync(join(root, 'index'))
    const text = readFileSync(join(root, 'index', name), 'latin1')
    expect(text).not.toContain('image')
    expect(name).toMatch(/^[0-9a-f]{32}\.index$/)
  })

  it('are saved while work goes on once they are many', async () => {
    const hashes = await open()
    const names = Array.from({ length: 1024 }, (_, index) => join(root, `${index}.jpg`))
    for (const name of names.slice(0, 1023)) hashes.remember(name, state(), HASH, later())
    await hashes.saveIfGrown()
    expect((await open()).contents()).toHaveLength(0)
    hashes.remember(names[1023], state(), HASH, later())
    await hashes.saveIfGrown()
    expect((await open()).contents()).toHaveLength(1024)
  })

  it('that are remembered while others are being saved are saved next, and no two savings meet', async () => {
    const notices: unknown[] = []
    const hashes = await open({ onNotice: (notice) => notices.push(notice) })
    hashes.remember(join(root, 'a.jpg'), state(), HASH, later())
    const first = hashes.save()
    hashes.remember(join(root, 'b.jpg'), state(), HASH, later())
    await Promise.all([first, hashes.save(), hashes.save()])
    expect([(await open()).contents().length, notices]).toEqual([2, []])
  })

  it('survive damage entry by entry: a flipped bit anywhere is noticed, and never gives a wrong hash', async () => {
    const hashes = await open()
    for (let index = 0; index < 8; index++)
      hashes.remember(join(root, `${index}.jpg`), state(), `${index}`.repeat(64), later())
    await hashes.save()
    const path = join(root, 'index', readdirSync(join(root, 'index'))[0])
    const good = readFileSync(path)
    for (let bit = 0; bit < good.length * 8; bit += 7) {
      const bytes = Buffer.from(good)
      bytes[bit >> 3] ^= 1 << (bit & 7)
      writeFileSync(path, bytes)
      const read = await open()
      const known = Array.from({ length: 8 }, (_, index) => read.known(join(root, `${index}.jpg`), state()))
      known.forEach((hash, index) => expect([null, `${index}`.repeat(64)]).toContain(hash))
      expect(read.fault).toBeInstanceOf(DamagedIndex)
    }
  })

  it('fail no run when they cannot be saved, and say so', async () => {
    const notices: unknown[] = []
    writeFileSync(join(root, 'not-a-folder'), '')
    const hashes = await open({ folder: join(root, 'not-a-folder'), onNotice: (notice) => notices.push(notice) })
    hashes.remember(file, state(), HASH, later())
    await hashes.save()
    expect(notices).toEqual([{ kind: 'index-not-saved', count: 1 }])
  })

  it('of two runs at once are all kept, and what one noted under a name that the other wrote stays noted', async () => {
    const [first, second] = [await open(), await open()]
    const [theirs, ours, box] = ['12', '34', '56'].map((pair) => pair.repeat(32))
    first.keep(box)
    first.remember(file, state(), theirs, later())
    second.remember(file, state(), ours, later())
    second.remember(join(root, 'b.jpg'), state(), HASH, later())
    await Promise.all([first.save(), second.save()])
    const kept = await open()
    expect(kept.contents()).toEqual(expect.arrayContaining([theirs, ours, box, HASH]))
    expect(kept.known(join(root, 'b.jpg'), state())).toBe(HASH)
  })

  it('say when some of what was saved cannot be read: who deletes what was noted must know', async () => {
    await remembered()
    expect((await open()).fault).toBeNull()
    const path = join(root, 'index', readdirSync(join(root, 'index'))[0])
    writeFileSync(path, readFileSync(path).subarray(0, -1))
    expect((await open()).fault).toBeInstanceOf(DamagedIndex)
    rmSync(path)
    mkdirSync(path)
    expect((await open()).fault).toMatchObject({ code: 'EISDIR' })
  })

  it('say so for good: an index that is written again does not pass for whole', async () => {
    await remembered()
    const path = join(root, 'index', readdirSync(join(root, 'index'))[0])
    const bytes = readFileSync(path)
    bytes[bytes.length - 1] ^= 1
    writeFileSync(path, bytes)
    for (const name of ['b.jpg', 'c.jpg']) {
      const hashes = await open()
      hashes.remember(join(root, name), state(), HASH, later())
      await hashes.save()
      expect((await open()).fault).toBeInstanceOf(DamagedIndex)
    }
  })

  it('say so where the file was cut between two entries, to none, or to nothing', async () => {
    await remembered()
    const path = join(root, 'index', readdirSync(join(root, 'index'))[0])
    const bytes = readFileSync(path)
    for (const length of [bytes.length - 96, 32, 0]) {
      writeFileSync(path, bytes.subarray(0, length))
      expect((await open()).fault).toBeInstanceOf(DamagedIndex)
    }
  })

  it('are complete where only something stands behind them', async () => {
    await remembered()
    const path = join(root, 'index', readdirSync(join(root, 'index'))[0])
    appendFileSync(path, 'x'.repeat(100))
    expect([(await open()).fault, (await open()).contents()]).toEqual([null, [HASH]])
  })

  it('of an earlier draft, which says nothing of their number, are read', async () => {
    await remembered()
    const path = join(root, 'index', readdirSync(join(root, 'index'))[0])
    const bytes = readFileSync(path)
    writeFileSync(path, Buffer.concat([bytes.subarray(0, 32), bytes.subarray(32 + 96)]))
    expect([(await open()).fault, (await open()).contents()]).toEqual([null, [HASH]])
  })

  it('that cannot be read are not written over', async () => {
    await remembered()
    const notices: unknown[] = []
    const readFile = (() =>
      Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }))) as typeof nodeFiles.readFile
    const hashes = await open({ files: { ...nodeFiles, readFile }, onNotice: (notice) => notices.push(notice) })
    hashes.remember(join(root, 'b.jpg'), state(), 'cd'.repeat(32), later())
    await hashes.save()
    expect([(await open()).contents(), notices]).toEqual([[HASH], [{ kind: 'index-not-saved', count: 1 }]])
  })

  it('keep what a replaced file held, and what was noted, for a purge to find', async () => {
    await remembered()
    const hashes = await open({ rehash: true })
    expect(hashes.known(file, state())).toBeNull()
    const [newer, noted] = ['cd'.repeat(32), 'ef'.repeat(32)]
    hashes.remember(file, state(), newer, later())
    hashes.keep(noted)
    hashes.keep(noted)
    await hashes.save()
    expect((await open()).contents().sort()).toEqual([HASH, newer, noted])
    expect((await open()).known(file, state())).toBe(newer)
  })
})
