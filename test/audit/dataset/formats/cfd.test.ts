import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { planOf, refusal, testFolder, write } from '../helpers.js'
import { labelledByOf, quarantineOf, rowsOf } from './rows-of.js'

const folder = testFolder()
let folders = 0

function read(names: readonly string[], parts: Partial<DatasetPlan> = {}) {
  const images = join(folder, `cfd-${folders++}`)
  for (const name of names) write(images, 'x', name)
  return readDataset(planOf(images, { format: 'cfd', images, ...parts }))
}

const TWO = ['CFD/BF-001/CFD-BF-001-021-HC.jpg', 'CFD/BF-001/CFD-BF-001-025-N.jpg']

describe('the Chicago Face Database', () => {
  it('is read from the names of its images', async () => {
    const dataset = await read([...TWO, 'CFD/WM-002/cfd-wm-002-009-ho.JPEG', 'CFD-MR/CFD-MF-300-002-N.jpg', 'IF/CFD-IF-601-575-F.jpg']) // prettier-ignore
    expect(rowsOf(dataset)).toEqual([
      ['CFD-MR/CFD-MF-300-002-N.jpg', 'Multiracial', 'Female', 'neutral'],
      ['CFD/BF-001/CFD-BF-001-021-HC.jpg', 'Black', 'Female', 'happy with closed mouth'],
      ['CFD/BF-001/CFD-BF-001-025-N.jpg', 'Black', 'Female', 'neutral'],
      ['CFD/WM-002/cfd-wm-002-009-ho.JPEG', 'White', 'Male', 'happy with open mouth'],
      ['IF/CFD-IF-601-575-F.jpg', 'Indian', 'Female', 'fearful'],
    ])
  })

  it('knows which images show one person', async () => {
    const { subjects } = await read([...TWO, 'CFD-WF-001-021-N.jpg'])
    expect(subjects).toEqual(['CFD-WF-001', 'CFD-BF-001', 'CFD-BF-001'])
  })

  it('leaves out by expression, and counts what it leaves out', async () => {
    const { excluded, images } = await read(TWO, { where: [{ attribute: 'expression', values: ['neutral'] }] })
    expect([...excluded].map(([row, reason]) => [images[row], reason])).toEqual([[TWO[0], 'where expression=neutral']])
  })

  it('is labelled by the people themselves, under its own terms', async () => {
    const dataset = await read(TWO)
    expect(labelledByOf(dataset).slice(0, 2)).toEqual([['race', 'self'], ['gender', 'self']]) // prettier-ignore
    expect(dataset.permittedUse).toMatch(/^Scientific research/)
  })

  it('keeps an image with another name as one that cannot be used', async () =>
    expect(quarantineOf(await read([...TWO, 'CFD-XX-001-021-HC.jpg']))).toEqual([
      [
        0,
        'label.name',
        'the name of the image is not of the form CFD-[race][gender]-[person]-[photo]-[expression].jpg',
      ],
    ]))

  it('is refused in a folder without one of its images, and in an empty one', async () => {
    expect((await refusal(read(['a.jpg']))).message).toContain('none, but for example "a.jpg"')
    expect((await refusal(read(['README.txt']))).message).toContain('but received no image')
  })
})
