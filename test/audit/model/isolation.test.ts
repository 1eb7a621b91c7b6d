import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { embedEach } from '../../../src/audit/embedding/embed-each.js'
import type { EmbeddedImage } from '../../../src/audit/embedding/embed-each.js'
import { openModel } from '../../../src/audit/model/open-model.js'
import type { Model, OpenModelOptions } from '../../../src/audit/model/open-model.js'
import { openInference } from '../../../src/audit/model/inference-client.js'
import { openMatrixProduct } from '../../../src/audit/model/matrix-product.js'
import { readModelFolder } from '../../../src/audit/model/read-model-folder.js'
import type { Isolation } from '../../../src/audit/types/isolation.js'
import {
  BUILT_CHILD,
  isBuilt,
  isolatedChildren,
  MARKED_CHILD,
  RUN_WITH_CHILD,
} from '../../support/isolation/children.js'
import { drawnImage } from './drawn-image.js'
import { fakeVision, SIDE, writeFakeModel } from './fake-model.js'

const isolation: Isolation = { entry: BUILT_CHILD }
const marked: Isolation = { entry: MARKED_CHILD }
const isLinux = process.platform === 'linux'

let folder: string
let opened: Model[] = []
beforeEach(() => {
  folder = writeFakeModel(mkdtempSync(join(tmpdir(), 'probity-isolation-')))
})
afterEach(async () => {
  await Promise.all(opened.map((model) => model.close()))
  opened = []
  rmSync(folder, { recursive: true })
})

async function open(options: Partial<OpenModelOptions> = {}): Promise<Model> {
  const model = await openModel(await readModelFolder(folder), { resize: 'exact', threads: 1, batch: 4, ...options })
  opened.push(model)
  return model
}

const images = Array.from({ length: 7 }, (_, seed) => drawnImage('noise', SIDE, SIDE, seed + 1).rgb)
const plain = (red: number, green: number, blue: number): Uint8Array =>
  Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, index) => [red, green, blue][index % 3])
const MAGENTA = plain(255, 0, 255) // ends the process of the encoder
const GREEN = plain(0, 255, 0) // is never answered

let photo: Buffer
beforeAll(async () => {
  const { rgb, width, height } = drawnImage('noise', 40, 30, 1)
  photo = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer()
})

const kindsOf = (results: readonly EmbeddedImage[]): string[] =>
  results.map((result) => (result instanceof Float32Array ? 'vector' : result.code))

