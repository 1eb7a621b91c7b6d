import { describe, expect, it } from 'vitest'
import { readDecisionsFile } from '../../../src/audit/dataset/read-decisions.js'
import { readLabelSet } from '../../../src/audit/definitions/shipped.js'
import { datasetOf } from './decisions-fixture.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
const GENDER = readLabelSet('fairface-gender')
const PAPER = readLabelSet('clip-paper')
const DATASET = datasetOf(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'])
const MAP = [
  { of: 'fairface-gender', column: 'gender_preds' },
  { of: 'image', column: 'file' },
]

function read(content: string, map = MAP, sets = [GENDER]) {
  return readDecisionsFile(write(folder, content), DATASET, sets, map)
}

describe('a decisions file with one column for each label set', () => {
  it('names a label by its id, its text, its prompt or the value that it alone implies', async () => {
    const { decisions, source } = await read(
      'file,age,gender_preds\na.jpg,3-9,man\nb.jpg,,a woman\nc.jpg,,a photo of a man\nd.jpg,,Female\n',
    )
    expect([...decisions[0].winner]).toEqual([0, 1, 0, 1])
    expect(decisions[0].scores).toBeNull()
    expect(source.rows).toBe(4)
  })

  it('leaves an image with an empty cell undecided', async () => {
    const { decisions } = await read('file,gender_preds\na.jpg,\nb.jpg,Male\n')
    expect([...decisions[0].winner]).toEqual([-1, 0, -1, -1])
  })

  it('refuses a value that several labels imply, with line and label set', async () => {
    const map = [
      { of: 'clip-paper', column: 'x' },
      { of: 'image', column: 'file' },
    ]
    const { message } = await refusal(read('file,x\na.jpg,gorilla\nb.jpg,Male\n', map, [PAPER]))
    expect(message).toMatch(/:3: label: expected a label id of .*clip-paper.* but received "Male"/)
  })

  it('refuses a column that is not there, and names those that are', async () => {
    const { message } = await refusal(read('file,gender\na.jpg,Male\n'))
    expect(message).toMatch(/:1: header: expected .*gender_preds.*/)
  })

  it('refuses an image twice', async () => {
    const { message } = await refusal(read('file,gender_preds\na.jpg,Male\na.jpg,Male\n'))
    expect(message).toMatch(/:3: image: expected one decision for "a.jpg"/)
  })
})
