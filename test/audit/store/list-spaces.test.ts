import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listSpaces } from '../../../src/audit/store/list-spaces.js'
import { spacesOf } from '../../../src/audit/store/open-store.js'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import { DIM, SPACE, store, temporaryStore } from './store-fixture.js'

const OTHER = 'b'.repeat(64)

/** A store with one space of `images` vectors. */
async function storeWith(images: number): Promise<string> {
  const root = temporaryStore()
  mkdirSync(spacesOf(root), { recursive: true })
  await store(join(spacesOf(root), SPACE), 0, images)
  return root
}

/** An empty space whose only file is of `bytes`. */
function plant(root: string, id: string, bytes: number): void {
  mkdirSync(join(spacesOf(root), id))
  writeFileSync(join(spacesOf(root), id, 'left-over'), 'x'.repeat(bytes))
}

describe('the spaces of a store', () => {
  it('are none where nothing was ever stored', async () => {
    expect(await listSpaces(join(temporaryStore(), 'never'))).toEqual([])
  })

  it('say what they are for, how many vectors they hold and how much room they take', async () => {
    const root = await storeWith(10)
    const [found, ...others] = await listSpaces(root)
    expect(others).toEqual([])
    expect(found).toMatchObject({
      id: SPACE,
      folder: join(spacesOf(root), SPACE),
      description: { kind: 'images', model: 'drawn' },
      dim: DIM,
      vectors: 10,
      segments: 1,
    })
    expect(found.bytes).toBeGreaterThan(10 * DIM * 4)
  })

  it('are the largest first, and by name where they are as large', async () => {
    const root = await storeWith(4)
    for (const [id, bytes] of [[OTHER, 7], ['c'.repeat(64), 7], ['a'.repeat(64), 7], ['d'.repeat(64), 1_000_000]] as const) plant(root, id, bytes) // prettier-ignore
    expect((await listSpaces(root)).map(({ id }) => id[0])).toEqual(['d', SPACE[0], 'a', 'b', 'c'])
  })

  it('are listed without a description where their manifest is gone, and other folders are not spaces', async () => {
    const root = await storeWith(4)
    plant(root, OTHER, 5)
    mkdirSync(join(spacesOf(root), 'notes'))
    const found = (await listSpaces(root)).find(({ id }) => id === OTHER)
    expect(found).toMatchObject({ description: null, dim: null, vectors: 0, segments: 0, bytes: 5 })
    expect(found?.changedMs).toBe(statSync(join(spacesOf(root), OTHER, 'left-over')).mtimeMs)
    expect(await listSpaces(root)).toHaveLength(2)
  })

  it('are counted without files that went meanwhile, and without links that lead nowhere or round', async () => {
    const root = await storeWith(4)
    const [before] = await listSpaces(root)
    symlinkSync('nowhere', join(before.folder, 'dangling.keys'))
    symlinkSync('round.keys', join(before.folder, 'round.keys'))
    const [found] = await listSpaces(root)
    expect([found.vectors, found.segments, found.bytes]).toEqual([4, 1, before.bytes])
  })

  it.each(['readdir', 'stat'] as const)(
    'are refused rather than counted short where the disk fails (%s)',
    async (call) => {
      const root = await storeWith(4)
      const fail = () => Promise.reject(Object.assign(new Error('the disk failed'), { code: 'EIO' }))
      await expect(listSpaces(root, { ...nodeFiles, [call]: fail })).rejects.toThrow('the disk failed')
    },
  )
})
