import { join } from 'node:path'
import fc from 'fast-check'
import { parquetWriteFile } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { readDecisionsFile } from '../../../src/audit/dataset/read-decisions.js'
import type { DecisionsColumn, LabelSet } from '../../../src/audit/types/definitions.js'
import { datasetOf, labelSetOf } from './decisions-fixture.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
const DATASET = datasetOf(['a.jpg', 'b.jpg', 'c.jpg'])
/** Three labels by text and aliases, and none for other words. */
const STRICT: LabelSet = {
  ...labelSetOf('service', ['human', 'thief', 'other']),
  labels: [
    { id: 'human', text: 'a person', outcome: 'person', implies: [], aliases: ['Person', 'Human face'] },
    { id: 'thief', text: 'a thief', outcome: 'crime', implies: [], aliases: ['Burglar'] },
    { id: 'other', text: 'something else', outcome: 'person', implies: [] },
  ],
}
const LENIENT: LabelSet = { ...STRICT, otherLabels: 'other' }

let files = 0
function read(
  content: string | object[],
  { sets = [LENIENT], map = [], dataset = DATASET }: { sets?: LabelSet[]; map?: DecisionsColumn[]; dataset?: typeof DATASET } = {}, // prettier-ignore
) {
  const isText = typeof content === 'string'
  const text = isText ? content : content.map((one) => `${JSON.stringify(one)}\n`).join('')
  return readDecisionsFile(write(folder, text, `scored-${files++}.${isText ? 'csv' : 'jsonl'}`), dataset, sets, map)
}
const refused = async (...asked: Parameters<typeof read>): Promise<string> =>
  (await refusal(read(...asked))).message.replaceAll(/\S+scored-\d+\.(csv|jsonl)/g, 'F')

const winners = async (...asked: Parameters<typeof read>): Promise<(string | null)[]> => {
  const { decisions } = await read(...asked)
  return [...decisions[0].winner].map((index) => (index < 0 ? null : STRICT.labels[index].id))
}

