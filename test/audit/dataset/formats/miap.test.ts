import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { planOf, refusal, testFolder, write } from '../helpers.js'
import { MIAP_HEADER, miapRow } from './miap-csv.js'
import { labelledByOf, quarantineOf, rowsOf } from './rows-of.js'

const folder = testFolder()

const read = (rows: readonly string[], parts: Partial<DatasetPlan> = {}) => readDataset(planOf(write(folder, [MIAP_HEADER, ...rows, ''].join('\n')), { format: 'miap', ...parts })) // prettier-ignore

const WOMAN = miapRow({ image: 'ab', box: [0.1, 0.5, 0.2, 0.9], gender: 'Predominantly Feminine', age: 'Young' })
const OTHER = miapRow({ image: 'ab', box: [0.5, 0.9, 0.2, 0.9], gender: 'Unknown', age: 'Middle' })
const MAN = miapRow({ image: 'cd', box: [0, 1, 0, 1], gender: 'Predominantly Masculine', age: 'Unknown' })

describe('MIAP', () => {
  it('is one image for each box, in the order XMin, XMax, YMin, YMax of its columns', async () => {
    write(folder, 'x', 'photos/ab.jpg')
    write(folder, 'x', 'photos/cd.jpg')
    const dataset = await read([WOMAN, OTHER, MAN], { images: join(folder, 'photos') })
    expect(rowsOf(dataset)).toEqual([
      ['ab.jpg#1', 'Predominantly Feminine', 'Young'],
      ['ab.jpg#2', 'unknown', 'Middle'],
      ['cd.jpg#1', 'Predominantly Masculine', 'unknown'],
    ])
    expect(dataset.parts?.[0]?.box).toMatchObject({ unit: 'share', left: 0.1, top: 0.2, padding: 0 })
    expect(dataset.parts?.[0]?.box?.width).toBeCloseTo(0.4, 12)
    expect(dataset.parts?.[0]?.box?.height).toBeCloseTo(0.7, 12)
    expect(dataset.subjects).toEqual(['ab', 'ab', 'cd'])
    expect(dataset.warnings).toEqual([])
  })

  it('leaves out groups, depictions and what is no person, and counts them by reason', async () => {
    const group = miapRow({ image: 'ab', box: [0, 0.1, 0, 0.1], isGroupOf: 1 })
    const statue = miapRow({ image: 'ab', box: [0, 0.2, 0, 0.1], isDepictionOf: 1 })
    const dog = miapRow({ image: 'ab', box: [0, 0.3, 0, 0.1], label: '/m/0bt9lr' })
    const { excluded, images } = await read([group, WOMAN, statue, dog])
    expect([...excluded]).toEqual([
      [0, 'IsGroupOf: more people than one in the box'],
      [2, 'IsDepictionOf: a drawing or a statue, say'],
      [3, 'LabelName: not a person'],
    ])
    expect(images[1]).toBe('ab.jpg#2')
  })

  it('knows a box that comes twice', async () =>
    expect(quarantineOf(await read([WOMAN, OTHER, WOMAN]))).toEqual([[2, 'row.duplicate', 'the same as line 2']]))

  it('keeps two people in one box apart, and a person from a group in the same box', async () => {
    const man = miapRow({ image: 'ab', box: [0.1, 0.5, 0.2, 0.9], gender: 'Predominantly Masculine', age: 'Young' })
    const group = miapRow({ image: 'ab', box: [0.1, 0.5, 0.2, 0.9], isGroupOf: 1 })
    const dataset = await read([group, WOMAN, man])
    expect(rowsOf(dataset).slice(1)).toEqual([
      ['ab.jpg#2', 'Predominantly Feminine', 'Young'],
      ['ab.jpg#3', 'Predominantly Masculine', 'Young'],
    ])
    expect([[...dataset.excluded.keys()], dataset.quarantined.size]).toEqual([[0], 0])
  })

  it('does not use a row whose box is none', async () => {
    const upsideDown = miapRow({ image: 'ef', box: [0.5, 0.1, 0, 1] })
    const noNumber = WOMAN.replace('0.1,', 'left,')
    expect(quarantineOf(await read([upsideDown, noNumber])).map(([row, code]) => [row, code])).toEqual([
      [0, 'box.invalid'],
      [1, 'box.invalid'],
    ])
  })

  it('is labelled by annotators, under two licences', async () => {
    const dataset = await read([WOMAN])
    expect(labelledByOf(dataset)).toEqual([['gender', 'annotator'], ['age', 'annotator']]) // prettier-ignore
    expect(dataset.licence).toBe('boxes CC BY 4.0, photos listed as CC BY 2.0')
    expect(dataset.permittedUse).toContain('no warranty')
  })

  it('is refused with another file, and with a value that it does not have', async () => {
    const other = write(folder, 'ImageID,Source,LabelName\nab,x,/m/01g317\n')
    expect((await refusal(readDataset(planOf(other, { format: 'miap' })))).message).toContain(
      'expected a column "XMin"',
    )
    const { message } = await refusal(read([WOMAN.replace('Young', 'Teenager')]))
    expect(message).toContain('age: expected one of "Unknown", "Young", "Middle", "Older" but received "Teenager"')
  })
})
