import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { planOf, refusal, testFolder, write } from '../helpers.js'
import { labelledByOf, rowsOf } from './rows-of.js'

const folder = testFolder()

const FRAMES = [
  { subject_id: '1', age: '20', gender: 'Female', 'skin-type': '5', img_path: '1/a.jpg' },
  { subject_id: '1', age: '20', gender: 'Female', 'skin-type': '5', img_path: '1/b.jpg' },
  { subject_id: '2', age: '85', gender: 'N/A', 'skin-type': '1', img_path: '2/a.jpg' },
]

const read = (content: string, parts: Partial<DatasetPlan> = {}) => readDataset(planOf(write(folder, content), { format: 'casual-conversations', ...parts })) // prettier-ignore
const read2 = (content: string) => read(content, { format: 'casual-conversations-2' })
const refused = async (content: string) => (await refusal(read(content))).message.replaceAll(/\S+\.csv/g, 'F')

describe('Casual Conversations 1', () => {
  it.each([
    ['a list of objects', JSON.stringify(FRAMES, null, 1)],
    ['one object a line', FRAMES.map((frame) => `${JSON.stringify(frame)}\n`).join('')],
    ['CSV', `${Object.keys(FRAMES[0]).join(',')}\n${FRAMES.map((frame) => `${Object.values(frame).join(',')}\n`).join('')}`], // prettier-ignore
  ])('is read from frames as %s', async (_, content) => {
    const dataset = await read(content)
    expect(rowsOf(dataset)).toEqual([
      ['1/a.jpg', 'Female', '20-29', 'Fitzpatrick V'],
      ['1/b.jpg', 'Female', '20-29', 'Fitzpatrick V'],
      ['2/a.jpg', 'unknown', 'more than 70', 'Fitzpatrick I'],
    ])
    expect(dataset.subjects).toEqual(['1', '1', '2'])
  })

  it('keeps apart what people say of themselves and what annotators saw', async () => {
    const dataset = await read(JSON.stringify(FRAMES))
    expect(labelledByOf(dataset)).toEqual([['gender', 'self'], ['age', 'self'], ['skin-type', 'annotator']]) // prettier-ignore
    expect(dataset.licence).toBe('Meta data user agreement')
    expect(dataset.permittedUse).toContain('not for training')
  })

  it('takes columns of other names', async () => {
    const content = 'file,who,years,gender,skin-type\na.jpg,1,30,Male,2\n'
    const map = [['image', 'file'], ['subject', 'who'], ['age', 'years']].map(([attribute, column]) => ({ attribute, column })) // prettier-ignore
    expect(rowsOf(await read(content, { map }))).toEqual([['a.jpg', 'Male', '30-39', 'Fitzpatrick II']])
  })

  it('is read in the encoding that is named', async () => {
    const korean = Buffer.concat([Buffer.from('img_path,subject_id,age,gender,skin-type\n'), Buffer.from([0xb0, 0xa1]), Buffer.from('.jpg,1,30,Male,2\n')]) // prettier-ignore
    const { images } = await readDataset(planOf(write(folder, korean), { format: 'casual-conversations', reading: { encoding: 'cp949' } })) // prettier-ignore
    expect(images).toEqual(['가.jpg'])
  })

  it('is refused as the file of videos that it is given with, and says what is needed', async () => {
    const message = await refused('{\n "1": { "label": { "age": "20" }, "files": ["1.mp4"] }\n}\n')
    expect(message).toContain('F: expected a table with one row per frame but received one JSON object over several lines') // prettier-ignore
    expect(message).toContain('list the frames that you took from them')
    expect(await refused('video,age\n1.mp4,20\n')).toContain('expected a column "img_path"')
  })

  it('is refused where a list is cut, or holds something else', async () => {
    expect(await refused(JSON.stringify(FRAMES, null, 1).slice(0, -3))).toContain('expected a list that ends here but received the end of the file. The file was cut or joined') // prettier-ignore
    expect(await refused('[{"a":"1"},\n{"a":"2"}}')).toContain('F:2: expected ] but received }. The file was cut')
    expect(await refused('[{"a":"1"},\n,{}]')).toContain(
      'F:2: expected a JSON object before it but received ,. The file',
    )
    expect(await refused('[{"a":"1"},]')).toContain('F:1: expected a JSON object before it but received ]')
    expect(await refused('[]')).toContain('0 rows')
    expect(await refused('[\n{"img_path": "a.jpg"},\n3]')).toContain('expected a list of JSON objects but received 3')
    expect(await refused('[{"img_path": "a.jpg", "img_path": "b.jpg"}]')).toContain('F:1: expected every key once')
  })

  it('is refused with an age that is no number', async () =>
    expect(await refused(JSON.stringify([{ ...FRAMES[0], age: 'thirty' }]))).toContain('age: expected a number from 0 on but received "thirty" (1 row)')) // prettier-ignore
})

describe('Casual Conversations 2', () => {
  const header = 'img_path,subject_id,age,gender,fitzpatrick_skin_tone,monk_skin_tone\n'

  it('keeps genders as people call themselves, and both scales of skin tone', async () => {
    const dataset = await read2(`${header}a.jpg,1,33,cis woman,type iv,scale 5\nb.jpg,2,prefer not to say,,ii,10\n`)
    expect(rowsOf(dataset)).toEqual([
      ['a.jpg', 'cis woman', '30-39', 'Fitzpatrick IV', 'Monk 5'],
      ['b.jpg', 'unknown', 'unknown', 'Fitzpatrick II', 'Monk 10'],
    ])
    expect(dataset.warnings.map(({ code, count }) => [code, count])).toEqual([['value.prefer-not-to-say', 1]])
  })

  it('does without a scale of skin tone that the table lacks', async () => {
    const { attributes } = await read2('img_path,subject_id,age,gender\na.jpg,1,33,non-binary\n')
    expect(attributes.map(({ name }) => name)).toEqual(['gender', 'age'])
  })

  it('is refused with a gender of another list', async () =>
    expect((await refusal(read2(`${header}a.jpg,1,33,Female,i,1\n`))).message).toContain('gender: expected one of "cis man", "cis woman"')) // prettier-ignore
})