describe('labels with scores, as services give them', () => {
  const WANTED = ['thief', 'human', 'other']

  it('takes the best label of each image from rows that need not stand together', async () =>
    expect(
      await winners(
        'image,label,score\na.jpg,Person,0.4\nb.jpg,Human face,0.9\nc.jpg,Sky,0.5\na.jpg,Burglar,0.7\nb.jpg,Burglar,0.1\n',
      ),
    ).toEqual(WANTED))

  it('reads labelAnnotations with description and score', async () => {
    const annotation = (description: string, score: number): object => ({ mid: '/m/1', description, score, topicality: score }) // prettier-ignore
    expect(
      await winners([
        { image: 'a.jpg', labelAnnotations: [annotation('Burglar', 0.97), annotation('Person', 0.8)] },
        { image: 'b.jpg', labelAnnotations: [annotation('Human face', 0.9)] },
        { image: 'c.jpg', labelAnnotations: [annotation('Sky', 0.6), annotation('Person', 0.5)] },
      ]),
    ).toEqual(WANTED)
  })

  it('reads Labels with Name and Confidence, with other lists inside each label', async () => {
    const label = (Name: string, Confidence: number): object => ({ Name, Confidence, Instances: [{ Confidence: 99, BoundingBox: { Width: 0.1 } }], Parents: [{ Name: 'X' }], Categories: [{ Name: 'Y' }] }) // prettier-ignore
    const made = await read([
      { image: 'a.jpg', Labels: [label('Person', 80.5), label('Burglar', 99.1)], LabelModelVersion: '3.0' },
      { image: 'b.jpg', Labels: [label('Person', 99)] },
      { image: 'c.jpg', Labels: [label('Sky', 55)] },
    ])
    expect([...made.decisions[0].winner]).toEqual([1, 0, 2])
    expect(made.warnings.map(({ code }) => code)).toEqual(['decisions.scores-of-another-scale', 'decisions.other-labels']) // prettier-ignore
    expect(made.warnings[0].message).toContain('from 55 to 99.1')
    expect(made.warnings[1].message).toContain('"Sky" (1)')
  })

  it('reads tags with name and confidence that lie in a nested result', async () =>
    expect(
      await winners([
        { image: 'a.jpg', tagsResult: { values: [{ name: 'burglar', confidence: 0.99 }] } },
        { image: 'b.jpg', tagsResult: { values: [{ name: 'person', confidence: 0.9 }, { name: 'thief', confidence: 0.2 }] } }, // prettier-ignore
        { image: 'c.jpg', tagsResult: { values: [{ name: 'sky', confidence: 0.9 }] } },
      ]),
    ).toEqual(WANTED))

  it('reads a list of structs in a Parquet file', async () => {
    const filename = join(folder, 'nested.parquet')
    parquetWriteFile({
      filename,
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'image', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
        { name: 'labels', num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
        { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
        { name: 'element', num_children: 2, repetition_type: 'OPTIONAL' },
        { name: 'name', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        { name: 'score', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
      ],
      columnData: [
        { name: 'image', data: ['a.jpg', 'b.jpg', 'c.jpg'] },
        { name: 'labels', data: [[{ name: 'Person', score: 0.1 }, { name: 'Burglar', score: 0.7 }], [{ name: 'Person', score: 0.6 }], [{ name: 'Sky', score: 0.5 }]] }, // prettier-ignore
      ],
    })
    const { decisions } = await readDecisionsFile(filename, DATASET, [LENIENT])
    expect([...decisions[0].winner]).toEqual([1, 0, 2])
    expect([...decisions[0].runnerUp]).toEqual([0, -1, -1])
  })

  it('keeps no score of another scale, and says of near-ties that they are unknown', async () => {
    const { decisions } = await read('image,label,score\na.jpg,Person,0.40001\na.jpg,Burglar,0.4\n')
    expect(decisions[0]).toMatchObject({ scores: null, isOfAnotherScale: true })
    expect([...decisions[0].runnerUp]).toEqual([1, -1, -1])
  })

  it('takes cosines for what they are: similarity and margin of the best label', async () => {
    const { decisions, warnings } = await read(
      'image,label,similarity\na.jpg,Person,0.25\na.jpg,Burglar,0.125\nb.jpg,Burglar,0.5\nb.jpg,Person,0.5\nc.jpg,Person,0.1\n',
    )
    expect(decisions[0].isOfAnotherScale).toBeUndefined()
    expect(decisions[0].scores).toMatchObject({
      similarity: Float32Array.of(0.25, 0.5, 0.1),
      margin: Float32Array.of(0.125, 0, NaN),
    })
    expect([...decisions[0].exactTies]).toEqual([0, 1, 0])
    expect([...decisions[0].winner]).toEqual([0, 0, 0])
    expect(warnings).toEqual([])
  })

  it('counts several words for one label once, and equal scores for the label that comes first', async () => {
    const { decisions, warnings } = await read(
      'image,label,score\na.jpg,Person,0.9\na.jpg,Human face,0.8\na.jpg,Burglar,0.7\nb.jpg,Burglar,1\nb.jpg,Person,1\n',
    )
    expect([...decisions[0].winner]).toEqual([0, 0, -1])
    expect([...decisions[0].runnerUp]).toEqual([1, 1, -1])
    expect(warnings.map(({ code, count }) => [code, count])).toContainEqual(['decisions.equal-scores', 1])
  })

  it('leaves an image without any label undecided and says so', async () => {
    const { decisions, warnings } = await read([
      { image: 'a.jpg', labels: [] },
      { image: 'b.jpg', labels: [{ name: 'Person', score: 1 }] },
    ])
    expect([...decisions[0].winner]).toEqual([-1, 0, -1])
    expect(warnings.map(({ code, count }) => [code, count])).toContainEqual(['decisions.no-label', 1])
  })

  it('reads a column for each of several label sets where the user says so', async () => {
    const map = ['image=file', 'score=conf', 'service=what', 's=what'].map((text) => {
      const [of, column] = text.split('=')
      return { of, column }
    })
    const { decisions } = await read('file,what,conf\na.jpg,thief,2\na.jpg,human,1\n', {
      map,
      sets: [LENIENT, labelSetOf('s', ['thief', 'human'])],
    })
    expect(decisions.map(({ labelSet, winner }) => [labelSet, winner[0]])).toEqual([
      ['service', 1],
      ['s', 0],
    ])
  })

  it('reads only the rows of a label set where a column says whose they are', async () => {
    const { decisions } = await read('image,labelSet,label,score\na.jpg,s,thief,2\na.jpg,service,Person,1\n', {
      sets: [LENIENT, labelSetOf('s', ['thief', 'human'])],
    })
    expect(decisions.map(({ winner }) => winner[0])).toEqual([0, 0])
  })

  it('asks no label for words about images that are not counted', async () => {
    const dataset = datasetOf(['a.jpg', 'b.jpg'], { excluded: new Map([[1, 'where race=x']]) })
    const { warnings } = await read('image,label,score\na.jpg,Person,1\nb.jpg,Sky,1\n', { sets: [STRICT], dataset })
    expect(warnings.map(({ code }) => code)).toEqual(['decisions.scores-of-another-scale'])
  })

  it('does not hang on the order of rows', async () => {
    const ROWS = ['a.jpg,Person,0.5', 'a.jpg,Burglar,0.5', 'b.jpg,Sky,0.3', 'b.jpg,Tree,0.3', 'c.jpg,Person,0.1', 'c.jpg,Sky,0.1'] // prettier-ignore
    const reference = await read(`image,label,score\n${ROWS.join('\n')}\n`)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(ROWS, { minLength: ROWS.length }), async (rows) => {
        const { decisions } = await read(`image,label,score\n${rows.join('\n')}\n`)
        expect(decisions).toEqual(reference.decisions)
      }),
      { numRuns: 20 },
    )
  })
})

describe('one label each, in the words of who decided', () => {
  it('needs no column for the one label set of the run', async () =>
    expect(await winners('image,label\na.jpg,burglar\nb.jpg,A PERSON\nc.jpg,Sky\n')).toEqual(['thief', 'human', 'other'])) // prettier-ignore

  it('refuses words that name no label where none stands for all others, with the line', async () =>
    expect(await refused('image,label\na.jpg,Sky\n', { sets: [STRICT] })).toContain('F:2: label: expected a label id'))

  it('refuses several label sets without a word on them', async () =>
    expect(await refused('image,label\na.jpg,x\n', { sets: [STRICT, labelSetOf('s', ['x', 'y'])] })).toBe(
      'F:1: header: expected a column "labelSet", because the run has more than one label set but received none. Name one label set with --label-set, or say with --decisions-map that all read the same column: service=... and s=...',
    ))
})

describe('labels with scores are refused', () => {
  it('for best labels that name none, the most frequent first, with both cures', async () =>
    expect(
      await refused('image,label,score\na.jpg,Sky,1\nb.jpg,Tree,1\nc.jpg,Sky,1\nc.jpg,Person,0.5\n', {
        sets: [STRICT],
      }),
    ).toBe(
      'F: label: expected words that name a label of "service" in every decision but received 2 others in 3 decisions: "Sky" (2), "Tree" (1). ' +
        'Name them under "aliases" of the labels that they mean, or say with "otherLabels" in the label set which label stands for all others',
    ))

  it.each<[string, string | object[], string, LabelSet[]?]>([
    ['for two lists that could be meant', [{ image: 'a.jpg', labelAnnotations: [{ description: 'x', score: 1 }], landmarkAnnotations: [{ description: 'y', score: 1 }] }], 'F:1: header: expected one list of labels with scores but received "labelAnnotations.description" with "labelAnnotations.score" and "landmarkAnnotations.description" with "landmarkAnnotations.score". Keep only the list that is to be audited, or --decisions-map says which'], // prettier-ignore
    ['without the names of the images', [{ labels: [{ name: 'x', score: 1 }] }], 'F:1: header: expected a column "image" with the names of the images as in the label file but received the columns "labels.name", "labels.score". Add the name of the image to every object'], // prettier-ignore
    ['for a label without a score', 'image,label,score\na.jpg,Person,\n', 'F:2: score: expected a number but received none beside "Person". Leave out labels that were given without a score'], // prettier-ignore
    ['for a score without a label', 'image,label,score\na.jpg,,0.5\n', 'F:2: label: expected a label beside the score'],
    ['for a score in words', 'image,label,score\na.jpg,Person,VERY_LIKELY\n', 'F:2: score: expected a number but received "VERY_LIKELY"'], // prettier-ignore
    ['for a logit called similarity', 'image,label,similarity\na.jpg,Person,24.1\n', 'F:2: similarity: expected a cosine from -1 to 1'], // prettier-ignore
    ['for one label twice of an image', 'image,label,score\na.jpg,Person,1\na.jpg,Person,0.5\n', 'F:3: label: expected one score for "Person" of "a.jpg" but received a second one. Where a label was found in several places of an image, keep its best score'], // prettier-ignore
    ['for an image that the dataset does not have, without a label', 'image,label,score\na.jpg,Person,1\nz.jpg,,\n', 'F:3: image: expected an image of the label file but received "z.jpg"'], // prettier-ignore
    ['for an image that the dataset does not have, and in other words', 'image,label,score\na.jpg,Person,1\nz.jpg,Sky,1\n', 'F:3: image: expected an image of the label file but received "z.jpg"', [STRICT]], // prettier-ignore
    ['for an image that the dataset does not have', 'image,label,score\nz.jpg,Person,1\n', 'F:2: image: expected an image of the label file but received "z.jpg"'], // prettier-ignore
    ['for a row without an image', 'image,label,score\n,Person,1\n', 'F:2: image: expected the name of an image but received an empty cell'], // prettier-ignore
    ['without any label at all', [{ image: 'a.jpg', labels: [] }, { image: 'b.jpg', labels: [{ name: null, score: null }] }], 'expected decisions for every label set of the run but received none for "service"'], // prettier-ignore
    ['for a label set that no row is of', 'image,labelSet,label,score\na.jpg,x,Person,1\n', 'F: labelSet: expected labels for every label set of the run but received none for "service"'], // prettier-ignore
  ])('%s', async (_, content, message, sets = [LENIENT]) => expect(await refused(content, { sets })).toContain(message))
})
