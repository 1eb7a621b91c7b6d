import { appendFileSync, mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { importVectors } from '../../../../src/audit/embedding/import/import-vectors.js'
import type { ImportedVectors } from '../../../../src/audit/embedding/import/import-vectors.js'
import { openVectors } from '../../../../src/audit/embedding/import/open-vectors.js'
import type { OpenedVectors } from '../../../../src/audit/embedding/import/open-vectors.js'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { VectorsPlan } from '../../../../src/audit/types/vectors.js'
import { planOf, refusal, testFolder, write } from '../../dataset/helpers.js'
import { TEXT, writeParquet } from '../../dataset/parquet-helpers.js'
import { writeNpy } from './vector-files.js'

const folder = testFolder()
const opened: OpenedVectors[] = []
afterAll(() => Promise.all(opened.map(({ vectors }) => vectors.close())))
const UNIT = [
  [1, 0],
  [0, 1],
  [0.6, 0.8],
]

/** Imports vectors for a.png, b.png and c.png; what embeddings.yaml would say is `stated`. */
async function imported(
  vectors: (at: string) => string,
  stated: Partial<VectorsPlan> = {},
  texts: (at: string) => string[] = () => [],
): Promise<ImportedVectors & { readonly plan: VectorsPlan }> {
  const at = mkdtempSync(join(folder, 'vectors-'))
  const plan: VectorsPlan = {
    ...{ file: write(at, 'model: elsewhere\n', 'embeddings.yaml'), model: 'elsewhere', vectors: vectors(at) },
    ...{ modelSha256: null, preprocessing: null, normalised: null, dtype: null, dim: null, tensor: null, column: null },
    ...{ idColumn: null, ids: { kind: 'order' }, texts: { kind: 'model', folder: 'text' }, logitScale: null },
    ...{ logitBias: null, activation: null, simulated: false },
    ...stated,
  }
  const dataset = await readDataset(planOf(write(at, 'file,race\na.png,x\nb.png,x\nc.png,y\n', 'labels.csv'), { map: [{ attribute: 'race', column: 'race' }] })) // prettier-ignore
  const found = await openVectors(plan.vectors, plan)
  opened.push(found)
  return { ...(await importVectors(dataset, plan, found, texts(at))), plan }
}

const npy =
  (rows = UNIT) =>
  (at: string) =>
    writeNpy(at, 'images.npy', rows)
const parquet =
  (rows: unknown[], ids: string[] | null = ['a.png', 'b.png', 'c.png', 'd.png'].slice(0, rows.length)) =>
  (at: string) =>
    writeParquet(
      join(at, 'images.parquet'),
      [...(ids === null ? [] : [{ name: 'image', data: ids }]), { name: 'embedding', data: rows }],
      {
        schema: [
          { name: 'root', num_children: ids === null ? 1 : 2 },
          ...(ids === null ? [] : [TEXT('image')]),
          { name: 'embedding', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', type: 'FLOAT', repetition_type: 'OPTIONAL' },
        ],
      },
    )

describe('vectors that are imported', () => {
  it('are taken by position only where that was said, and the audit says so', async () => {
    const { embeddings, source } = await imported(npy())
    expect([...(await embeddings.readRaw(0, 3))]).toEqual(Array.from(Float32Array.from(UNIT.flat())))
    expect([source.joinedBy, source.normalised]).toEqual(['order', { stated: null, shortest: 1, longest: 1 }])
  })

  it('are refused by position where there are more or fewer than rows', async () => {
    const { message } = await refusal(imported(npy(UNIT.slice(1))))
    expect(message).toMatch(/order: expected 3 vectors, one for each row of the label file but received 2\. Position/)
  })

  it('need ids from somewhere where position was not asked for', async () => {
    const inside = { ids: { kind: 'inside' } } as const
    const wanted = /embeddings\.yaml: ids: expected ids but received none\. Name a file of ids under ids:, or a column of this file under idColumn:$/ // prettier-ignore
    expect((await refusal(imported(npy(), inside))).message).toMatch(wanted)
    expect((await refusal(imported(parquet(UNIT, null), inside))).message).toMatch(wanted)
  })

  it('are joined by ids inside their file, and those without an image are counted, empty ones apart', async () => {
    const { embeddings, warnings, source, quarantined } = await imported(parquet([UNIT[1], null, UNIT[0], UNIT[2]]), {
      ids: { kind: 'inside' },
    })
    expect([...(await embeddings.readRaw(0, 2))]).toEqual([...UNIT[1], ...UNIT[0]])
    expect([source.joinedBy, source.rows]).toEqual(['id', 3])
    expect([...quarantined]).toEqual([[1, { code: 'embed.missing', reason: 'no vector was given for it' }]])
    expect(warnings.map(({ message }) => message)).toEqual([
      '2 vectors belong to no image of the label file, 1 of them empty, and are left out',
    ])
  })

  it('are of the kind of number that was stated where a Parquet file does not say how exact they were', async () => {
    const given = { ids: { kind: 'inside' }, normalised: true } as const
    const nearly = UNIT.map((vector) => vector.map((number) => number * 1.005)) // within what halves keep
    expect((await imported(parquet(nearly), { ...given, dtype: 'float16' })).source.dtype).toBe('float16')
    await expect(imported(parquet(nearly), given)).rejects.toThrow(/normalised/)
    expect((await imported(parquet(UNIT), given)).source.dtype).toBe('float32')
  })

  it('say when an image was found by the end of a path of another machine', async () => {
    const layout = (at: string): string => {
      for (const part of ['img_emb', 'metadata']) mkdirSync(join(at, 'made', part), { recursive: true })
      writeNpy(join(at, 'made/img_emb'), 'img_emb_0.npy', UNIT)
      const ids = ['/data/a.png', '/data/b.png', 'c.png']
      writeParquet(join(at, 'made/metadata/metadata_0.parquet'), [{ name: 'image_path', data: ids }], { schema: [{ name: 'root', num_children: 1 }, TEXT('image_path')] }) // prettier-ignore
      return join(at, 'made')
    }
    const { warnings, source } = await imported(layout, { ids: { kind: 'inside' } })
    expect(warnings).toEqual([
      {
        code: 'embed.joined-by-path',
        count: 2,
        message: '2 vectors found their image by a path that ends in its name: make sure that they are the same images',
      },
    ])
    expect(source.files.map(([file]) => file)).toEqual([
      'embeddings.yaml',
      'made/img_emb/img_emb_0.npy',
      'made/metadata/metadata_0.parquet',
    ])
  })

  it('leave no image where none has a direction, and no length to state', async () => {
    const { quarantined, source, embeddings } = await imported(npy(UNIT.map(() => [0, NaN])))
    expect([...quarantined.values()].map(({ code }) => code)).toEqual(Array(3).fill('embed.nonfinite'))
    expect([source.normalised.shortest, source.normalised.longest, embeddings.rows.length]).toEqual([null, null, 0])
  })

  it('are refused at the end of a run where one of their files was written to meanwhile', async () => {
    const texts = (at: string) => [write(at, 'a face\n', 'prompts.txt')]
    const { confirm, plan } = await imported(npy(), {}, texts)
    await expect(confirm()).resolves.toBeUndefined()
    appendFileSync(join(plan.file, '../prompts.txt'), 'another\n')
    expect((await refusal(confirm())).message).toMatch(
      /prompts\.txt: expected a file that stays as it is but received another "prompts\.txt" than when the run began\. Run again/,
    )
  })
})
