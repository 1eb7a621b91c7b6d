import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import type { PhantomFiles } from '../../src/phantom/build-phantom.js'
import { readLabelSet } from '../../src/audit/definitions/shipped.js'
import { openPhantomModel } from './phantom-model.js'
import type { PhantomModel, Scored } from './phantom-model.js'
import { smallWorld } from './worlds.js'

const CLEAR = 0.01 // a hundred times the margin below which an image is near-tied
const ODD_TEMPLATES = ['{label}', 'a picture of {label}, holding a zebra', 'A PHOTO OF THE FACE OF A PERSON: {label}!']

const world = smallWorld()
let folder: string
let files: PhantomFiles
let model: PhantomModel
let truth: string[][]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probity-phantom-'))
  files = await buildPhantom({ world, folder, sampling: 'quota', seed: 1 })
  model = await openPhantomModel(files)
  truth = table(files.truth)
})

describe('the phantom, through sharp, its tokenizer and ONNX Runtime', () => {
  it.each(['clip-paper', 'clip-paper-child', 'clip-paper-person', 'fairface-gender', 'fairface-race', 'fairface-age'])(
    'decides every image under %s as truth.csv says, far from a tie',
    async (id) => {
      const { labels, templates } = readLabelSet(id)
      for (const wording of [templates, ODD_TEMPLATES]) {
        const scored = await model.score(labels, wording)
        expect(scored.map(({ winner }) => winner)).toEqual(planted(id))
        expect(narrowest(scored)).toBeGreaterThan(CLEAR)
      }
    },
  )

  it('decides an image otherwise when the winning label is taken away', async () => {
    const labels = readLabelSet('clip-paper').labels.filter(({ id }) => id !== 'animal')
    const scored = await model.score(labels, ['a photo of {label}'])
    const moved = planted('clip-paper').filter((label, row) => label !== scored[row]?.winner)
    expect(new Set(moved)).toEqual(new Set(['animal']))
  })

  it('scores two labels that it has no words for the same', async () => {
    const labels = ['a doctor', 'a teacher'].map((text) => ({ id: text, text }))
    expect(narrowest(await model.score(labels, ['a photo of {label}']))).toBe(0)
  })

  it('draws every tile otherwise', () => {
    const tiles = readdirSync(join(files.images, 'val')).map((name) =>
      readFileSync(join(files.images, 'val', name), 'latin1'),
    )
    expect(tiles).toHaveLength(84)
    expect(new Set(tiles).size).toBe(84)
  })

  it('writes labels as FairFace does', () => {
    const [header, first] = table(files.labels)
    expect(header).toEqual(['file', 'age', 'gender', 'race', 'service_test'])
    expect(first?.[0]).toBe('val/1.png')
    expect(table(files.labels)).toHaveLength(85)
  })

  it('says that it is simulated', () => {
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toMatch(/^Simulated data. It says nothing about any model/)
  })

  it('has the same bytes when it is built again from the same seed, and others from another', async () => {
    const [again, other] = await Promise.all([built(1), built(2)])
    const every = [
      'truth.csv',
      'images/val/7.png',
      'phantom-model/onnx/vision_model.onnx',
      'phantom-model/tokenizer.json',
    ]
    for (const file of every) expect(readFileSync(join(again, file))).toEqual(readFileSync(join(folder, file)))
    expect(readFileSync(join(other, 'truth.csv'))).not.toEqual(readFileSync(join(folder, 'truth.csv')))
  })

  it('reports its progress to the last image', async () => {
    const seen: (readonly [number, number])[] = []
    await buildPhantom({
      world,
      folder: emptyFolder(),
      sampling: 'quota',
      seed: 1,
      onProgress: (...at) => seen.push(at),
    })
    expect(seen.at(-1)).toEqual([84, 84])
  })
})

function planted(labelSet: string): string[] {
  const column = truth[0]?.indexOf(labelSet) ?? -1
  return truth.slice(1).map((row) => row[column] ?? '')
}

function narrowest(scored: readonly Scored[]): number {
  return Math.min(...scored.map(({ margin }) => margin))
}

function table(file: string): string[][] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => line.split(','))
}

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'probity-phantom-'))
}

async function built(seed: number): Promise<string> {
  const again = emptyFolder()
  await buildPhantom({ world, folder: again, sampling: 'quota', seed })
  return again
}
