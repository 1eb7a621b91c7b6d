import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modelFacts } from '../../../src/audit/model/model-facts.js'
import { hashModelFile, identifyModel, identifyText, identifyVision } from '../../../src/audit/model/model-identity.js'
import { openModel } from '../../../src/audit/model/open-model.js'
import { readModelFolder } from '../../../src/audit/model/read-model-folder.js'
import { externalTensorModel } from './broken-model-files.js'
import { fakePreprocessor, fakeText, fakeVision, writeFakeModel } from './fake-model.js'
import type { FakeFiles } from './fake-model.js'

const ORDER = [
  'config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'onnx/vision_model.onnx',
  'onnx/text_model.onnx',
]
const CHANGED_VISION = fakeVision({ weight: (index) => index })
const CHANGED_TEXT = fakeText({ weight: (index) => index })
const WITH_DATA: FakeFiles = {
  'onnx/vision_model.onnx': externalTensorModel('vision.onnx_data'),
  'onnx/vision.onnx_data': 'weights',
  'onnx/text_model.onnx': externalTensorModel('text.onnx_data'),
  'onnx/text.onnx_data': 'more weights',
}
const hasSha256sum = spawnSync('sha256sum', ['--version']).status === 0

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'probity-identity-'))
  folder = join(root, 'tiny-clip')
})
afterEach(() => rmSync(root, { recursive: true }))

describe('the identity of a model', () => {
  it('lists its files in the documented order, each with its hash and size', async () => {
    const { files } = await identifyModel(await read())
    expect(files).toEqual(ORDER.map((file) => [file, sha256(bytesOf(file)), bytesOf(file).length]))
  })

  it('is the hash over the lines that sha256sum writes for these files', async () => {
    const { sha256: identity } = await identifyModel(await read())
    expect(identity).toBe(sha256(ORDER.map((file) => `${sha256(bytesOf(file))}  ${file}\n`).join('')))
  })

  it.skipIf(!hasSha256sum)('is what "sha256sum FILES | sha256sum" prints (skipped without sha256sum)', async () => {
    const { files, sha256: identity } = await identifyModel(await read(WITH_DATA))
    const lines = execFileSync('sha256sum', [...ORDER, 'onnx/vision.onnx_data', 'onnx/text.onnx_data'], { cwd: folder })
    expect(`${identity}  -\n`).toBe(execFileSync('sha256sum', { input: lines }).toString())
    expect(lines.toString()).toBe(files.map(([path, hash]) => `${hash}  ${path}\n`).join(''))
  })

  it.each<[string, object]>([
    ['config.json', { model_type: 'clip', text_config: { max_position_embeddings: 15 } }],
    ['preprocessor_config.json', { ...fakePreprocessor(), image_mean: [0.4, 0.5, 0.5] }],
    ['tokenizer_config.json', { pad_token: '<unk>', eos_token: '<end>' }],
    ['onnx/vision_model.onnx', CHANGED_VISION],
    ['onnx/text_model.onnx', CHANGED_TEXT],
  ])('is another one when %s changes', async (file, content) => {
    const before = await identifyModel(await read())
    expect((await identifyModel(await read({ [file]: content }))).sha256).not.toBe(before.sha256)
  })

  it('leaves tokenizer_config.json out where there is none', async () => {
    const { files } = await identifyModel(await read({ 'tokenizer_config.json': null }))
    expect(files.map(([path]) => path)).toEqual(ORDER.filter((file) => file !== 'tokenizer_config.json'))
  })

  it('takes external data in last, those of the image encoder first', async () => {
    const { files } = await identifyModel(await read(WITH_DATA))
    expect(files.slice(ORDER.length)).toEqual([
      ['onnx/vision.onnx_data', sha256('weights'), 7],
      ['onnx/text.onnx_data', sha256('more weights'), 12],
    ])
  })

  it('takes external data that both encoders share in once', async () => {
    const shared = externalTensorModel('shared.onnx_data')
    const { files } = await identifyModel(
      await read({
        'onnx/vision_model.onnx': shared,
        'onnx/text_model.onnx': shared,
        'onnx/shared.onnx_data': 'weights',
      }),
    )
    expect(files.map(([path]) => path)).toEqual([...ORDER, 'onnx/shared.onnx_data'])
  })

  it('believes whoever remembers the hashes, and asks for each file once', async () => {
    const asked: string[] = []
    const remembered = await identifyModel(await read(), (path, file) => {
      asked.push(`${path}/${file}`)
      return Promise.resolve([file, 'f'.repeat(64), 7])
    })
    expect(asked).toEqual(ORDER.map((file) => `${folder}/${file}`))
    expect(remembered.files).toEqual(ORDER.map((file) => [file, 'f'.repeat(64), 7]))
    expect(remembered.sha256).toBe(sha256(ORDER.map((file) => `${'f'.repeat(64)}  ${file}\n`).join('')))
  })

  it('is recorded in an audit with the name of the folder and what the dry run found', async () => {
    const model = await openModel(await read(), { resize: 'exact', threads: 1 })
    const identity = await identifyModel(model.folder)
    expect(modelFacts(model, identity)).toEqual({
      id: 'tiny-clip',
      name: 'tiny-clip',
      sha256: identity.sha256,
      files: identity.files,
      dim: 4,
      logitScale: null,
      logitScaleReason: 'not in the export',
      batchInvariant: true,
    })
    await model.close()
  })
})

