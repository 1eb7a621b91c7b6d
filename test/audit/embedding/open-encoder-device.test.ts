import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { embedImages } from '../../../src/audit/embedding/embed-images.js'
import { openEncoder } from '../../../src/audit/embedding/open-encoder.js'
import { settingsUsed } from '../../../src/audit/embedding/stored-embeddings.js'
import { memoryStore } from '../../../src/audit/store/open-store.js'
import { memorySpace } from '../../../src/audit/store/memory-space.js'
import type { DeviceAsked, DeviceChoice } from '../../../src/audit/types/device.js'
import { drawnImage } from '../model/drawn-image.js'
import { SIDE, writeFakeModel } from '../model/fake-model.js'
import { datasetOf, deskOf } from './fake-model.js'

const onnxruntime = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
const hasNoCuda =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  !existsSync(join(onnxruntime, 'bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so'))

let folder: string
let image: string
beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'probity-encoder-device-'))
  folder = writeFakeModel(join(root, 'model'))
  image = join(root, 'drawn.png')
  const { width, height, rgb } = drawnImage('noise', SIDE, SIDE, 1)
  writeFileSync(image, await sharp(rgb, { raw: { width, height, channels: 3 } }).png().toBuffer()) // prettier-ignore
})

async function embed(device?: DeviceAsked) {
  const told: (DeviceChoice & { model: string })[] = []
  const onDevice = (choice: DeviceChoice, model: string) => void told.push({ model, ...choice })
  const encoder = await openEncoder(
    folder,
    { resize: 'exact', threads: 1, device, onDevice, now: Date.now },
    memoryStore(),
  )
  try {
    const { embeddings, hashes } = await embedImages(datasetOf([image]), encoder.model, deskOf({ space: encoder.images })) // prettier-ignore
    return {
      vectors: [...(await embeddings.read(0, 1))],
      settings: settingsUsed(hashes, encoder.images),
      chosen: encoder.deviceChoice(),
      told,
    }
  } finally {
    await encoder.close()
  }
}

describe('an encoder on the CPU', () => {
  it('says nothing of devices, whether the CPU was named or is the default', async () => {
    const plain = await embed()
    expect(plain).toMatchObject({ chosen: null, told: [] })
    expect(plain.settings[0]).not.toHaveProperty('device')
    expect(await embed('cpu')).toEqual(plain)
  })

  it.runIf(hasNoCuda)(
    'is what auto falls to without a GPU: the same vectors and settings, and the reasons (needs Linux on x64 without CUDA)',
    async () => {
      const plain = await embed()
      const { vectors, settings, chosen, told } = await embed('auto')
      expect({ vectors, settings }).toEqual({ vectors: plain.vectors, settings: plain.settings })
      expect(told).toEqual([{ model: 'model', ...chosen }])
      expect(chosen).toEqual({
        asked: 'auto',
        used: 'cpu',
        measured: null,
        passedOver: [
          { device: 'cuda', reason: "ONNX Runtime's CUDA provider is not installed" },
          { device: 'coreml', reason: 'onnxruntime-node 1.30 has coreml for macOS only, and this is Linux on x64' },
          { device: 'dml', reason: 'onnxruntime-node 1.30 has dml for Windows only, and this is Linux on x64' },
          { device: 'webgpu', reason: 'ONNX Runtime 1.30 calls it experimental, so it must be named' },
        ],
      })
    },
  )
})

describe('a device that is named and not there', () => {
  it.runIf(hasNoCuda)('is refused when the model is opened (needs Linux on x64 without CUDA)', async () => {
    await expect(embed('cuda')).rejects.toThrow(
      "device cuda: expected a device that can be used here but received one that cannot: ONNX Runtime's CUDA provider is not installed. Install it with",
    )
    await expect(embed('dml')).rejects.toThrow(
      'device dml: expected a device that can be used here but received one that cannot: onnxruntime-node 1.30 has dml for Windows only, and this is Linux on x64. Use --device cpu.',
    )
  })
})

describe('vectors in the store', () => {
  it('say which device made them, whatever embeds now', async () => {
    const space = memorySpace({}, 2)
    const settings = { threads: 2, batch: 8, onnxruntime: '1.30.0', libvips: '8.0.0' }
    const keys = ['a', 'b'].map((letter) => letter.repeat(64))
    for (const [index, device] of [undefined, 'cuda'].entries()) {
      await space.startWriting(
        { ...settings, ...(device === undefined ? {} : { device }) },
        { onWait: () => undefined },
      )
      await space.append([{ key: keys[index], note: 0, vector: Float32Array.of(1, 0) }])
      await space.finishWriting()
    }
    expect(settingsUsed(keys, space)).toEqual([{ ...settings, device: 'cuda' }, settings])
  })
})
