import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { DefinitionError } from '../../../src/audit/errors.js'
import { runStoreList, runStorePurge, runStoreVerify } from '../../../src/audit/run-store.js'
import { listSpaces } from '../../../src/audit/store/list-spaces.js'
import { purgeSpace, purgeVectors } from '../../../src/audit/store/purge-store.js'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import { openStore } from '../../../src/audit/store/open-store.js'
import { countWhole, DIM, keyOf, noWait, openSpace, records, SETTINGS, SPACE, temporaryStore } from './store-fixture.js'

const OTHER = createHash('sha256').update('another space').digest('hex')

let store: string
let images: string
beforeEach(async () => {
  store = temporaryStore()
  images = join(store, 'not ours', 'images')
  mkdirSync(images, { recursive: true })
  for (const [id, model] of [
    [SPACE, 'first'],
    [OTHER, 'second'],
  ] as const) {
    const opened = openStore({ folder: store, now: Date.now, onNotice: () => undefined })
    const space = await opened.openSpace(id, DIM, { kind: 'images', model, encoder: createHash('sha256').update(model).digest('hex') }) // prettier-ignore
    await space.startWriting(SETTINGS, { onWait: noWait })
    await space.append(records(0, 10))
    await space.finishWriting()
    await space.startWriting({ ...SETTINGS, threads: 7 }, { onWait: noWait })
    await space.append(records(10, 12))
    await space.finishWriting()
  }
})

const spaceFolder = (id: string): string => join(store, 'spaces', id)

