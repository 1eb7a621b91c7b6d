import { describe, expect, it } from 'vitest'
import { readDecisionsFile } from '../../../src/audit/dataset/read-decisions.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'
import { datasetOf, labelSetOf } from './decisions-fixture.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
const SET = labelSetOf('s', ['human', 'thief', 'criminal'])
const DATASET = datasetOf(['a.jpg', 'b.jpg', 'c.jpg'])

function read(content: string, dataset: Dataset = DATASET, sets = [SET]) {
  return readDecisionsFile(write(folder, content), dataset, sets)
}
const refused = async (content: string, dataset?: Dataset, sets?: (typeof SET)[]): Promise<string> =>
  (await refusal(read(content, dataset, sets))).message.replaceAll(/\S+\.csv(?=:)/g, 'F')

describe('readDecisionsFile', () => {
  it('joins decisions to the dataset by image name; the others stay undecided', async () => {
    const { decisions, source, warnings } = await read('image,labelSet,label\nc.jpg,s,thief\na.jpg,s,human\n')
    expect(decisions).toHaveLength(1)
    expect([...decisions[0].winner]).toEqual([0, -1, 1])
    expect([...decisions[0].runnerUp]).toEqual([-1, -1, -1])
    expect(decisions[0].scores).toBeNull()
    expect([source.rows, warnings]).toEqual([2, []])
  })

  it('matches names on their NFC form', async () => {
    const { decisions } = await read(`image,labelSet,label\n${'é'.normalize('NFD')},s,thief\n`, datasetOf(['é']))
    expect([...decisions[0].winner]).toEqual([1])
  })

  it('reads scores when similarity and margin are there; an empty cell is no score', async () => {
    const { decisions } = await read(
      'image,labelSet,label,outcome,similarity,probability,margin,runnerUp\n' +
        'a.jpg,s,human,person,0.25,0.5,0,thief\nb.jpg,s,thief,crime,,,,\n',
    )
    expect(decisions[0].scores).toEqual({
      similarity: Float32Array.of(0.25, NaN, NaN),
      margin: Float32Array.of(0, NaN, NaN),
      probability: Float64Array.of(0.5, NaN, NaN),
    })
    expect([...decisions[0].runnerUp]).toEqual([1, -1, -1])
    expect([...decisions[0].exactTies]).toEqual([1, 0, 0])
  })

  it('gives the label sets in the order of the run', async () => {
    const other = labelSetOf('o', ['x', 'y'])
    const { decisions } = await read('image,labelSet,label\na.jpg,s,human\na.jpg,o,y\n', DATASET, [other, SET])
    expect(decisions.map(({ labelSet, winner }) => [labelSet, winner[0]])).toEqual([
      ['o', 1],
      ['s', 0],
    ])
  })

  it('leaves out label sets that the run does not ask for, and counts them', async () => {
    const { decisions, warnings } = await read('image,labelSet,label\na.jpg,s,human\na.jpg,other,x\nb.jpg,other,y\n')
    expect(decisions).toHaveLength(1)
    expect(warnings).toEqual([expect.objectContaining({ code: 'decisions.other-label-set', count: 2 })])
  })

  it('leaves out decisions about rows that are not processed, and counts them', async () => {
    const dataset = datasetOf(['a.jpg', 'b.jpg', 'a.jpg'], {
      excluded: new Map([[1, 'where race=x']]),
      quarantined: new Map([[2, { code: 'row.duplicate', reason: '' }]]),
    })
    const { decisions, warnings } = await read('image,labelSet,label\na.jpg,s,thief\nb.jpg,s,thief\n', dataset)
    expect([...decisions[0].winner]).toEqual([1, -1, -1])
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['decisions.not-processed', 1]])
  })

  it('says which columns are ignored, and that half of the scores are none', async () => {
    const { decisions, warnings } = await read('image,labelSet,label,camera,margin\na.jpg,s,human,x,0.1\n')
    expect(decisions[0].scores).toBeNull()
    expect(warnings.map(({ code }) => code)).toEqual(['decisions.column-ignored', 'decisions.scores-incomplete'])
  })
})

describe('a decisions file is refused with its line', () => {
  const HEADER = 'image,labelSet,label,outcome,similarity,probability,margin,runnerUp\n'

  it.each([
    ['without a required column', 'image,labelSet\na.jpg,s\n', 'F:1: header: expected a column "label"'],
    ['with a misspelt column', 'image,labelSet,label,similarty\n', 'F:1: header: expected the columns image,labelSet'],
    ['without rows', 'image,labelSet,label\n', '0 rows'],
    ['for an unknown label', `${HEADER}a.jpg,s,theif,,,,,\n`, 'received "theif". Did you mean "thief"?'],
    ['for the text of a label', `${HEADER}a.jpg,s,a thief,,,,,\n`, 'This is a label\'s text; its id is "thief"'],
    [
      'for decisions under another label set alone',
      `${HEADER}a.jpg,S,human,,,,,\n`,
      'F: labelSet: expected decisions for every label set of the run but received none for "s". The file has "S"',
    ],
    ['for an unknown image', `${HEADER}z.jpg,s,human,,,,,\n`, 'F:2: image: expected an image of the label file'],
    [
      'for another outcome',
      `${HEADER}a.jpg,s,thief,person,,,,\n`,
      'F:2: outcome: expected "crime", the outcome of "thief"',
    ],
    ['for a similarity that is a logit', `${HEADER}a.jpg,s,thief,,24.1,,,\n`, 'expected a cosine from -1 to 1'],
    ['for a negative margin', `${HEADER}a.jpg,s,thief,,0.2,,-0.1,\n`, 'F:2: margin: expected a difference of cosines'],
    ['for a number in words', `${HEADER}a.jpg,s,thief,,0.2,high,0.1,\n`, 'F:2: probability: expected a share'],
    ['for a runner-up that won', `${HEADER}a.jpg,s,thief,,,,,thief\n`, 'F:2: runnerUp: expected another label'],
  ])('%s', async (_, content, message) => expect(await refused(content)).toContain(message))

  it('when an image comes twice for one label set', async () =>
    expect(await refused(`${HEADER}a.jpg,s,human,,,,,\na.jpg,s,thief,,,,,\n`)).toBe(
      'F:3: image: expected one decision for "a.jpg" but received a second one, after line 2',
    ))

  it('when a label set of the run has no row', async () =>
    expect(await refused(`${HEADER}a.jpg,s,human,,,,,\n`, DATASET, [SET, labelSetOf('o', ['x', 'y'])])).toContain(
      'expected decisions for every label set of the run but received none for "o"',
    ))

  it('with twenty faults at once, and no more', async () => {
    const error = await refusal(read(HEADER + 'z.jpg,s,human,,,,,\n'.repeat(100)))
    expect(error.faults).toHaveLength(20)
  })
})
