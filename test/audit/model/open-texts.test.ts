import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openInference } from '../../../src/audit/model/inference-client.js'
import type { Inference } from '../../../src/audit/model/inference-client.js'
import { openTexts } from '../../../src/audit/model/open-texts.js'
import type { TriedTexts } from '../../../src/audit/model/open-texts.js'
import { readModelFolder } from '../../../src/audit/model/read-model-folder.js'
import { fakeText, writeFakeModel } from './fake-model.js'
import type { FakeFiles } from './fake-model.js'

const IMAGES = { dim: 4, isBatchInvariant: true }
const TRIED: TriedTexts = { fixedBatch: null, fixedLength: null }
const TEXTS = ['a man', 'a woman', 'a dog']

let path: string
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'probity-texts-'))
})
afterEach(() => rmSync(path, { recursive: true }))

describe('the text side of a model', () => {
  it('is loaded and tried at once when nobody knows it', async () => {
    const { texts, calls } = await open(null)
    expect(calls).toEqual(['load 1'])
    expect(texts.tried).toEqual({ fixedBatch: null, fixedLength: null })
  })

  it('says what trying found out, so that it need not be tried again', async () => {
    const { texts } = await open(null, { 'onnx/text_model.onnx': fakeText({ batch: 2, length: 9 }) })
    expect(texts.tried).toEqual({ fixedBatch: 2, fixedLength: 9 })
    expect([texts.contextLength, texts.embeddedWith.batch]).toEqual([9, 2])
  })

  it('is not loaded when it was tried before, until a text is embedded', async () => {
    const { texts, calls } = await open(TRIED)
    expect(texts.tokenise('a man')).toMatchObject({ ids: [1, 3, 10, 2], fits: true, contextLength: 16 })
    expect([texts.contextLength, texts.padId, calls]).toEqual([16, 2, []])
    await texts.embedTexts(TEXTS)
    await texts.embedTexts(TEXTS)
    expect(calls).toEqual(['load 1'])
  })

  it('gives the same vectors tried before or not', async () => {
    const [fresh, known] = [await open(null), await open(TRIED)]
    expect(await known.texts.embedTexts(TEXTS)).toEqual(await fresh.texts.embedTexts(TEXTS))
  })

  it('may have an unusable encoder that was tried before, as long as no text is embedded', async () => {
    const { texts } = await open(TRIED, {}, () => writeFileSync(join(path, 'onnx/text_model.onnx'), 'junk'))
    expect(texts.tokenise('a man').ids).toEqual([1, 3, 10, 2])
    await expect(texts.embedTexts(['a man'])).rejects.toMatchObject({ name: 'ModelError' })
  })

  it('runs one text at a time where vectors depend on their batch', async () => {
    const { texts } = await open(null, {}, () => undefined, { ...IMAGES, isBatchInvariant: false })
    expect(texts.embeddedWith.batch).toBe(1)
  })

  it('says what its encoder takes and gives', async () => {
    const { inputs, outputs } = await (await open(TRIED)).texts.signature()
    expect([inputs[0]?.name, outputs[0]?.name]).toEqual(['input_ids', 'text_embeds'])
  })
})

describe('closing the text side', () => {
  it('frees the encoder', async () => {
    const { texts, calls, inference } = await open(null)
    await texts.close()
    expect(calls).toEqual(['load 1', 'unload 1'])
    await expect(inference.run(1, [], [])).rejects.toThrow('no session 1')
  })

  it('lets a later text load it again, with equal vectors', async () => {
    const { texts, calls } = await open(null)
    const before = await texts.embedTexts(TEXTS)
    await texts.close()
    expect(await texts.embedTexts(TEXTS)).toEqual(before)
    expect(calls).toEqual(['load 1', 'unload 1', 'load 2'])
    await texts.close()
    expect(calls.at(-1)).toBe('unload 2')
  })

  it('does nothing where nothing was loaded, or twice', async () => {
    const { texts, calls } = await open(TRIED)
    await texts.close()
    expect(calls).toEqual([])
    await texts.embedTexts(TEXTS)
    await texts.close()
    await texts.close()
    expect(calls).toEqual(['load 1', 'unload 1'])
  })

  it('still tokenises', async () => {
    const { texts } = await open(null)
    await texts.close()
    expect(texts.tokenise('a man').ids).toEqual([1, 3, 10, 2])
  })
})

/** The text side of the fake model, with a list of what was loaded and freed; `meanwhile` happens between reading and opening. */
async function open(
  tried: TriedTexts | null,
  files: FakeFiles = {},
  meanwhile: () => void = () => undefined,
  images = IMAGES,
) {
  const calls: string[] = []
  const inference = openInference({ threads: 1 })
  const watched: Inference = {
    ...inference,
    loadModel: async (source) => {
      const loaded = await inference.loadModel(source)
      calls.push(`load ${loaded.session}`)
      return loaded
    },
    unloadModel: async (session) => {
      await inference.unloadModel(session)
      calls.push(`unload ${session}`)
    },
  }
  const folder = await readModelFolder(writeFakeModel(path, files))
  meanwhile()
  return { texts: await openTexts(folder, watched, images, tried), calls, inference }
}
