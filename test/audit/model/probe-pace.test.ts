import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelError } from '../../../src/audit/errors.js'
import type { TriedImages } from '../../../src/audit/model/dry-run.js'
import { openModel } from '../../../src/audit/model/open-model.js'
import { probePace } from '../../../src/audit/model/probe-pace.js'
import type { OpenProbed, PaceAsked } from '../../../src/audit/model/probe-pace.js'
import { readModelFolder } from '../../../src/audit/model/read-model-folder.js'
import type { ModelFolder } from '../../../src/audit/model/read-model-folder.js'
import type { Device } from '../../../src/audit/types/device.js'
import { fakeVision, writeFakeModel } from './fake-model.js'

const BOTH: PaceAsked = { threads: 'auto', batch: 'auto' }
const FREE: TriedImages = { dim: 4, isBatchInvariant: true, fixedBatch: null }

let root: string
let folder: ModelFolder
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'probity-pace-'))
  folder = await readModelFolder(writeFakeModel(join(root, 'model')))
})
afterAll(() => rmSync(root, { recursive: true }))

type Machine = {
  readonly cores?: number
  readonly device?: Device
  readonly tried?: TriedImages
  /** Milliseconds that an image takes; may throw. */
  readonly msPerImage: (run: { readonly threads: number; readonly batch: number; readonly time: number }) => number
}

/** A probe on a machine whose speed is planted and whose clock is set by what it embeds; `runs` are the measured ones, without the two images that load a model. */
async function probeOn({ cores = 8, device, tried = FREE, msPerImage }: Machine, asked = BOTH) {
  let time = 0
  let open = 0
  const runs: { threads: number; batch: number; images: number }[] = []
  const openPretended: OpenProbed = ({ threads, batch: usual }) => {
    open++
    return Promise.resolve({
      settings: folder.preprocessing,
      tried,
      embeddedWith: () => Promise.resolve({ threads, batch: tried.fixedBatch ?? (tried.isBatchInvariant ? usual : 1), onnxruntime: '', libvips: '', ...(device && { device }) }), // prettier-ignore
      embedPixels: (images, batch = usual) => {
        if (batch !== 2) runs.push({ threads, batch, images: images.length })
        time += images.length * msPerImage({ threads, batch, time })
        return Promise.resolve(new Float32Array(tried.dim * images.length))
      },
      close: () => Promise.resolve(void open--),
    })
  }
  const probing = probePace(asked, openPretended, { cores, now: () => time })
  const { choice } = await probing.finally(() => expect(open).toBe(0))
  return { choice, runs, time }
}