describe.skipIf(!isBuilt)('isolation (skipped before npm run build)', () => {
  it('gives the same pixels, vectors of images and of texts, and similarities, to the last bit', async () => {
    const [here, apart] = [await open(), await open({ isolation })]
    expect(apart.tried).toEqual(here.tried)
    expect(await apart.embeddedWith()).toEqual(await here.embeddedWith())
    expect(await apart.prepareImage(photo)).toEqual(await here.prepareImage(photo))
    const [vectors, same] = [await apart.embedPixels(images), await here.embedPixels(images)]
    expect(vectors).toEqual(same)
    const texts = ['a man', 'a woman', 'a dog']
    const classes = await (await apart.openTexts()).embedTexts(texts)
    expect(classes).toEqual(await (await here.openTexts()).embedTexts(texts))
    expect(await apart.similarities(vectors, classes, 4)).toEqual(await here.similarities(same, classes, 4))
  })

  it('reports a bad image as it does otherwise', async () => {
    const [here, apart] = [await open(), await open({ isolation })]
    const cut = photo.subarray(0, photo.length / 2)
    expect(await apart.prepareImage(cut)).toEqual(await here.prepareImage(cut))
    expect(await apart.prepareImage(cut)).toMatchObject({ code: 'image.truncated' })
  })

  it.each([
    ['PROBITY-ABORT', 'was ended by SIGABRT'],
    ['PROBITY-SEGFAULT', 'was ended by SIGSEGV'],
  ])('blames the image that ends the decoder, and no other that was under way (%s)', async (mark, how) => {
    const model = await open({ isolation: marked })
    const hostile = Buffer.concat([photo, Buffer.from(mark)])
    const all = [photo, photo, hostile, photo, photo]
    const results = await Promise.all(all.map((bytes) => model.prepareImage(bytes)))
    expect(results[2]).toEqual({ kind: 'fault', code: 'decoder.crash', reason: `the process that decoded it ${how}` })
    expect(results.filter(({ kind }) => kind === 'image')).toHaveLength(4)
  })

  it('blames the image that the decoder never comes back from', async () => {
    const model = await open({ isolation: { ...marked, decodeMs: 3000 } })
    const hostile = Buffer.concat([photo, Buffer.from('PROBITY-HANG')])
    const results = await Promise.all([photo, hostile, photo].map((bytes) => model.prepareImage(bytes)))
    expect(results[1]).toEqual({
      kind: 'fault',
      code: 'decoder.timeout',
      reason: 'the process that decoded it gave no answer for 3 seconds',
    })
    expect(results.map(({ kind }) => kind)).toEqual(['image', 'fault', 'image'])
  })

  it('asks again what got no answer once, alone or not: the machine may have been busy', async () => {
    const model = await open({ isolation: { ...marked, decodeMs: 3000 } })
    const happened = join(folder, 'happened')
    const slow = Buffer.concat([photo, Buffer.from(`PROBITY-HANG-ONCE ${happened}\n`)])
    expect(await model.prepareImage(slow)).toMatchObject({ kind: 'image' })
    expect(existsSync(happened)).toBe(true)
  })

  it.skipIf(!isLinux)('gives every request its own time, however long those before it take', async () => {
    const [side, waiting] = [350, 14]
    const product = async (encodeMs: number, requests: number): Promise<number> => {
      const inference = openInference({ threads: 1, isolation: { ...isolation, encodeMs } })
      const multiply = openMatrixProduct(inference)
      await multiply(Float32Array.of(1), Float32Array.of(1), 1)
      const before = isolatedChildren()
      const matrix = new Float32Array(side * side * 4).fill(1)
      const started = performance.now()
      await Promise.all(Array.from({ length: requests }, () => multiply(matrix, matrix, side)))
      expect(isolatedChildren()).toEqual(before)
      await inference.close()
      return performance.now() - started
    }
    const alone = await product(600_000, 1)
    await product(Math.max(alone * 4, 500), waiting) // all of them take far longer
  })

  it('halves the batch that ends the encoder until the images are found; the others have the vectors that they had', async () => {
    const all = [images[0], images[1], images[2], MAGENTA]
    const model = await open({ isolation: marked })
    const results = await embedEach(model, all)
    expect(kindsOf(results)).toEqual(['vector', 'vector', 'vector', 'embed.crash'])
    const here = await (await open()).embedPixels(images.slice(0, 3))
    const vectors = results.filter((result) => result instanceof Float32Array)
    expect(vectors.flatMap((vector) => [...vector])).toEqual([...here])
  })

  it('finds the image that the encoder gives no answer for', async () => {
    const model = await open({ isolation: { ...marked, encodeMs: 3000 } })
    const results = await embedEach(model, [images[0], GREEN])
    expect(kindsOf(results)).toEqual(['vector', 'embed.timeout'])
    expect(results[1]).toMatchObject({ reason: 'the process that embedded it gave no answer for 3 seconds' })
  })

  it('blames no image where a drawn one ends the process as well', async () => {
    const model = await open({ isolation: marked })
    const broken = { dim: model.dim, settings: model.settings, embedPixels: () => model.embedPixels([MAGENTA]) }
    await expect(embedEach(broken, images)).rejects.toMatchObject({
      code: 'isolate.ended',
      message:
        'isolation: expected a process that embeds a drawn image but received one that was ended by SIGABRT, each time. See whether something on this machine ends it, for want of memory perhaps. What was embedded is kept',
    })
  })

  it('refuses a model that needs more memory than it may have, in one sentence', async () => {
    await expect(open({ isolation: { ...isolation, memoryBytes: 20e6 } })).rejects.toMatchObject({
      code: 'model.memory',
      message: `${join(folder, 'onnx/vision_model.onnx')}: expected a model that needs at most 0.0 GB of memory but received one that needs more. Allow more with --isolate-memory, or use a smaller model or --batch.`,
    })
  })

  it('starts a fresh process after so many requests, and gives the same vectors', async () => {
    const model = await open({ isolation: { ...isolation, requestsPerProcess: 2 }, batch: 1 })
    const here = await open({ batch: 1 })
    expect(await model.embedPixels(images)).toEqual(await here.embedPixels(images))
    expect(await model.prepareImage(photo)).toEqual(await here.prepareImage(photo))
  })

  it.skipIf(!isLinux)('goes on after its processes were killed, with the same vectors', async () => {
    const model = await open({ isolation })
    const before = await model.embedPixels(images)
    await model.prepareImage(photo)
    expect(isolatedChildren()).toHaveLength(2)
    const asked = [model.embedPixels(images), model.prepareImage(photo)] as const
    for (const pid of isolatedChildren()) process.kill(pid, 'SIGKILL')
    expect(await asked[0]).toEqual(before)
    expect(await asked[1]).toMatchObject({ kind: 'image' })
  })

  it.skipIf(!isLinux)('sees that a process was stopped while nothing was asked of it, and starts another', async () => {
    const model = await open({ isolation: { ...isolation, silenceMs: 5000 } })
    const before = await model.embedPixels(images)
    const [pid] = isolatedChildren()
    process.kill(pid, 'SIGSTOP')
    expect(await model.embedPixels(images)).toEqual(before)
    expect(isolatedChildren()).not.toContain(pid)
  })

  // Node gives an array of a message as a view of what it received where it happens to be aligned, which the length of the name decides
  it.skipIf(!isLinux).each(['p', 'pi', 'pix', 'pixe'])(
    'takes several large batches at once in one process (%s)',
    async (name) => {
      const inference = openInference({ threads: 1, isolation })
      const { session } = await inference.loadModel({ bytes: fakeVision({ input: name }) })
      const dims = [6800, 3, SIDE, SIDE] // 5 MB: more than one piece of what is received
      const data = (value: number): Float32Array => new Float32Array(6800 * 3 * SIDE * SIDE).fill(value)
      const run = (value: number) =>
        inference.run(session, [{ name, type: 'float32', data: data(value), dims }], ['image_embeds'])
      const before = isolatedChildren()
      const together = await Promise.all([run(1), run(2), run(3), run(4)])
      expect(isolatedChildren()).toEqual(before)
      expect(together[1].outputs).toEqual((await run(2)).outputs)
      await inference.close()
    },
  )

  it.skipIf(!isLinux).each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'keeps %s from its processes, which a terminal sends to the whole group: the run finishes its batch first',
    async (signal) => {
      const run = spawn(process.execPath, [fileURLToPath(RUN_WITH_CHILD)], {
        detached: true, // a group of its own
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      const answer = async (): Promise<string> => String((await once(run.stdout, 'data'))[0])
      expect(await answer()).toBe('decoded\n')
      const before = isolatedChildren(run.pid)
      expect(before).toHaveLength(1)
      process.kill(-(run.pid ?? NaN), signal)
      run.stdin.write('again\n')
      expect(await answer()).toBe('decoded\n')
      expect(isolatedChildren(run.pid)).toEqual(before)
      run.stdin.end()
      expect(await once(run, 'exit')).toEqual([0, null])
    },
  )

  it.skipIf(!isLinux)('hands no token and no key on to its processes, and keeps Ctrl-C from them', async () => {
    process.env['HF_TOKEN'] = 'hf_secret'
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
    try {
      const model = await open({ isolation })
      const [pid] = isolatedChildren()
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').map((entry) => entry.split('=')[0]) // prettier-ignore
      expect(names).toContain('PATH')
      expect(names.filter((name) => /TOKEN|KEY|SECRET|PROBITY|NODE_OPTIONS|VITEST/.test(name))).toEqual([])
      process.kill(pid, 'SIGINT')
      process.kill(pid, 'SIGTERM')
      await model.embedPixels(images)
      expect(isolatedChildren()).toContain(pid)
    } finally {
      delete process.env['HF_TOKEN']
      delete process.env['AWS_SECRET_ACCESS_KEY']
    }
  })

  it('confirms the file of a model again when a fresh process loads it', async () => {
    const inference = openInference({ threads: 1, isolation: { ...isolation, requestsPerProcess: 1 } })
    const path = join(folder, 'onnx/vision_model.onnx')
    const confirmed: number[] = []
    const isReplaced = () => readFileSync(path).length !== fakeVision().length
    const confirm = () => (confirmed.push(1), isReplaced() ? Promise.reject(new Error('replaced')) : Promise.resolve())
    const { session } = await inference.loadModel({ path }, {}, confirm)
    const feed = () => ({ name: 'pixel_values', type: 'float32', data: new Float32Array(192), dims: [1, 3, 8, 8] }) as const // prettier-ignore
    await inference.run(session, [feed()], ['image_embeds'])
    expect(confirmed).toHaveLength(2)
    writeFileSync(path, fakeVision({ outputs: ['image_embeds', 'other'] }))
    await expect(inference.run(session, [feed()], ['image_embeds'])).rejects.toThrow('replaced')
    await inference.close()
  })

  it('says that the file of a model has changed where it goes, or is cut, under the run', async () => {
    const path = join(folder, 'onnx/vision_model.onnx')
    const model = await open({ isolation: { ...isolation, requestsPerProcess: 1 } })
    await model.embedPixels(images)
    rmSync(path)
    await expect(model.embedPixels(images)).rejects.toMatchObject({
      code: 'model.changed',
      message: expect.stringMatching(
        /vision_model\.onnx: expected the file that was loaded before but received one that ONNX Runtime no longer loads: ".*"\. Run again when nobody writes into the model folder$/,
      ) as string,
    })
    writeFileSync(path, fakeVision().subarray(0, 200))
    await expect(model.embedPixels(images)).rejects.toMatchObject({ code: 'model.changed' })
  })

  it('says that the machine is at fault where the product of two vectors ends the process', async () => {
    const inference = openInference({ threads: 1, isolation: { ...isolation, memoryBytes: 20e6 } })
    await expect(openMatrixProduct(inference)(Float32Array.of(1), Float32Array.of(1), 1)).rejects.toMatchObject({
      code: 'isolate.ended',
    })
    await inference.close()
  })

  it('refuses what is asked after it was closed, instead of waiting for ever', async () => {
    const inference = openInference({ threads: 1, isolation })
    const asked = inference.loadModel({ bytes: fakeVision() })
    await inference.close()
    await expect(asked).rejects.toThrow('the process has ended')
    await expect(inference.loadModel({ bytes: fakeVision() })).rejects.toThrow('the process has ended')
  })
})

it('says where it looked for the program of its processes, if there is none', () => {
  expect(() => openInference({ isolation: { entry: new URL('file:///nowhere/child.js') } })).toThrow(
    'no program for isolation at /nowhere/child.js',
  )
})