describe.each([
  ['image', identifyVision, 'vision'],
  ['text', identifyText, 'text'],
] as const)('the identity of the %s encoder alone', (_, identify, side) => {
  const changes: [file: string, content: object | string][] = [
    ['config.json', { model_type: 'clip', text_config: { max_position_embeddings: 15 } }],
    ['preprocessor_config.json', { ...fakePreprocessor(), image_mean: [0.4, 0.5, 0.5] }],
    ['tokenizer_config.json', { pad_token: '<unk>', eos_token: '<end>' }],
    ['onnx/vision_model.onnx', externalTensorModel('vision.onnx_data', 'in a subgraph')],
    ['onnx/vision.onnx_data', 'WEIGHTS'],
    ['onnx/text_model.onnx', externalTensorModel('text.onnx_data', 'in a subgraph')],
    ['onnx/text.onnx_data', 'MORE WEIGHTS'],
  ]
  const isItsOwn = (file: string): boolean => file.startsWith(`onnx/${side}`)

  it('lists its file and its external data, and nothing else', async () => {
    const { files } = await identify(await read(WITH_DATA))
    expect(files.map(([path]) => path)).toEqual([`onnx/${side}_model.onnx`, `onnx/${side}.onnx_data`])
  })

  it.each(changes.filter(([file]) => isItsOwn(file)))('is another one when %s changes', async (file, content) => {
    const before = await identify(await read(WITH_DATA))
    expect((await identify(await read({ ...WITH_DATA, [file]: content }))).sha256).not.toBe(before.sha256)
  })

  it.each(changes.filter(([file]) => !isItsOwn(file)))('stays when %s changes', async (file, content) => {
    const before = await identify(await read(WITH_DATA))
    expect(await identify(await read({ ...WITH_DATA, [file]: content }))).toEqual(before)
  })

  it('believes whoever remembers the hashes', async () => {
    const { files } = await identify(await read(), (_folder, file) => Promise.resolve([file, 'e'.repeat(64), 1]))
    expect(files).toEqual([[`onnx/${side}_model.onnx`, 'e'.repeat(64), 1]])
  })
})

describe('hashing a file of a model', () => {
  it('reads a file that is longer than one piece to its end', async () => {
    const bytes = Buffer.alloc(2 * 4_194_304 + 3, 'probity') // two whole pieces and three bytes
    writeFileSync(join(root, 'weights.bin'), bytes)
    expect(await hashModelFile(root, 'weights.bin')).toEqual(['weights.bin', sha256(bytes), bytes.length])
  })

  it('says which file cannot be read', async () => {
    await expect(hashModelFile(root, 'gone.bin')).rejects.toMatchObject({
      code: 'ENOENT',
      path: join(root, 'gone.bin'),
    })
  })
})

/** The fake model with some files exchanged, read again from its folder. */
async function read(files: FakeFiles = {}) {
  rmSync(folder, { recursive: true, force: true })
  return readModelFolder(writeFakeModel(folder, files))
}

function bytesOf(file: string): Uint8Array {
  return readFileSync(join(folder, file))
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
