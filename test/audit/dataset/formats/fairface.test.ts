import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { Dataset } from '../../../../src/audit/types/dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { FAIRFACE_HEADER, counts, fairFacePlan, refusal, testFolder, write } from '../helpers.js'

const folder = testFolder()

function read(content: string, parts: Partial<DatasetPlan> = {}): Promise<Dataset> {
  return readDataset(fairFacePlan(write(folder, content), parts))
}
const refused = async (content: string, parts: Partial<DatasetPlan> = {}): Promise<string> =>
  (await refusal(read(content, parts))).message.replaceAll(/\S+\.csv/g, 'F')

describe('a FairFace file', () => {
  const row = `${FAIRFACE_HEADER}\nval/1.jpg,3-9,Male,East Asian,False\n`

  it('has the attributes and values of FairFace in their own order', async () => {
    const { attributes, licence, permittedUse } = await read(row)
    expect(attributes.map(({ name, values, labelledBy }) => [name, values.length, labelledBy])).toEqual([
      ['race', 7, 'annotator'],
      ['gender', 2, 'annotator'],
      ['age', 9, 'annotator'],
      ['service_test', 2, 'annotator'],
    ])
    expect(attributes[2].values.at(-1)).toBe('more than 70')
    expect(licence).toBe('CC BY 4.0')
    expect(permittedUse).toMatch(/^Any use that names the source/)
  })

  it('may have its columns in another order, and no service_test', async () =>
    expect((await read('race,file,gender,age\nIndian,a.jpg,Male,0-2\n')).attributes.map(({ name }) => name)).toEqual([
      'race',
      'gender',
      'age',
    ]))

  it('may write 70+', async () =>
    expect(counts((await read('file,age,gender,race\na.jpg,70+,Male,Indian\n')).attributes[2]).at(-1)).toEqual([
      'more than 70',
      1,
    ]))

  it('is labelled by nobody when it is simulated', async () => {
    const { attributes, licence, permittedUse, simulated } = await read(row, { simulated: true })
    expect([attributes[0].labelledBy, licence, permittedUse, simulated]).toEqual(['simulated', null, undefined, true])
  })

  it('is refused with a column that it does not have', async () =>
    expect(await refused('file,age,gender,race,race_preds\na.jpg,0-2,Male,Indian,x\n')).toBe(
      'F:1: header: expected the columns file,age,gender,race,service_test but received also "race_preds". ' +
        'For a file with other columns use --dataset csv and --map attribute=column',
    ))

  it('is refused without a column that it must have', async () =>
    expect(await refused('file,age,sex,race\na.jpg,0-2,Male,Indian\n')).toContain(
      'F:1: header: expected a column "gender" but received the columns "file", "age", "sex", "race"',
    ))

  it('may rename and add columns by the map', async () => {
    const map = [
      { attribute: 'race', column: 'group' },
      { attribute: 'image', column: 'path' },
      { attribute: 'glasses', column: 'g' },
    ]
    const { images, attributes } = await read('path,age,gender,group,g\na.jpg,0-2,Male,Indian,yes\n', { map })
    expect(images).toEqual(['a.jpg'])
    expect(attributes.map(({ name, labelledBy }) => [name, labelledBy])).toEqual([
      ['race', 'annotator'],
      ['gender', 'annotator'],
      ['age', 'annotator'],
      ['glasses', 'unknown'],
    ])
  })

  it.each([
    ['Latino', 'Latino_Hispanic'],
    ['latino_hispanic', 'Latino_Hispanic'],
    ['black ', 'Black'],
  ])('is refused with the race %j, suggesting %j', async (race, meant) =>
    expect(await refused(`file,age,gender,race\na.jpg,0-2,Male,${race}\n`)).toContain(`Did you mean "${meant}"?`),
  )

  it('counts another spelling as unknown when the plan keeps unknown values', async () => {
    const content = 'file,age,gender,race\na.jpg,0-2,Male,Latino\nb.jpg,0-2,Male,\n'
    const { attributes, warnings } = await read(content, { unknownValues: 'keep' })
    expect(counts(attributes[0]).at(-1)).toEqual(['unknown', 2])
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['value.unlisted', 1]])
  })
})