describe('a probe of threads and batch', () => {
  it('finds the threads that are fastest, and then the batch that is fastest with these', async () => {
    const speed = { 2: 30, 4: 20, 8: 25 } as Record<number, number>
    const { choice, runs } = await probeOn({
      msPerImage: ({ threads, batch }) => speed[threads] + (threads === 4 ? -0.5 * batch : batch),
    })
    expect(choice.threads).toMatchObject({ taken: 4, usual: 8, reason: 'measured' })
    expect(choice.batch).toMatchObject({ taken: 32, usual: 32, reason: 'measured' })
    const ofBatches = runs.filter(({ batch }) => batch > 8)
    expect(new Set(ofBatches.map(({ threads }) => threads))).toEqual(new Set([4]))
  })

  it('says how many images a second each number embeds', async () => {
    const { choice } = await probeOn({ cores: 2, msPerImage: ({ threads }) => 100 / threads })
    expect(choice.threads?.trials).toEqual([
      { value: 1, kind: 'measured', imagesPerSecond: 10 },
      { value: 2, kind: 'measured', imagesPerSecond: 20 },
    ])
  })

  it('keeps all cores and batches of 32 where nothing else is faster by 3%', async () => {
    const { choice } = await probeOn({ msPerImage: ({ threads, batch }) => (threads === 8 && batch === 32 ? 100 : 98) })
    expect([choice.threads?.taken, choice.batch?.taken]).toEqual([8, 32])
  })

  it('favours none where the machine becomes half as fast on the way, or does something else for a while', async () => {
    const slowing = await probeOn({ msPerImage: ({ time }) => (time < 2500 ? 10 : 20) })
    const disturbed = await probeOn({ msPerImage: ({ time }) => (time > 1000 && time < 2000 ? 40 : 10) })
    for (const { choice } of [slowing, disturbed]) expect([choice.threads?.taken, choice.batch?.taken]).toEqual([8, 32])
  })

  it('counts the fastest round of each, whatever came later', async () => {
    const { choice } = await probeOn({ msPerImage: ({ threads, time }) => (threads === 8 && time > 3000 && time < 12_000 ? 40 : 10) }) // prettier-ignore
    expect(choice.threads?.taken).toBe(8)
  })

  it('runs each candidate twice at least, however slow, and ends after some ten seconds each, however fast', async () => {
    const slow = await probeOn({ msPerImage: () => 3000 })
    expect(slow.runs.map(({ threads, batch }) => [threads, batch])).toEqual([
      ...[2, 4, 8, 2, 4, 8].map((threads) => [threads, 8]),
      ...[8, 16, 32, 8, 16, 32].map((batch) => [8, batch]),
    ])
    const fast = await probeOn({ msPerImage: () => 1 })
    expect(fast.time).toBeLessThan(2 * 15_000)
  })

  it('ends where the clock stands still', async () => {
    const { choice } = await probeOn({ msPerImage: () => 0 })
    expect([choice.threads?.taken, choice.batch?.taken]).toEqual([8, 32])
  })

  it.each<readonly [string, TriedImages, number, number]>([
    ['that its export fixed', { ...FREE, fixedBatch: 12 }, 12, 12],
    ['of one, where images of a batch move each other', { ...FREE, isBatchInvariant: false }, 1, 8],
  ])('leaves a model the batch %s, and tries threads alone', async (_, tried, batch, images) => {
    const { choice, runs } = await probeOn({ tried, msPerImage: ({ threads }) => threads })
    expect(choice.threads?.taken).toBe(2)
    expect(choice.batch).toMatchObject({ taken: batch, reason: 'set-by-model', trials: [] })
    expect(new Set(runs.map((run) => run.images))).toEqual(new Set([images]))
  })

  it('tries larger batches and no threads on another device, and passes over one that does not fit into its memory', async () => {
    const full = new ModelError('model.memory', { at: 'model', expected: 'room', received: 'none' })
    const { choice } = await probeOn({
      device: 'cuda',
      msPerImage: ({ batch }) => {
        if (batch === 128) throw full
        return 64 / batch
      },
    })
    expect(choice.threads).toMatchObject({ taken: 8, reason: 'on-device', trials: [] })
    expect(choice.batch).toMatchObject({ taken: 64, usual: 32 })
    expect(choice.batch?.trials.at(-1)).toEqual({ value: 128, kind: 'refused', code: 'model.memory' })
  })

  it('throws what the run itself would meet, and closes what it opened', async () => {
    const broken = new ModelError('model.nonfinite', { at: 'model', expected: 'numbers', received: 'NaN' })
    const msPerImage = ({ threads }: { threads: number }): number => {
      if (threads === 8) throw broken
      return 1
    }
    await expect(probeOn({ msPerImage })).rejects.toThrow(broken)
  })

  it('looks for no threads on one core', async () => {
    const { choice } = await probeOn({ cores: 1, msPerImage: () => 1 })
    expect(choice.threads).toMatchObject({ taken: 1, reason: 'one-core' })
  })

  it('leaves alone what was named', async () => {
    const threads = await probeOn({ msPerImage: () => 1 }, { threads: 'auto', batch: 4 })
    expect([threads.choice.batch, ...new Set(threads.runs.map(({ batch }) => batch))]).toEqual([null, 4])
    const batch = await probeOn({ msPerImage: () => 1 }, { threads: 3, batch: 'auto' })
    expect([batch.choice.threads, ...new Set(batch.runs.map((run) => run.threads))]).toEqual([null, 3])
  })

  it.each([
    ['a free batch', {}, 'measured'],
    ['a fixed batch', { 'onnx/vision_model.onnx': fakeVision({ batch: 3 }) }, 'set-by-model'],
    ['a batch whose images move each other', { 'onnx/vision_model.onnx': fakeVision({ isCentred: true }) }, 'set-by-model'], // prettier-ignore
  ])('runs real encoders with %s', async (name, files, reason) => {
    const real = await readModelFolder(writeFakeModel(join(root, name), files))
    const open: OpenProbed = (numbers) => openModel(real, { resize: 'exact', ...numbers })
    let time = 0
    const { choice, tried } = await probePace(BOTH, open, { cores: 2, now: () => (time += 3000) })
    expect(choice).toMatchObject({ threads: { reason: 'measured' }, batch: { reason } })
    expect(tried.dim).toBe(4)
  })
})
