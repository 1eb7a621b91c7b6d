import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { counts, planOf, refusal, testFolder, write } from '../helpers.js'
import { labelledByOf, quarantineOf, rowsOf } from './rows-of.js'

const folder = testFolder()
let folders = 0

/** Reads a folder of images with these names. */
function read(names: readonly string[], parts: Partial<DatasetPlan> = {}) {
  const images = join(folder, `utk-${folders++}`)
  for (const name of names) write(images, 'x', name)
  return readDataset(planOf(images, { format: 'utkface', images, ...parts }))
}

const DATE = '20170117180731421'

describe('UTKFace', () => {
  it('is read from the names of its images, aligned or not, in folders or not', async () => {
    const dataset = await read([`26_0_2_${DATE}.jpg.chip.jpg`, `part1/3_1_0_${DATE}.jpg`, `part1/116_1_4_${DATE}.jpg`])
    expect(rowsOf(dataset)).toEqual([
      [`26_0_2_${DATE}.jpg.chip.jpg`, 'Asian', 'Male', '20-29'],
      [`part1/116_1_4_${DATE}.jpg`, 'Others', 'Female', 'more than 70'],
      [`part1/3_1_0_${DATE}.jpg`, 'White', 'Female', '3-9'],
    ])
    expect(dataset.quarantined.size).toBe(0)
    expect(dataset.warnings).toEqual([])
  })

  // the digits of the races as the authors' page lists them; DataComp's order is another
  it('numbers races and genders as its authors do', async () => {
    const names = ['0_0', '0_1', '1_2', '1_3', '0_4'].map((code) => `30_${code}_${DATE}.jpg`)
    const { attributes } = await read(names)
    expect(counts(attributes[0])).toEqual([['White', 1], ['Black', 1], ['Asian', 1], ['Indian', 1], ['Others', 1]]) // prettier-ignore
    expect(counts(attributes[1])).toEqual([['Male', 3], ['Female', 2]]) // prettier-ignore
  })

  it('puts ages into the bands of FairFace, or into those of the plan', async () => {
    const names = [0, 2, 3, 9, 10, 69, 70, 116].map((age) => `${age}_0_0_${DATE}.jpg`)
    const bands = (await read(names)).attributes[2]
    expect(bands.bins).toEqual([0, 3, 10, 20, 30, 40, 50, 60, 70])
    expect(counts(bands).filter(([, images]) => images > 0)).toEqual([['0-2', 2], ['3-9', 2], ['10-19', 1], ['60-69', 1], ['more than 70', 2]]) // prettier-ignore
    const reading = { attributes: [{ name: 'age', bins: { edges: [0, 18], names: ['0-17', '18 and over'] } }] }
    expect(counts((await read(names, { reading })).attributes[2])).toEqual([['0-17', 5], ['18 and over', 3]]) // prettier-ignore
  })

  it('takes the two odd names whose labels are intact', async () => {
    const dataset = await read([`44_1_4_${DATE}jpg.chip.jpg`, `55_0_0_${DATE} .jpg.chip.jpg`, `55_0_1_${DATE}jpg`])
    expect(dataset.quarantined.size).toBe(0)
    expect(rowsOf(dataset).map(([, race]) => race)).toEqual(['Others', 'White', 'Black'])
  })

  // known from the aligned set; public repositories "repair" them with contradicting races
  it.each(['39_1_20170116174525125', '61_1_20170109150557335', '61_1_20170109142408075'])(
    'does not guess the race that %s lacks',
    async (stem) => {
      const dataset = await read([`${stem}.jpg.chip.jpg`, `26_0_2_${DATE}.jpg.chip.jpg`])
      const row = dataset.images.indexOf(`${stem}.jpg.chip.jpg`)
      expect(quarantineOf(dataset)).toEqual([[row, 'label.missing', 'the name of the image has no race']])
      expect(rowsOf(dataset)[row].slice(1, 3)).toEqual(['unknown', 'Female'])
    },
  )

  it('counts every image: what is not named so cannot be used, and what is no image is no row', async () => {
    const dataset = await read([`26_0_2_${DATE}.jpg`, `130_0_2_${DATE}.jpg`, 'holiday.png', 'README.txt', '.DS_Store'])
    expect(dataset.images).toHaveLength(3)
    expect(quarantineOf(dataset).map(([, code]) => code)).toEqual(['label.name', 'label.name'])
  })

  it('says who labelled it and what it may be used for', async () => {
    const { licence, permittedUse, subjects, ...dataset } = await read([`26_0_2_${DATE}.jpg`])
    expect([...new Set(labelledByOf({ licence, subjects, ...dataset }).map(([, who]) => who))]).toEqual(['machine'])
    expect(licence).toContain('no licence')
    expect(permittedUse).toMatch(/non-commercial research.*not held against.*Check the original/)
    expect(subjects).toBeNull()
  })

  it('is refused where no image is named so', async () => {
    const { message, code } = await refusal(read(['holiday.jpg']))
    expect(code).toBe('images.names')
    expect(message).toContain('expected images called [age]_[gender]_[race]_[17 digits].jpg but received none, but for example "holiday.jpg"') // prettier-ignore
    expect(message).toContain('keep them as they were downloaded')
  })
})
