import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { planOf, refusal, testFolder, write } from '../helpers.js'
import { rowsOf } from './rows-of.js'

const folder = testFolder()
let folders = 0

const LABELS = `3
5_o_Clock_Shadow Male Smiling Young
000001.jpg -1  1 -1  1
000002.jpg  1 -1  1 -1
000003.jpg -1 -1 -1  1
`
const IDENTITIES = '000001.jpg 2880\n000002.jpg 2880\n000003.jpg 99\n'
const SPLITS = '000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n'

/** Reads labels with the files beside them, all in a folder of their own. */
function read(files: Readonly<Record<string, string>>, parts: Partial<DatasetPlan> = {}) {
  const own = join(folder, `celeba-${folders++}`)
  for (const [name, content] of Object.entries(files)) write(own, content, name)
  return readDataset(planOf(join(own, Object.keys(files)[0]), { format: 'celeba', ...parts }))
}
const refused = async (files: Readonly<Record<string, string>>) =>
  (await refusal(read(files))).message.replaceAll(/\S+\/celeba-\d+\//g, '')

describe('CelebA', () => {
  it('is read with the identities and the split that lie beside it', async () => {
    const dataset = await read({
      'list_attr_celeba.txt': LABELS,
      'identity_CelebA.txt': IDENTITIES,
      'list_eval_partition.txt': SPLITS,
    })
    expect(dataset.attributes.map(({ name }) => name)).toEqual(['gender', 'young', 'split'])
    expect(rowsOf(dataset)).toEqual([
      ['000001.jpg', 'Male', 'yes', 'train'],
      ['000002.jpg', 'Female', 'no', 'valid'],
      ['000003.jpg', 'Female', 'yes', 'test'],
    ])
    expect(dataset.subjects).toEqual(['2880', '2880', '99'])
    expect(dataset.sources.map(({ file, rows }) => [file, rows])).toEqual([
      ['list_attr_celeba.txt', 3],
      ['identity_CelebA.txt', 3],
      ['list_eval_partition.txt', 3],
    ])
    expect(new Set(dataset.sources.map(({ sha256 }) => sha256)).size).toBe(3)
    expect(dataset.warnings).toEqual([])
  })

  it('says that -1 was read as a value, and how often', async () =>
    expect((await read({ 'list_attr_celeba.txt': LABELS })).attributes[0].aliases).toEqual([
      ['-1', 'Female', 2],
      ['1', 'Male', 1],
    ]))

  it('takes any other of its columns by the map', async () => {
    const map = [{ attribute: 'smile', column: 'Smiling' }]
    const { attributes } = await read({ 'list_attr_celeba.txt': LABELS }, { map })
    expect(attributes[2]).toMatchObject({ name: 'smile', values: ['yes', 'no'], labelledBy: 'annotator' })
    expect([...attributes[2].codes]).toEqual([1, 0, 1])
  })

  it('warns where nothing tells which images show one person', async () => {
    const { warnings, subjects } = await read({ 'list_attr_celeba.txt': LABELS })
    expect([warnings.map(({ code }) => code), subjects]).toEqual([['celeba.no-identities'], null])
  })

  it('may be the usual CSV copy, with its CSV split', async () => {
    const dataset = await read({
      'list_attr_celeba.csv': 'image_id,Male,Young\n000001.jpg,1,-1\n000002.jpg,-1,1\n',
      'list_eval_partition.csv': 'image_id,partition\n000001.jpg,2\n000002.jpg,0\n',
    })
    expect(rowsOf(dataset)).toEqual([
      ['000001.jpg', 'Male', 'no', 'test'],
      ['000002.jpg', 'Female', 'yes', 'train'],
    ])
  })

  it('has terms that were not verified, and says so', async () => {
    const { licence, permittedUse } = await read({ 'list_attr_celeba.txt': LABELS })
    expect(licence).toBe('CelebA dataset release agreement')
    expect(permittedUse).toContain('was not held against')
  })

  it('is refused where the file is cut, with what the first line promised', async () =>
    expect(await refused({ 'list_attr_celeba.txt': LABELS.replace(/000003.*\n/, '') })).toBe(
      'list_attr_celeba.txt:1: expected 3 rows, as the first line says but received 2. Get the file again; for a part of the images keep the file whole and use --where',
    ))

  it('is refused where a row is cut', async () =>
    expect(await refused({ 'list_attr_celeba.txt': LABELS.replace('1 -1\n', '1\n') })).toBe(
      'list_attr_celeba.txt:4: expected 5 fields but received 4. Get the file again; it was cut or edited',
    ))

  it('is refused with another mark than 1 and -1', async () =>
    expect(await refused({ 'list_attr_celeba.txt': LABELS.replace('-1  1 -1  1', '-1  0 -1  1') })).toContain(
      'list_attr_celeba.txt:3: gender: expected one of "1", "-1", "Male", "Female" but received "0" (1 row)',
    ))

  it('is refused with another file, named as what it is', async () =>
    expect(await refused({ 'list_bbox.txt': 'image_id x_1 y_1\n' })).toContain(
      'list_bbox.txt:1: expected the number of images, as in list_attr_celeba.txt',
    ))

  it('is refused with a broken identity, and with an image that has none', async () => {
    const broken = { 'list_attr_celeba.txt': LABELS, 'identity_CelebA.txt': '000001.jpg\n' }
    expect(await refused(broken)).toContain('identity_CelebA.txt:1: expected an image and the number of a person')
    const splitOf = (rows: string) => refused({ 'list_attr_celeba.txt': LABELS, 'list_eval_partition.txt': rows })
    for (const row of ['000001.jpg', '000001.jpg x', '000001.jpg 0.0', ''])
      expect(await splitOf(`${row}\n`)).toContain('list_eval_partition.txt:1: expected an image and 0, 1 or 2')
    expect(await splitOf('000001.jpg 0\n000001.jpg 1\n')).toContain('list_eval_partition.txt:2: expected an image and 0, 1 or 2 but received a second row of "000001.jpg"') // prettier-ignore
    const missing = { 'list_attr_celeba.txt': LABELS, 'identity_CelebA.txt': '000001.jpg 7\n' }
    expect(await refused(missing)).toContain('list_attr_celeba.txt:4: subject: expected a subject in every row')
  })
})
