import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { Dataset } from '../../../../src/audit/types/dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { counts, planOf, refusal, testFolder } from '../helpers.js'
import { TEXT, hubSchema, writeParquet } from '../parquet-helpers.js'

const folder = testFolder()
const RACE = [{ attribute: 'race', column: 'race' }]
const read = (labels: string, parts: Partial<DatasetPlan> = {}): Promise<Dataset> =>
  readDataset(planOf(labels, { format: 'parquet', images: labels, map: RACE, ...parts }))
const image = (path: string | null) => ({ bytes: Buffer.from('x'), path })

/** One file in a folder, with images of these names and one more column of text. */
function fileIn(at: string, name: string, images: (string | null)[], values: string[], column = 'race'): void {
  writeParquet(
    join(at, name),
    [
      { name: 'image', data: images.map(image) },
      { name: column, data: values },
    ],
    { schema: hubSchema([TEXT(column)]) },
  )
}
const emptyFolder = (): string => mkdtempSync(join(folder, 'set-'))

describe('labels in Parquet', () => {
  it('may lie in a struct, whose fields are dotted', async () => {
    const at = emptyFolder()
    writeParquet(
      join(at, 'x.parquet'),
      [
        { name: 'image', data: [image('a.png'), image('b.png')] },
        {
          name: 'label',
          data: [
            { race: 'x', more: { age: '3-9' } },
            { race: 'y', more: null },
          ],
        },
      ],
      {
        schema: [
          { name: 'root', num_children: 2 },
          ...hubSchema([]).slice(1),
          { name: 'label', repetition_type: 'OPTIONAL', num_children: 2 },
          TEXT('race'),
          { name: 'more', repetition_type: 'OPTIONAL', num_children: 1 },
          TEXT('age'),
        ],
      },
    )
    const { attributes } = await read(at, { map: [{ attribute: 'race', column: 'label.race' }, { attribute: 'age', column: 'label.more.age' }] }) // prettier-ignore
    expect(attributes.map((attribute) => counts(attribute))).toEqual([[['x', 1], ['y', 1]], [['3-9', 1], ['unknown', 1]]]) // prettier-ignore
  })

  it('have the split that numbered files begin with, to filter by', async () => {
    const at = emptyFolder()
    fileIn(at, 'test-00000-of-00001.parquet', ['a.png'], ['x'])
    fileIn(at, 'train-00000-of-00001.parquet', ['b.png', 'c.png'], ['x', 'y'])
    const map = [...RACE, { attribute: 'split', column: 'split' }]
    const both = await read(at, { map })
    expect(counts(both.attributes[1])).toEqual([['test', 1], ['train', 2]]) // prettier-ignore
    const { excluded } = await read(at, { map, where: [{ attribute: 'split', values: ['train'] }] })
    expect([...excluded.keys()]).toEqual([0])
  })

  it('count images that are bytes alone by file and row, without reading their column', async () => {
    const at = emptyFolder()
    for (const split of ['test', 'train'])
      writeParquet(join(at, `${split}-00000-of-00001.parquet`), [{ name: 'image', data: [Buffer.from('x'), Buffer.from('y')] }], { schema: [{ name: 'root', num_children: 1 }, { name: 'image', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' }] }) // prettier-ignore
    const { images, attributes } = await read(at, { map: [{ attribute: 'split', column: 'split' }] })
    expect(images.slice(1, 3)).toEqual(['test-00000-of-00001.parquet#1', 'train-00000-of-00001.parquet#0'])
    expect(counts(attributes[0])).toEqual([['test', 2], ['train', 2]]) // prettier-ignore
  })

  it('take an image without a name by its file and row', async () => {
    const at = emptyFolder()
    fileIn(at, 'x.parquet', ['a.png', null], ['x', 'y'])
    const { images, parts, quarantined } = await read(at)
    expect([images, quarantined.size]).toEqual([['a.png', 'x.parquet#1'], 0])
    expect(parts?.[1]?.member).toMatchObject({ kind: 'cell', name: 'x.parquet#1', row: 1 })
  })

  it.each([
    ['race', 'columns: expected a column "race" but received the columns "image", "sex"'],
    ['split', 'columns: expected a column "split" but received the columns "image", "race"'],
  ])('are refused where a column is missing in a later file: %s', async (column, message) => {
    const at = emptyFolder()
    fileIn(at, 'a.parquet', ['a.png'], ['x'], column)
    fileIn(at, 'b.parquet', ['b.png'], ['x'], column === 'race' ? 'sex' : 'race')
    expect((await refusal(read(at, { map: [{ attribute: 'race', column }] }))).message).toBe(
      `${join(at, 'b.parquet')}: ${message}`,
    )
  })
})
