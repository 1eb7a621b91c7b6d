import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openVectors } from '../../../../src/audit/embedding/import/open-vectors.js'
import { refusal, testFolder } from '../../dataset/helpers.js'
import { TEXT, writeParquet } from '../../dataset/parquet-helpers.js'
import { writeNpy } from './vector-files.js'

const folder = testFolder()
const ANY = { tensor: null, column: null, idColumn: null }
const LAYOUT = 'clip-retrieval writes img_emb/img_emb_0.npy with metadata/metadata_0.parquet, and so on'

function table(at: string, name: string, paths: readonly string[]): void {
  writeParquet(
    join(at, 'metadata', name),
    [
      { name: 'image_path', data: [...paths] },
      { name: 'caption', data: paths.map(() => 'x') },
    ],
    { schema: [{ name: 'root', num_children: 2 }, TEXT('image_path'), TEXT('caption')] },
  )
}

/** Two parts whose numbers have other widths, as runs with other partition counts leave them. */
function layout(name: string): string {
  const at = join(folder, name)
  for (const part of ['img_emb', 'metadata']) mkdirSync(join(at, part), { recursive: true })
  writeNpy(join(at, 'img_emb'), 'img_emb_10.npy', [[5, 6]])
  writeNpy(join(at, 'img_emb'), 'img_emb_2.npy', [
    [1, 2],
    [3, 4],
  ])
  table(at, 'metadata_010.parquet', ['/data/c.jpg'])
  table(at, 'metadata_2.parquet', ['/data/a.jpg', '/data/b.jpg'])
  return at
}

describe('a folder of clip-retrieval', () => {
  it('is read part by part in the order of the numbers, whatever zeros stand before them', async () => {
    const { vectors, ids, idsArePaths, files } = await openVectors(layout('whole'), ANY)
    expect([...(await vectors.read(0, 3))]).toEqual([1, 2, 3, 4, 5, 6])
    expect([...(await vectors.read(1, 3))]).toEqual([3, 4, 5, 6])
    const found: string[] = []
    for await (const batch of ids?.() ?? []) found.push(...batch)
    expect([found, idsArePaths, files.length]).toEqual([['/data/a.jpg', '/data/b.jpg', '/data/c.jpg'], true, 4])
    await vectors.close()
  })

  it.each([
    [
      'a part without its table',
      (at: string) => rmSync(join(at, 'metadata/metadata_2.parquet')),
      '',
      `expected a table for every part, and a part for every table but received vectors of part 2 without their table. ${LAYOUT}`,
    ],
    [
      'a table without its part',
      (at: string) => rmSync(join(at, 'img_emb/img_emb_10.npy')),
      '',
      `expected a table for every part, and a part for every table but received a table of part 10 without its vectors. ${LAYOUT}`,
    ],
    [
      'other rows than vectors',
      (at: string) => table(at, 'metadata_2.parquet', ['one.jpg']),
      '/metadata/metadata_2.parquet',
      'expected 2 rows, as many as its vectors but received 1 rows. Run clip-retrieval again for this part',
    ],
    [
      'one number twice',
      (at: string) => cpSync(join(at, 'img_emb/img_emb_2.npy'), join(at, 'img_emb/img_emb_02.npy')),
      '/img_emb',
      'expected one part 2 but received "img_emb_2.npy" beside another. Remove what an earlier run left',
    ],
    [
      'parts of another width',
      (at: string) => writeNpy(join(at, 'img_emb'), 'img_emb_10.npy', [[1, 2, 3]]),
      '/img_emb/img_emb_10.npy',
      'expected 2 numbers a vector in float32, as in part 0 but received 3 in float32. All parts must come from one run',
    ],
    [
      'no vectors',
      (at: string) => renameSync(join(at, 'img_emb'), join(at, 'text_emb')) ?? mkdirSync(join(at, 'img_emb')),
      '/img_emb',
      `expected img_emb_0.npy and so on but received none. ${LAYOUT}`,
    ],
  ])('is refused with %s, with one line of cure', async (name, spoil, where, message) => {
    const at = layout(name.replaceAll(' ', '-'))
    spoil(at)
    const { code, message: said } = await refusal(openVectors(at, ANY))
    expect([code, said]).toEqual(['vectors.clip-retrieval', `${at}${where}: ${message}`])
  })

  it('is not any other folder', async () => {
    mkdirSync(join(folder, 'other'))
    const { message } = await refusal(openVectors(join(folder, 'other'), ANY))
    expect(message).toContain(
      'expected a file or folder of vectors but received a folder without img_emb. Vectors are read from .npy',
    )
  })
})
