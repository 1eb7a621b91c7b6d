import { appendFileSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { embedImages } from '../../../src/audit/embedding/embed-images.js'
import { DefinitionError } from '../../../src/audit/errors.js'
import { runStorePurge } from '../../../src/audit/run-store.js'
import { indexFile } from '../../../src/audit/store/hash-index.js'
import { openStore } from '../../../src/audit/store/open-store.js'
import type { Box, Dataset, ImageMember } from '../../../src/audit/types/dataset.js'
import { datasetOf, deskOf, fakeModel } from '../embedding/fake-model.js'
import { SPACE } from './store-fixture.js'

const BOX: Box = { unit: 'pixel', left: 1, top: 2, width: 30, height: 40, padding: 0 }
const MEMBER: ImageMember = { kind: 'bytes', name: 'a.png', offset: 512, bytes: 3 }

let store: string
beforeEach(() => (store = mkdtempSync(join(tmpdir(), 'probity-purge-'))))
afterEach(() => rmSync(store, { recursive: true, force: true }))

/** Embeds a picture, a box of it, another one's box alone and a member of a tar file; the clock says whether the files are old enough to be trusted. */
async function embedParts(root: string, now: () => number, rehash = false): Promise<void> {
  const opened = openStore({ folder: store, now, rehash, onNotice: () => undefined })
  const part = (member: ImageMember | null, box: Box | null) => ({ member, box })
  const dataset: Dataset = {
    ...datasetOf(['1 0', '1 0', '0 1', '2 3']),
    parts: [part(null, null), part(null, BOX), part(null, BOX), part(MEMBER, null)],
  }
  const space = await opened.openSpace(SPACE, 2, { kind: 'images', model: 'fake', encoder: 'ab' })
  await embedImages(dataset, fakeModel(), deskOf({ space, hashes: await opened.fileHashes(root) }))
}

async function vectorsLeft(): Promise<number> {
  const opened = openStore({ folder: store, now: Date.now, onNotice: () => undefined })
  return (await opened.openSpace(SPACE, 2, {})).size()
}

describe('a purge of a dataset', () => {
  it.each([
    ['of files that lay there long', Date.now],
    ['of files that came just now', () => 0],
  ])('takes away the vectors of boxes and of images inside containers, %s', async (_, now) => {
    const root = join(store, 'not ours', 'faces.tar') // a file as root, and gone by now: the index alone knows
    await embedParts(root, now)
    expect(await vectorsLeft()).toBe(4)
    expect(await runStorePurge(store, { kind: 'dataset', images: root })).toEqual({ spaces: 0, vectors: 4 })
    expect(await vectorsLeft()).toBe(0)
  })

  it('knows them after a run that distrusted the index, and when another folder made the vectors', async () => {
    await embedParts('/elsewhere', Date.now)
    await embedParts('/here', Date.now)
    await embedParts('/here', Date.now, true)
    expect(await runStorePurge(store, { kind: 'dataset', images: '/here' })).toEqual({ spaces: 0, vectors: 4 })
  })

  const purge = (): Promise<unknown> => runStorePurge(store, { kind: 'dataset', images: '/here' })
  const damage = (): void => {
    const path = indexFile(join(store, 'files'), '/here')
    const bytes = readFileSync(path)
    bytes[bytes.length - 1] ^= 1
    writeFileSync(path, bytes)
  }

  it('refuses a damaged index, which noted what nobody else knows, also when later runs wrote it again', async () => {
    await embedParts('/here', Date.now)
    damage()
    const refused = await purge().catch((error: unknown) => error)
    expect(String(refused)).toContain('expected every note of what was embedded from these images but received an index that lost some of them to damage') // prettier-ignore
    expect([refused, await vectorsLeft()]).toMatchObject([{ code: 'store.index-damaged' }, 4])
    await embedParts('/here', Date.now, true)
    await expect(purge()).rejects.toMatchObject({ code: 'store.index-damaged' })
    expect(await vectorsLeft()).toBe(4)
  })

  it('is possible again once every model was purged: then there is nothing that a lost note could name', async () => {
    await embedParts('/here', Date.now)
    damage()
    expect(await runStorePurge(store, { kind: 'model', model: 'fake' })).toEqual({ spaces: 1, vectors: 4 })
    await embedParts('/here', Date.now)
    expect(await purge()).toEqual({ spaces: 0, vectors: 4 })
  })

  it('goes on where bytes stand behind the index: no note is lost', async () => {
    await embedParts('/here', Date.now)
    appendFileSync(indexFile(join(store, 'files'), '/here'), 'x')
    expect(await purge()).toEqual({ spaces: 0, vectors: 4 })
  })

  it('leaves nothing behind that a run which was killed was about to save', async () => {
    await embedParts('/here', Date.now)
    const path = indexFile(join(store, 'files'), '/here')
    copyFileSync(path, `${path}.4711.tmp`)
    await runStorePurge(store, { kind: 'dataset', images: '/here' })
    expect(readdirSync(join(store, 'files'))).toEqual([])
  })

  it('refuses a place that nothing came from', async () => {
    await embedParts('/elsewhere', Date.now)
    await expect(runStorePurge(store, { kind: 'dataset', images: '/nowhere' })).rejects.toThrow(DefinitionError)
    expect(await vectorsLeft()).toBe(4)
  })
})
