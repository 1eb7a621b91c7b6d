import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../src/audit/types/definitions.js'
import type { AttributeReading } from '../../../src/audit/types/reading.js'
import { counts, fairFacePlan, planOf, refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
const AGES = { edges: [0, 18, 65], names: ['0-17', '18-64', '65 and over'] }

function read(
  column: string,
  cells: readonly string[],
  reading: Omit<AttributeReading, 'name'>,
  parts: Partial<DatasetPlan> = {},
) {
  // prettier-ignore
  const content = `file,${column}\n${cells.map((cell, row) => `${row}.jpg,${cell}\n`).join('')}`
  const map = [{ attribute: 'a', column }]
  return readDataset(planOf(write(folder, content), { map, reading: { attributes: [{ name: 'a', ...reading }] }, ...parts })) // prettier-ignore
}
const refused = async (...how: Parameters<typeof read>) =>
  (await refusal(read(...how))).message.replaceAll(/\S+\.csv/g, 'F')

describe('what a plan says of an attribute', () => {
  it('takes other spellings for a value, and keeps which and how often', async () => {
    const { attributes } = await read('race', ['SE Asian', 'Southeast Asian', 'SE Asian', 'x'], { aliases: [['SE Asian', 'Southeast Asian'], ['x', 'unknown']] }) // prettier-ignore
    expect(counts(attributes[0])).toEqual([['Southeast Asian', 3], ['unknown', 1]]) // prettier-ignore
    expect(attributes[0].aliases).toEqual([['SE Asian', 'Southeast Asian', 2], ['x', 'unknown', 1]]) // prettier-ignore
  })

  it('puts numbers into bands: the lower edge belongs to the band, the last one is open', async () => {
    const { attributes } = await read('years', ['0', '17', '17.9', '18', '64', '65', '120', '', 'n/a'], { bins: AGES })
    expect(counts(attributes[0])).toEqual([['0-17', 3], ['18-64', 2], ['65 and over', 2], ['unknown', 2]]) // prettier-ignore
    expect(attributes[0].bins).toEqual([0, 18, 65])
  })

  it('has every band, also one without an image', async () =>
    expect(counts((await read('years', ['70'], { bins: AGES })).attributes[0])).toEqual([['0-17', 0], ['18-64', 0], ['65 and over', 1]])) // prettier-ignore

  it.each(['old', '-1', '1e2', ' 20', '0x10'])('refuses %j where numbers are banded, with its row', async (cell) =>
    expect(await refused('years', ['20', cell], { bins: AGES })).toBe(
      `F:3: a: expected a number from 0 on but received "${cell}" (1 row). Correct it, or set unknownValues to keep, to count it as unknown`,
    ),
  )

  it('counts it as unknown instead where the plan keeps such values', async () => {
    const { attributes, warnings } = await read('years', ['20', 'old'], { bins: AGES }, { unknownValues: 'keep' })
    expect(counts(attributes[0]).at(-1)).toEqual(['unknown', 1])
    expect(warnings.map(({ code }) => code)).toEqual(['value.unlisted'])
  })

  it('has the values of the plan in its order, and refuses others', async () => {
    const values = ['Male', 'Female']
    const { attributes } = await read('sex', ['Female', 'Male'], { values, labelledBy: 'self' })
    expect([attributes[0].values, attributes[0].labelledBy]).toEqual([values, 'self'])
    expect(await refused('sex', ['female'], { values })).toContain('Did you mean "Female"?')
  })

  it('may be filtered by a spelling as the file has it', async () => {
    const where = [{ attribute: 'a', values: ['m'] }]
    const { excluded } = await read('sex', ['m', 'f'], { aliases: [['m', 'Male'], ['f', 'Female']] }, { where }) // prettier-ignore
    expect([...excluded.keys()]).toEqual([1])
  })

  it('is added to what a format knows', async () => {
    const labels = write(folder, 'file,age,gender,race\na.jpg,0-2,Male,Hispanic\n')
    const reading = { attributes: [{ name: 'race', aliases: [['Hispanic', 'Latino_Hispanic']] as const }] }
    const { attributes } = await readDataset(fairFacePlan(labels, { reading }))
    expect(attributes[0].values[attributes[0].codes[0]]).toBe('Latino_Hispanic')
    expect(attributes[0].labelledBy).toBe('annotator')
  })

  it('is refused of an attribute that the dataset does not have', async () =>
    expect(await refused('sex', ['m'], {}, { reading: { attributes: [{ name: 'region', labelledBy: 'self' }] } })).toBe(
      'F: attributes "region": expected an attribute of the dataset ("a") but received "region". Give it a column: under attributes, with column:',
    ))

  it('is refused where an alias means a value that there is not', async () =>
    expect(await refused('sex', ['m'], { values: ['Male', 'Female'], aliases: [['m', 'Mael']] })).toBe(
      'F: attributes "a": aliases "m": expected one of "Male", "Female" but received "Mael". Did you mean "Male"?',
    ))

  it('leaves a simulated dataset simulated', async () =>
    expect((await read('sex', ['m'], { labelledBy: 'self' }, { simulated: true })).attributes[0].labelledBy).toBe('simulated')) // prettier-ignore
})

describe('a label file in another form', () => {
  it('may be divided by another character, and in another encoding', async () => {
    const text = 'file;group\na.jpg;\u0000\n'
    const korean = Buffer.concat([
      Buffer.from(text.split('\u0000')[0]),
      Buffer.from([0xc7, 0xd1, 0xb1, 0xb9]),
      Buffer.from('\n'),
    ]) // 한국 in CP949
    const map = [{ attribute: 'g', column: 'group' }]
    const { attributes } = await readDataset(planOf(write(folder, korean), { map, reading: { delimiter: ';', encoding: 'cp949' } })) // prettier-ignore
    expect(attributes[0].values).toEqual(['한국'])
  })

  it('is refused in an encoding that it is not in', async () => {
    const labels = write(folder, Buffer.from([0x66, 0x2c, 0x67, 0x0a, 0xff, 0xff, 0x0a]))
    const { message } = await refusal(readDataset(planOf(labels, { reading: { encoding: 'cp949' } })))
    expect(message).toContain('expected text in the encoding euc-kr but received bytes that are not EUC-KR')
  })
})
