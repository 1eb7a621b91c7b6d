import { describe, expect, it } from 'vitest'
import { readDecisionsFiles } from '../../../src/audit/dataset/read-annotators.js'
import { datasetOf, labelSetOf } from './decisions-fixture.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
const SET = labelSetOf('s', ['human', 'thief'])
const DATASET = datasetOf(['a.jpg', 'b.jpg', 'c.jpg'])
const read = (content: string, sets = [SET]) => readDecisionsFiles(write(folder, content), DATASET, sets)
const refused = async (content: string, sets = [SET]): Promise<string> =>
  (await refusal(read(content, sets))).message.replaceAll(/\S+\.csv(?=:)/g, 'F')

describe('readDecisionsFiles', () => {
  it('makes a decider of each person, by name, and of what most of them said', async () => {
    const files = await read(
      'image,annotator,label\na.jpg,Q,thief\na.jpg,P,human\nb.jpg,P,human\nb.jpg,Q,human\nc.jpg,P,thief\n',
    )
    expect(files.map(({ decidedBy }) => decidedBy)).toEqual([
      { kind: 'annotator', annotator: 'P', condition: null },
      { kind: 'annotator', annotator: 'Q', condition: null },
      { kind: 'majority', people: 2, condition: null },
    ])
    expect(files.map(({ decisions }) => [...decisions[0].winner])).toEqual([
      [0, 0, 1],
      [1, 0, -1],
      [-1, 0, 1],
    ])
    expect(files.map(({ source }) => source.rows)).toEqual([3, 2, 5])
    expect(files[2].warnings).toEqual([expect.objectContaining({ code: 'decisions.majority-tied', count: 1 })])
  })
  it('keeps conditions apart, each with a majority of its own', async () => {
    const files = await read(
      'image,annotator,condition,label\na.jpg,P,one-shot,human\na.jpg,P,zero-shot,thief\na.jpg,Q,one-shot,human\n',
    )
    expect(files.map(({ decidedBy }) => [decidedBy?.kind, decidedBy?.condition])).toEqual([
      ['annotator', 'one-shot'],
      ['annotator', 'one-shot'],
      ['majority', 'one-shot'],
      ['annotator', 'zero-shot'],
    ])
  })
  it('reads a file without people as before', async () => {
    const files = await read('image,labelSet,label\na.jpg,s,thief\n')
    expect(files.map(({ decidedBy, decisions }) => [decidedBy, decisions[0].winner[0]])).toEqual([[undefined, 1]])
  })
  it('refuses a second decision of one person, an unknown image, and a person without a name', async () => {
    expect(await refused('image,annotator,label\na.jpg,P,human\na.jpg,P,thief\n')).toContain('one decision for "a.jpg"')
    expect(await refused('image,annotator,label\nx.jpg,P,human\n')).toContain('an image of the label file')
    expect(await refused('image,annotator,label\na.jpg,,human\n')).toContain('F:2: annotator: expected a name')
  })
  it('asks which label set is meant where the run has several', async () => {
    const other = labelSetOf('o', ['x', 'y'])
    expect(await refused('image,annotator,label\na.jpg,P,human\n', [SET, other])).toContain('a column "labelSet"')
    const files = await read('image,annotator,labelSet,label\na.jpg,P,s,human\na.jpg,P,o,y\n', [SET, other])
    expect(files[0].decisions.map(({ winner }) => winner[0])).toEqual([0, 1])
  })
  it('refuses a crowd', async () => {
    const rows = Array.from({ length: 51 }, (_, person) => `a.jpg,P${person},human`).join('\n')
    expect(await refused(`image,annotator,label\n${rows}\n`)).toContain('at most 50 people')
  })
})
