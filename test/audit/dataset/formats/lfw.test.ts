import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { planOf, refusal, testFolder, write } from '../helpers.js'
import { labelledByOf, rowsOf } from './rows-of.js'

const folder = testFolder()

const LABELS = [
  '# lfw_attributes v1.0',
  '#\tperson\timagenum\tMale\tAsian\tSmiling',
  'Aaron Eckhart\t1\t1.568\t-1.889\t0.05',
  'Ana Maria de Souza\t12\t-0.03\t0.2\t-2e-1',
  '',
].join('\n')

const read = (content: string, parts: Partial<DatasetPlan> = {}) => readDataset(planOf(write(folder, content), { format: 'lfw', ...parts })) // prettier-ignore
const refused = async (content: string) => (await refusal(read(content))).message.replaceAll(/\S+\.csv/g, 'F')

describe('LFW', () => {
  it('finds an image by person and number, and reads a score above 0 as there', async () => {
    const map = [{ attribute: 'asian', column: 'Asian' }]
    const dataset = await read(LABELS, { map })
    expect(rowsOf(dataset)).toEqual([
      ['Aaron_Eckhart/Aaron_Eckhart_0001.jpg', 'Male', 'no'],
      ['Ana_Maria_de_Souza/Ana_Maria_de_Souza_0012.jpg', 'Female', 'yes'],
    ])
    expect(dataset.subjects).toEqual(['Aaron Eckhart', 'Ana Maria de Souza'])
  })

  it('counts scores within the dead zone as unknown, and says so', async () => {
    const map = [{ attribute: 'smile', column: 'Smiling' }]
    const dataset = await read(LABELS, { map, reading: { deadZone: 0.05 } })
    expect(rowsOf(dataset).map(([, ...values]) => values)).toEqual([['Male', 'unknown'], ['unknown', 'no']]) // prettier-ignore
    expect(dataset.attributes[0].note).toBe('score of a classifier above 0; unknown from -0.05 to 0.05')
  })

  it('is labelled by a machine, all of it', async () => {
    const dataset = await read(LABELS, { map: [{ attribute: 'asian', column: 'Asian' }] })
    expect(labelledByOf(dataset)).toEqual([['gender', 'machine'], ['asian', 'machine']]) // prettier-ignore
    expect(dataset.permittedUse).toMatch(/any commercial purpose/)
  })

  it('finds the images in one folder a person', async () => {
    write(folder, 'x', 'lfw/Aaron_Eckhart/Aaron_Eckhart_0001.jpg')
    const { paths, quarantined } = await read(LABELS, { images: join(folder, 'lfw') })
    expect(paths?.[0]).toBe(join(folder, 'lfw/Aaron_Eckhart/Aaron_Eckhart_0001.jpg'))
    expect([...quarantined.values()].map(({ code }) => code)).toEqual(['file.missing'])
  })

  it('is refused with a cell that is no score', async () => {
    expect(await refused(LABELS.replace('1.568', 'male'))).toContain('F:3: gender: expected one of "Male", "Female" but received "male" (1 row)') // prettier-ignore
    expect(await refused(LABELS.replace('1.568', ''))).toContain('received "no score"')
  })

  it('is refused with another file, and with a row that is cut', async () => {
    expect(await refused('a,b\n1,2\n')).toBe(
      'F:2: expected the columns person, imagenum, Male, ..., separated by tabs, as in lfw_attributes.txt but received "1,2". Name lfw_attributes.txt with --labels; the images alone have no labels',
    )
    expect(await refused(LABELS.replace('\t-2e-1', ''))).toBe(
      'F:4: expected 5 fields but received 4. Get the file again; it was cut or edited',
    )
  })
})
