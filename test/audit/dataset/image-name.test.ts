import { describe, expect, it } from 'vitest'
import { fillImageName, imageNameOf } from '../../../src/audit/dataset/image-name.js'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import { planOf, testFolder, write } from './helpers.js'

describe('the name of an image', () => {
  it.each([
    ['file', 'a.jpg', 'a.jpg'],
    ['{id}.jpg', 'B000944', 'B000944.jpg'],
    ['photos/{id}', 'B000944', 'photos/B000944'],
    ['photos/{id}-large.jpg', 'a{b}', 'photos/a{b}-large.jpg'],
    ['{id}.jpg', '', ''],
  ])('mapped to %s, with the cell %j, is %j', (written, cell, name) =>
    expect(fillImageName(imageNameOf(written, ['id', 'file']), cell)).toBe(name),
  )

  it('is a column that is really called so, before anything is filled', () =>
    expect(imageNameOf('{id}.jpg', ['{id}.jpg', 'id'])).toEqual({ column: '{id}.jpg', before: '', after: '' }))

  it.each(['{}.jpg', '{a}{b}.jpg', '{a', 'a}'])('holds exactly one column: %s is taken as a name', (written) =>
    expect(imageNameOf(written, ['a', 'b']).column).toBe(written),
  )

  it('finds images whose label file names them without their ending', async () => {
    const folder = testFolder()
    write(folder, 'not opened', 'images/x1.jpg')
    write(folder, 'not opened', 'images/x2.jpg')
    const labels = write(folder, 'id,gender\nx1,F\nx2,M\nx3,M\n')
    const map = [
      { attribute: 'image', column: '{id}.jpg' },
      { attribute: 'gender', column: 'gender' },
    ]
    const dataset = await readDataset(planOf(labels, { map, images: `${folder}/images` }))
    expect(dataset.images).toEqual(['x1.jpg', 'x2.jpg', 'x3.jpg'])
    expect([...dataset.quarantined].map(([row, { code }]) => [row, code])).toEqual([[2, 'file.missing']])
    expect(dataset.warnings).toEqual([])
  })
})
