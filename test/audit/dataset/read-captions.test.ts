import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCaptions } from '../../../src/audit/dataset/read-captions.js'
import { DatasetError } from '../../../src/audit/errors.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'

const DATASET: Dataset = {
  id: 'made-up',
  crop: null,
  licence: null,
  simulated: false,
  sources: [],
  images: ['a.png', 'b.png', 'c.png'],
  paths: null,
  subjects: null,
  attributes: [],
  excluded: new Map(),
  quarantined: new Map(),
  warnings: [],
}
const FIVE = ['a tree', 'a boat', 'a street', 'a shop', 'a field']

function file(header: string, ...rows: string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'captions-')), 'captions.csv')
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`)
  return path
}

const HEADER = 'image,caption,role'
const others = (image: string): string[] => FIVE.map((caption) => `${image},${caption},distractor`)

async function refusal(path: string): Promise<string> {
  try {
    await readCaptions(path, DATASET)
  } catch (error) {
    if (error instanceof DatasetError) return error.message.replaceAll(path, 'captions.csv')
    throw error
  }
  throw new Error('nothing was refused')
}

describe('readCaptions', () => {
  it('makes questions of the captions of each image: coarse, stress with a close one, fine of two', async () => {
    const path = file(HEADER, 'a.png,a white car,correct', ...others('a.png'), 'b.png,a white car,correct', 'b.png,a red car,close', ...others('b.png'), 'c.png,a person far away,correct', 'c.png,nobody,distractor') // prettier-ignore
    const { captions, questions, file: name } = await readCaptions(path, DATASET)
    expect(name).toBe('captions.csv')
    expect(captions).toHaveLength(9) // each text once
    expect(questions.map(({ row, protocol, options }) => [row, protocol, options.length])).toEqual([
      [0, 'coarse', 6],
      [1, 'coarse', 6], // without the close one enough are left
      [1, 'stress', 7],
      [2, 'fine', 2],
    ])
  })

  it('follows a written protocol and keeps the sequence', async () => {
    const rows = ['a white car,correct', 'a red car,close', ...FIVE.map((text) => `${text},distractor`)]
    const path = file('image,caption,role,protocol,sequence', ...rows.map((row) => `a.png,${row},stress,seq 1`))
    const { questions } = await readCaptions(path, DATASET)
    expect(questions.map(({ protocol, sequence }) => [protocol, sequence])).toEqual([['stress', 'seq 1']])
  })

  it('reports the faults of rows together, each with its line and field', async () => {
    const path = file(HEADER, 'd.png,x,correct', 'a.png,,correct', 'a.png,x,corect')
    expect(await refusal(path)).toBe(
      [
        'captions.csv:2: image: expected an image of the dataset but received "d.png"',
        'captions.csv:3: caption: expected a caption but received nothing',
        'captions.csv:4: role: expected correct, close or distractor but received "corect". Did you mean "correct"?',
      ].join('\n'),
    )
  })

  it('refuses an image without exactly one correct caption, a caption twice, and too few', async () => {
    expect(await refusal(file(HEADER, ...others('a.png'), 'a.png,a dog,distractor'))).toMatch(
      /captions\.csv:2: role: expected exactly one correct caption .* but received none/,
    )
    expect(await refusal(file(HEADER, 'a.png,x,correct', ...others('a.png'), 'a.png,y,correct'))).toMatch(
      /captions\.csv:8: role: .* received a second one, after line 2/,
    )
    expect(await refusal(file(HEADER, 'a.png,x,correct', ...others('a.png'), 'a.png,x,distractor'))).toMatch(
      /captions\.csv:8: caption: expected each caption of an image once but received "x" again, after line 2/,
    )
    expect(await refusal(file(HEADER, 'a.png,x,correct', ...others('a.png').slice(1)))).toMatch(
      /captions\.csv:2: caption: expected exactly 2, or at least 6 captions .* but received 5 captions/,
    )
  })

  it('refuses a close caption in a coarse question, none in a stress test, and three in a fine one', async () => {
    const header = 'image,caption,role,protocol'
    const rows = (protocol: string): string[] => ['a.png,x,correct', ...others('a.png')].map((r) => `${r},${protocol}`)
    expect(await refusal(file(header, ...rows('coarse'), 'a.png,y,close,coarse'))).toMatch(/captions\.csv:8: role:/)
    expect(await refusal(file(header, ...rows('stress')))).toMatch(/expected at least one close caption/)
    expect(await refusal(file(header, ...rows('fine')))).toMatch(/expected exactly 2 captions of an image for fine/)
  })

  it('refuses an image in two sequences, an unknown column and a missing one', async () => {
    const rows = ['a.png,x,correct,one', 'a.png,y,distractor,two']
    expect(await refusal(file('image,caption,role,sequence', ...rows))).toMatch(/captions\.csv:3: sequence:/)
    expect(await refusal(file('image,caption,role,sequense', 'a.png,x,correct,1'))).toMatch(
      /Did you mean sequence|"sequence"/,
    )
    expect(await refusal(file('image,caption', 'a.png,x'))).toMatch(/captions\.csv:1: header: expected a column "role"/)
  })
})
