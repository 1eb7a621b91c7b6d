import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../src/audit/types/definitions.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()

function plan(join: string, changes: Partial<DatasetPlan> = {}): DatasetPlan {
  return {
    ...{ format: 'csv', id: 'people', images: null, crop: null, where: [], unknownValues: 'refuse', followOutside: false, licence: null, simulated: false }, // prettier-ignore
    labels: write(folder, 'image,race\na.jpg,Black\nb.jpg,White\n./c.jpg,White\n'),
    map: [
      { attribute: 'race', column: 'race' },
      { attribute: 'overlap', column: 'overlap' },
    ],
    join: [write(folder, join)],
    ...changes,
  }
}
const valuesOf = async (asked: DatasetPlan, name: string): Promise<string[]> => {
  const { attributes } = await readDataset(asked)
  const column = attributes.find((attribute) => attribute.name === name)
  return [...(column?.codes ?? [])].map((code) => column?.values[code] ?? '')
}
const refused = async (asked: DatasetPlan): Promise<string> => (await refusal(readDataset(asked))).message

describe('columns joined from another file', () => {
  it('come to their images by name, whatever the order; an image that the file lacks is unknown', async () => {
    const asked = plan('overlap,image\nyes,c.jpg\nno,a.jpg\n')
    expect(await valuesOf(asked, 'overlap')).toEqual(['no', 'unknown', 'yes'])
    expect(await valuesOf(asked, 'race')).toEqual(['Black', 'White', 'White'])
    expect((await readDataset(asked)).sources).toHaveLength(2)
  })
  it('can be filtered by', async () => {
    const dataset = await readDataset(plan('image,overlap\na.jpg,no\nb.jpg,yes\nc.jpg,no\n', { where: [{ attribute: 'overlap', values: ['no'] }] })) // prettier-ignore
    expect([...dataset.excluded.keys()]).toEqual([1])
  })
  it('are refused where an image comes twice, or is not in the label file', async () => {
    expect(await refused(plan('image,overlap\na.jpg,no\n./a.jpg,no\n'))).toContain('a second one, after line 2')
    expect(await refused(plan('image,overlap\nz.jpg,no\n'))).toContain(
      'an image of the label file but received "z.jpg"',
    )
  })
  it('are refused where two files have the column, or no column of the file is asked for', async () => {
    const both = plan('image,race,overlap\na.jpg,Black,no\n')
    expect(await refused(both)).toContain('one file with a column "race"')
    expect(await refused(plan('image,other\na.jpg,no\n'))).toContain('mapped to a column of this file')
  })
  it('are refused without a column of image names', async () => {
    expect(await refused(plan('name,overlap\na.jpg,no\n'))).toContain('one column called image, file or file_name')
  })
})
