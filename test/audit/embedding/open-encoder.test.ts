import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { embedImages } from '../../../src/audit/embedding/embed-images.js'
import { embedPrompts } from '../../../src/audit/embedding/embed-prompts.js'
import { openEncoder } from '../../../src/audit/embedding/open-encoder.js'
import type { Encoder, EncoderOptions } from '../../../src/audit/embedding/open-encoder.js'
import { DefinitionError, ModelError } from '../../../src/audit/errors.js'
import { memoryStore, openStore } from '../../../src/audit/store/open-store.js'
import type { Store } from '../../../src/audit/store/open-store.js'
import { LABELS } from '../../support/definitions.js'
import { drawnImage } from '../model/drawn-image.js'
import { fakePreprocessor, fakeText, fakeVision, SIDE, writeFakeModel } from '../model/fake-model.js'
import { deskOf, datasetOf } from './fake-model.js'
import sharp from 'sharp'

const LATER_MS = 10_000
const OPTIONS: EncoderOptions = { resize: 'exact', threads: 1, now: Date.now }
const PROMPTS = ['a man', 'a woman', 'a man']

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'probity-encoder-'))
  folder = writeFakeModel(join(root, 'model'))
})

const storeHere = (): Store =>
  openStore({ folder: join(root, 'store'), now: () => Date.now() + LATER_MS, onNotice: () => undefined })

async function withEncoder<Result>(
  work: (encoder: Encoder) => Promise<Result>,
  { store = storeHere(), ...options }: Partial<EncoderOptions> & { store?: Store } = {},
): Promise<Result> {
  const encoder = await openEncoder(folder, { ...OPTIONS, ...options }, store)
  try {
    return await work(encoder)
  } finally {
    await encoder.close()
  }
}

async function drawFiles(count: number): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, index) => join(root, `${index}.png`))
  for (const [seed, path] of paths.entries()) {
    const { width, height, rgb } = drawnImage('noise', SIDE, SIDE, seed + 1)
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(path)
  }
  return paths
}

const embedAll = (paths: readonly string[], options: Partial<EncoderOptions> & { store?: Store } = {}) =>
  withEncoder(async (encoder) => {
    const { counts, embeddings } = await embedImages(datasetOf(paths), encoder.model, deskOf({ space: encoder.images }))
    return { counts, vectors: [...(await embeddings.read(0, embeddings.rows.length))], id: encoder.images }
  }, options)

const promptVectors = (prompts: readonly string[], options: { store?: Store } = {}) =>
  withEncoder(
    async ({ openTexts }) => embedPrompts({ ...LABELS, templates: ['{label}'] }, prompts, await openTexts()),
    options,
  )

