import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import { embedAltered, embedDataset, openEmbedder, type Embedder } from '../../src/audit/embed-dataset.js'
import { alteredSpaceId, imageSpaceId } from '../../src/audit/embedding/spaces.js'
import type { Progress, Tools } from '../../src/audit/tools.js'
import type { EmbeddingPlan } from '../../src/audit/types/definitions.js'
import type { Transform } from '../../src/audit/types/measures.js'
import { datasetOf } from './embedding/fake-model.js'
import { drawnImage } from './model/drawn-image.js'
import { SIDE, writeFakeModel } from './model/fake-model.js'

const LATER_MS = 10_000
const DARK: Transform = { id: 'brightness-0.5', alter: 'brightness', factor: 0.5 }
const BLUR: Transform = { id: 'blur-1', alter: 'blur', sigma: 1 }

let root: string
let paths: string[]
let plan: EmbeddingPlan
let told: Progress[]
let tools: Tools
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'probity-altered-'))
  const images = join(root, 'images')
  mkdirSync(images)
  paths = await Promise.all(
    [1, 2, 3].map(async (seed) => {
      const path = join(images, `${seed}.png`)
      await draw(path, seed)
      return path
    }),
  )
  const model = writeFakeModel(join(root, 'model'))
  plan = {
    models: [model],
    resize: 'exact',
    dataset: { images, labels: join(root, 'labels.csv') },
  } as unknown as EmbeddingPlan // what embedding reads
  told = []
  tools = {
    version: '0.0.0-test',
    threads: 1,
    store: { folder: join(root, 'store') },
    now: () => Date.now() + LATER_MS,
    onProgress: (progress: Progress) => told.push(progress),
  } as unknown as Tools // embedding needs no stopwatch
})

async function draw(path: string, seed: number): Promise<void> {
  const { width, height, rgb } = drawnImage('noise', SIDE, SIDE, seed)
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path)
}

async function withEmbedder<Result>(work: (embedder: Embedder) => Promise<Result>): Promise<Result> {
  const embedder = await openEmbedder(plan.models[0] ?? '', plan, tools)
  try {
    return await work(embedder)
  } finally {
    await embedder.close()
  }
}

/** Vectors of the images as they are and under each alteration; `between` happens before the first of these. */
const embedAll = (alterations: readonly Transform[], between = (): Promise<void> => Promise.resolve()) =>
  withEmbedder(async (embedder) => {
    const dataset = datasetOf(paths)
    const images = await embedDataset(plan, dataset, embedder, tools)
    await between()
    const all = [images.embeddings]
    for (const alteration of alterations)
      all.push(await embedAltered(plan, { dataset, images }, alteration, embedder, tools))
    return Promise.all(
      all.map(async ({ rows, read }) => ({
        rows: [...rows],
        vectors: [...(await read(0, rows.length))],
      })),
    )
  })

describe('images that are embedded again, altered', () => {
  it('get other vectors, under every alteration', async () => {
    const [asTheyAre, dark, blurred] = await embedAll([DARK, BLUR])
    expect(dark?.rows).toEqual([0, 1, 2])
    expect(dark?.vectors).not.toEqual(asTheyAre?.vectors)
    expect(blurred?.vectors).not.toEqual(dark?.vectors)
  })

  it('are what embedding the altered files gives', async () => {
    const [, dark] = await embedAll([DARK])
    for (const [index, path] of paths.entries()) {
      const { width, height, rgb } = drawnImage('noise', SIDE, SIDE, index + 1)
      const halved = rgb.map((value) => Math.floor(value / 2 + 0.5))
      await sharp(halved, { raw: { width, height, channels: 3 } })
        .png()
        .toFile(path)
    }
    expect((await embedAll([]))[0]?.vectors).toEqual(dark?.vectors)
  })

  it('are found in the store by a second run, which opens no image and never mixes them up', async () => {
    const first = await embedAll([DARK, BLUR])
    expect(readdirSync(join(root, 'store', 'spaces'))).toHaveLength(3)
    told.length = 0
    expect(await embedAll([BLUR, { ...DARK, id: 'another-name' }])).toEqual([first[0], first[2], first[1]])
    const read = told.flatMap((progress) => (progress.stage === 'embedding' ? [progress.total - progress.found] : []))
    expect(new Set(read)).toEqual(new Set([0]))
  })

  it('name their alteration in the progress', async () => {
    await embedAll([BLUR])
    const names = told.flatMap((progress) => (progress.stage === 'embedding' ? [progress.altered] : []))
    expect(new Set(names)).toEqual(new Set([undefined, 'blur-1']))
  })

  it('leave out a row whose file was changed or broken in between', async () => {
    const [, dark] = await embedAll([DARK], async () => {
      await draw(paths[1] ?? '', 77)
      writeFileSync(paths[2] ?? '', 'no image')
    })
    expect(dark?.rows).toEqual([0])
  })
})

describe('addresses of vectors', () => {
  it('differ by encoder, preprocessing and what an alteration does, not by its name', () => {
    const ids = [
      imageSpaceId('v', 'p'),
      alteredSpaceId('v', 'p', BLUR),
      alteredSpaceId('v', 'p', { ...BLUR, sigma: 2 }),
      alteredSpaceId('v', 'p', DARK),
      alteredSpaceId('v', 'p', { id: 'grey', alter: 'grey' }),
      alteredSpaceId('w', 'p', BLUR),
      alteredSpaceId('v', 'q', BLUR),
    ]
    expect(new Set(ids).size).toBe(ids.length)
    expect(alteredSpaceId('v', 'p', { ...BLUR, id: 'another-name' })).toBe(ids[1])
  })
})