describe('the store as a whole', () => {
  it('lists what it holds', async () => {
    const spaces = await runStoreList(store)
    expect(
      spaces.map(({ description, vectors, segments, dim }) => [description?.['model'], vectors, segments, dim]).sort(),
    ).toEqual([
      ['first', 12, 2, DIM],
      ['second', 12, 2, DIM],
    ])
    expect(await runStoreList(join(store, 'nowhere'))).toEqual([])
  })

  it('is verified vector by vector', async () => {
    expect((await runStoreVerify(store)).map(({ whole, notices }) => [whole, notices])).toEqual([
      [12, []],
      [12, []],
    ])
    truncateSync(join(spaceFolder(SPACE), '000001.f32'), 4 * DIM * 4)
    const [damaged] = (await runStoreVerify(store)).filter(({ space }) => space.id === SPACE)
    expect([damaged.whole, damaged.notices]).toEqual([6, [{ kind: 'damaged-vectors', count: 6 }]])
  })

  it('loses a model by its name or by the beginning of its hash, and no other', async () => {
    expect(await runStorePurge(store, { kind: 'model', model: 'first' })).toEqual({ spaces: 1, vectors: 12 })
    expect([existsSync(spaceFolder(SPACE)), existsSync(spaceFolder(OTHER))]).toEqual([false, true])
    const hash = createHash('sha256').update('second').digest('hex').slice(0, 12)
    expect(await runStorePurge(store, { kind: 'model', model: hash })).toEqual({ spaces: 1, vectors: 12 })
  })

  it('does not lose anything for a model that it does not have, and names those it has', async () => {
    const refusal = await runStorePurge(store, { kind: 'model', model: 'frist' }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DefinitionError)
    expect(String(refusal)).toContain('expected one of')
    expect(await runStoreList(store)).toHaveLength(2)
  })

  it('loses the images of a folder under every model, whatever they are called there, and keeps the others with their settings', async () => {
    writeFileSync(join(images, 'renamed.jpg'), 'image 3') // the content whose hash is keyOf(3)
    mkdirSync(join(images, 'deeper'))
    writeFileSync(join(images, 'deeper', 'x.png'), 'image 11')
    expect(await runStorePurge(store, { kind: 'dataset', images })).toEqual({ spaces: 0, vectors: 4 })
    for (const id of [SPACE, OTHER]) {
      const space = await openSpace(spaceFolder(id), { id })
      expect([space.notices, space.size(), space.has(keyOf(3)), space.has(keyOf(11))]).toEqual([[], 10, false, false])
      expect(await countWhole(space, 12)).toBe(10)
      expect([space.settingsOf(keyOf(0))?.['threads'], space.settingsOf(keyOf(10))?.['threads']]).toEqual([2, 7])
    }
    expect(readdirSync(spaceFolder(SPACE)).sort()).toEqual([
      '000003.f32',
      '000003.keys',
      '000004.f32',
      '000004.keys',
      'space.json',
    ])
  })

  it('loses the images of a folder also where the manifest is gone, with whatever nobody can read', async () => {
    unlinkSync(join(spaceFolder(SPACE), 'space.json'))
    writeFileSync(join(spaceFolder(SPACE), '000002.keys'), 'x'.repeat(2000)) // a damaged header
    writeFileSync(join(spaceFolder(SPACE), '000009.f32'), 'vectors that a crash left without keys')
    writeFileSync(join(images, 'x.jpg'), 'image 3')
    symlinkSync(join(images, 'nowhere'), join(images, 'link.jpg'))
    expect(await runStorePurge(store, { kind: 'dataset', images })).toEqual({ spaces: 0, vectors: 2 })
    expect(readdirSync(spaceFolder(SPACE)).sort()).toEqual(['000003.f32', '000003.keys'])
    expect((await openSpace(spaceFolder(SPACE))).size()).toBe(9)
  })

  it('rejects, with everything still there, when a segment cannot be read', async () => {
    writeFileSync(join(images, 'x.jpg'), 'image 3')
    unlinkSync(join(spaceFolder(SPACE), '000002.keys'))
    mkdirSync(join(spaceFolder(SPACE), '000002.keys'))
    await expect(runStorePurge(store, { kind: 'dataset', images })).rejects.toMatchObject({ code: 'EISDIR' })
    expect((await openSpace(spaceFolder(SPACE))).has(keyOf(3))).toBe(true)
  })

  it.each([
    ['read', '000002.f32'],
    ['looked into', 'SPACE'],
  ])('rejects, with everything still there, when the disk fails while a segment is %s', async (what, name) => {
    const fail = (path: unknown): void => {
      if (String(path).endsWith(name === 'SPACE' ? SPACE : name)) throw Object.assign(new Error(), { code: 'EACCES' })
    }
    const files = {
      ...nodeFiles,
      open: async (...args: Parameters<typeof nodeFiles.open>) => {
        if (what === 'read' && args[1] === 'r') fail(args[0])
        return nodeFiles.open(...args)
      },
      readdir: (async (path: string) => {
        if (what === 'looked into') fail(path)
        return nodeFiles.readdir(path)
      }) as typeof nodeFiles.readdir,
    }
    const [space] = (await listSpaces(store)).filter(({ id }) => id === SPACE)
    await expect(purgeVectors(space, new Set([keyOf(3)]), files)).rejects.toMatchObject({ code: 'EACCES' })
    expect(await countWhole(await openSpace(spaceFolder(SPACE)), 12)).toBe(12)
    expect(readdirSync(spaceFolder(SPACE)).filter((each) => each.endsWith('.keys'))).toHaveLength(2) // no half of a new one
  })

  it('gives a reader every vector that a purge moved', async () => {
    const reading = await openSpace(spaceFolder(SPACE))
    writeFileSync(join(images, 'x.jpg'), 'image 3')
    await runStorePurge(store, { kind: 'dataset', images })
    expect([await countWhole(reading, 12), reading.notices.filter(({ kind }) => kind === 'lost-vectors')]).toEqual([
      11,
      [],
    ])
  })

  it('loses everything of its own and nothing else in its folder', async () => {
    expect(await runStorePurge(store, { kind: 'all' })).toEqual({ spaces: 2, vectors: 24 })
    expect(readdirSync(store)).toEqual(['not ours'])
  })

  it('is purged on a file system that has no locks', async () => {
    const open: typeof nodeFiles.open = (file, flags, mode) =>
      flags === 'wx'
        ? Promise.reject(Object.assign(new Error('not supported'), { code: 'ENOTSUP' }))
        : nodeFiles.open(file, flags, mode)
    const spaces = await listSpaces(store)
    for (const space of spaces) await purgeVectors(space, new Set([keyOf(0)]), { ...nodeFiles, open })
    for (const space of spaces) await purgeSpace(space, { ...nodeFiles, open })
    expect(await listSpaces(store)).toEqual([])
  })

  it('is not purged while somebody writes to it', async () => {
    const writing = await openSpace(spaceFolder(SPACE))
    await writing.startWriting(SETTINGS, { onWait: noWait })
    await expect(runStorePurge(store, { kind: 'model', model: 'first' })).rejects.toThrow(
      'expected a store that nobody writes to but received one that another run is writing to',
    )
    await writing.finishWriting()
  })
})