describe('an encoder beside a store', () => {
  it('finds in the next run what it embedded in this one, with equal vectors', async () => {
    const paths = await drawFiles(5)
    const first = await embedAll(paths)
    const second = await embedAll(paths)
    expect([first.counts.embedded, second.counts.found, second.counts.embedded]).toEqual([5, 5, 0])
    expect(second.vectors).toEqual(first.vectors)
    expect(await embedAll(paths, { store: memoryStore() })).toMatchObject({
      counts: { found: 0 },
      vectors: first.vectors,
    })
  })

  it('keeps vectors of other weights and of other preprocessing apart, and those of another text encoder not', async () => {
    const paths = await drawFiles(3)
    await embedAll(paths)
    writeFakeModel(folder, { 'onnx/text_model.onnx': fakeText({ weight: (index) => ((index * 31) % 17) - 8 }) })
    expect((await embedAll(paths)).counts.found).toBe(3)
    writeFakeModel(folder, { 'onnx/vision_model.onnx': fakeVision({ weight: (index) => ((index * 41) % 13) - 6 }) })
    expect((await embedAll(paths)).counts.found).toBe(0)
    writeFakeModel(folder, { 'preprocessor_config.json': { ...fakePreprocessor(), image_mean: [0.4, 0.5, 0.5] } })
    expect((await embedAll(paths)).counts.found).toBe(0)
    writeFakeModel(folder)
    expect((await embedAll(paths)).counts.found).toBe(3)
    expect((await embedAll(paths, { resize: 'fast' })).counts.found).toBe(0)
    expect(readdirSync(join(root, 'store', 'spaces'))).toHaveLength(4)
  })

  it('does not try the encoders again, nor load the one that nothing is asked of', async () => {
    await embedAll(await drawFiles(2))
    await promptVectors(PROMPTS)
    const before = Date.now() / 1000 - 3600
    for (const file of ['onnx/vision_model.onnx', 'onnx/text_model.onnx'])
      utimesSync(join(folder, file), before, before) // hashed again once, then trusted
    const encoder = await openEncoder(folder, OPTIONS, storeHere())
    const { texts } = await encoder.openTexts()
    for (const file of ['onnx/vision_model.onnx', 'onnx/text_model.onnx']) writeFileSync(join(folder, file), 'junk')
    await expect(encoder.model.embedPixels([drawnImage('noise', SIDE, SIDE, 1).rgb])).rejects.toThrow(ModelError)
    await expect(texts.embedTexts(['a man'])).rejects.toThrow(ModelError)
    await encoder.close()
  })

  it('refuses a changed encoder although its predecessor was tried', async () => {
    await embedAll(await drawFiles(2))
    writeFakeModel(folder, { 'onnx/vision_model.onnx': fakeVision({ weight: () => NaN }) })
    await expect(openEncoder(folder, OPTIONS, storeHere())).rejects.toMatchObject({ code: 'model.nonfinite' })
  })

  it('refuses weights that were changed between hashing and loading: their vectors would be stored as those of others', async () => {
    await embedAll(await drawFiles(2))
    await promptVectors(PROMPTS)
    const encoder = await openEncoder(folder, OPTIONS, storeHere())
    const { texts } = await encoder.openTexts()
    const pixels = [drawnImage('noise', SIDE, SIDE, 1).rgb]
    writeFakeModel(folder, { 'onnx/vision_model.onnx': fakeVision({ weight: (index) => index % 7 }) })
    await expect(encoder.model.embedPixels(pixels)).rejects.toMatchObject({ code: 'model.changed' })
    writeFakeModel(folder, { 'onnx/text_model.onnx': fakeText({ weight: (index) => index % 5 }) })
    await expect(texts.embedTexts(['a man'])).rejects.toMatchObject({ code: 'model.changed' })
    await encoder.close()
  })

  it('goes on with the batch that the stored vectors were made with, unless told otherwise', async () => {
    const paths = await drawFiles(2)
    await embedAll(paths, { batch: 7 })
    expect(await withEncoder(({ model }) => Promise.resolve(model.batch))).toBe(7)
    expect(await withEncoder(({ model }) => Promise.resolve(model.batch), { batch: 3 })).toBe(3)
    expect(await withEncoder(({ model }) => Promise.resolve(model.batch), { store: memoryStore() })).toBe(32)
  })

  it('identifies the model by all its files', async () => {
    const { files } = await withEncoder(({ identity }) => identity())
    expect(files).toHaveLength(6)
    const sum = createHash('sha256')
      .update(files.map(([path, sha256]) => `${sha256}  ${path}\n`).join(''))
      .digest('hex')
    expect((await withEncoder(({ identity }) => identity())).sha256).toBe(sum)
  })
})

describe('embedPrompts', () => {
  it('gives the vectors of every prompt in order, stored or not', async () => {
    const fresh = await promptVectors(PROMPTS)
    expect(fresh.subarray(0, 4)).toEqual(fresh.subarray(8, 12))
    expect(fresh.subarray(0, 4)).not.toEqual(fresh.subarray(4, 8))
    expect(await promptVectors(PROMPTS)).toEqual(fresh)
    expect(await promptVectors(PROMPTS, { store: memoryStore() })).toEqual(fresh)
  })

  it('embeds only prompts that no label set had before', async () => {
    await promptVectors(PROMPTS)
    const embedded = await withEncoder(async ({ openTexts }) => {
      const side = await openTexts()
      const asked: string[] = []
      const texts = { ...side.texts, embedTexts: (list: readonly string[]) => side.texts.embedTexts(list).finally(() => asked.push(...list)) } // prettier-ignore
      await embedPrompts({ ...LABELS, templates: ['{label}'] }, ['a dog', 'a man'], { texts, space: side.space })
      return asked
    })
    expect(embedded).toEqual(['a dog'])
  })

  it('refuses prompts that are too long, each by label and template, and never cuts them', async () => {
    const set = { ...LABELS, templates: ['a photo of {label}', '{label} '.repeat(16)] }
    const prompts = LABELS.labels.flatMap(({ text }) =>
      set.templates.map((template) => template.replaceAll('{label}', text)),
    )
    const refusal = await withEncoder(async ({ openTexts }) => embedPrompts(set, prompts, await openTexts())).catch(
      (error: unknown) => error,
    )
    if (!(refusal instanceof DefinitionError)) throw refusal
    expect([refusal.code, refusal.faults.length]).toEqual(['prompt.too-long', 4])
    expect(refusal.faults[0]).toEqual({
      at: 'label set four-labels',
      field: 'label man with template 2',
      expected: 'a prompt of at most 16 tokens',
      received: '34 tokens',
      hint: 'Shorten the label or the template; prompts are never cut',
    })
  })
})
