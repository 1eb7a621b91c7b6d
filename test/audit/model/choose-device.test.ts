import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { chooseDevice } from '../../../src/audit/model/choose-device.js'
import type { Chosen } from '../../../src/audit/model/choose-device.js'
import { describeImageEncoder } from '../../../src/audit/model/encoder-signature.js'
import { InferenceError } from '../../../src/audit/model/inference-channel.js'
import { openInference } from '../../../src/audit/model/inference-client.js'
import type { Inference, RunResult } from '../../../src/audit/model/inference-client.js'
import { loadEncoder } from '../../../src/audit/model/load-encoder.js'
import { expectedOf } from '../../../src/audit/model/open-texts.js'
import { readModelFolder } from '../../../src/audit/model/read-model-folder.js'
import type { ModelFolder } from '../../../src/audit/model/read-model-folder.js'
import type { SessionProfile } from '../../../src/audit/model/read-profile.js'
import { onDevice } from '../../../src/audit/model/try-device.js'
import type { DeviceAsked } from '../../../src/audit/types/device.js'
import { writeFakeModel } from './fake-model.js'

const LINUX = { platform: 'linux', arch: 'x64' }
const BATCHING = { perRun: 8, shape: 8 }
const GPU = 'CUDAExecutionProvider'

let folder: ModelFolder
beforeAll(async () => {
  folder = await readModelFolder(writeFakeModel(mkdtempSync(join(tmpdir(), 'probity-device-'))))
})

type Fault = {
  readonly change?: (vectors: Float32Array) => void
  readonly profile?: (profile: SessionProfile) => SessionProfile
  readonly refuse?: string
}
type Pretended = Inference & { readonly freed: number[] }

/** A GPU that is the CPU under another name, with a fault: real ones cannot be made to fail in these ways. It is 1,000 times as fast. */
function pretendGpu({ change = () => undefined, profile = (own) => own, refuse }: Fault = {}): Pretended {
  const real = openInference({ threads: 1, inProcess: true })
  const ours = new Set<number>()
  const freed: number[] = []
  const fast = ({ runsMs, operators }: SessionProfile): SessionProfile => ({
    runsMs: runsMs.map((ms) => ms / 1000),
    operators: operators.map(({ name }) => ({ name, provider: GPU })),
  })
  return {
    ...real,
    freed,
    loadModel: async (source, options = {}) => {
      if (options.device !== 'cuda') return real.loadModel(source, options)
      if (refuse !== undefined) throw new InferenceError(refuse)
      const loaded = await real.loadModel(source, { ...options, device: 'cpu' })
      ours.add(loaded.session)
      return loaded
    },
    run: async (session, feeds, outputs): Promise<RunResult> => {
      const result = await real.run(session, feeds, outputs)
      const [vectors] = result.outputs
      if (ours.has(session) && vectors?.type === 'float32') change(vectors.data)
      return result
    },
    endProfile: async (session) => {
      const own = await real.endProfile(session)
      return ours.has(session) ? profile(fast(own)) : own
    },
    unloadModel: (session) => {
      freed.push(session)
      return real.unloadModel(session)
    },
  }
}

async function choose(
  asked: Exclude<DeviceAsked, 'cpu'>,
  inference: Inference,
  machine = LINUX,
): Promise<Chosen & { readonly cpuSession: number }> {
  const load = (using: Inference) =>
    loadEncoder(using, folder, [folder.visionFile], (signature, at) =>
      describeImageEncoder(signature, at, expectedOf(folder)),
    )
  const cpu = await load(onDevice(inference, 'cpu'))
  const smallBatching = { perRun: 2, shape: 2 }
  const of = { cpu, preprocessing: folder.preprocessing, batching: BATCHING, smallBatching, machine }
  return { ...(await chooseDevice(asked, inference, load, of)), cpuSession: cpu.session }
}

const NO_WEBGPU = { device: 'webgpu', reason: 'ONNX Runtime 1.30 calls it experimental, so it must be named' }
const ELSEWHERE = [
  { device: 'coreml', reason: 'onnxruntime-node 1.30 has coreml for macOS only, and this is Linux on x64' },
  { device: 'dml', reason: 'onnxruntime-node 1.30 has dml for Windows only, and this is Linux on x64' },
  NO_WEBGPU,
]

describe('a device that gives the vectors of the CPU', () => {
  it('is used where it is named, with what was measured, and the encoder on the CPU is freed', async () => {
    const inference = pretendGpu()
    const { choice, loaded, cpuSession } = await choose('cuda', inference)
    expect(choice).toMatchObject({ asked: 'cuda', used: 'cuda', passedOver: [] })
    expect(choice.measured?.smallestCosine).toBeCloseTo(1, 6)
    expect(choice.measured?.operators).toBeGreaterThan(0)
    expect(choice.measured?.operatorsOnCpu).toBe(0)
    expect(inference.freed).toEqual([cpuSession])
    expect(loaded.session).not.toBe(cpuSession)
  })

  it('wins under auto, which stops there', async () => {
    const { choice } = await choose('auto', pretendGpu())
    expect(choice).toMatchObject({ asked: 'auto', used: 'cuda', passedOver: [] })
  })

  it('may leave shapes and indices to the CPU, and says how many operators that were', async () => {
    const inference = pretendGpu({ profile: (own) => plus(own, 'Shape') })
    const { choice } = await choose('cuda', inference)
    expect(choice.measured?.operatorsOnCpu).toBe(1)
  })

  it('is used although it is slower where it is named, and passed over by auto', async () => {
    const slow = () => pretendGpu({ profile: (own) => ({ ...own, runsMs: own.runsMs.map(() => 1e6) }) })
    const { choice } = await choose('cuda', slow())
    expect(choice.used).toBe('cuda')
    expect(choice.measured?.imagesPerSecond).toBeCloseTo(0.008, 9) // 8 images in 1,000 seconds
    const inference = slow()
    const fallen = await choose('auto', inference)
    expect(fallen.choice).toMatchObject({ asked: 'auto', used: 'cpu', measured: null })
    expect(fallen.choice.passedOver[0]?.reason).toMatch(
      /^it is no faster: 0\.0 images a second, and the CPU \d+\.\d$/, // the second figure is this machine's
    )
    expect(fallen.loaded.session).toBe(fallen.cpuSession)
    expect(inference.freed).toHaveLength(1)
    expect(inference.freed).not.toContain(fallen.cpuSession)
  })
})

describe('a device that cannot be trusted', () => {
  const cases: readonly (readonly [string, Fault, string, string])[] = [
    [
      'other vectors than the CPU',
      { change: (vectors) => void vectors.reverse() },
      'its vectors are not those of the CPU: cosine',
      'Use --device cpu; the driver or the export may be at fault.',
    ],
    [
      'vectors that depend on the neighbours in the batch',
      { change: (vectors) => vectors.set(vectors.subarray(0, 4), vectors.length - 4) },
      'its vectors are not those of the CPU: cosine',
      'Use --device cpu; the driver or the export may be at fault.',
    ],
    [
      'NaN in the last image of the batch alone',
      { change: (vectors) => vectors.fill(NaN, vectors.length - 1) },
      'it gives NaN or infinity for a drawn image, and the CPU does not',
      'Use --device cpu; the driver or the export may be at fault.',
    ],
    [
      'heavy operators on the CPU, in silence',
      { profile: (own) => plus(plus(own, 'MatMul'), 'Shape') },
      'operators would run on the CPU, MatMul among them',
      'Use --device cpu, or an export whose operators the device has (fp32).',
    ],
    [
      'too little memory',
      { refuse: 'Failed to allocate memory for requested buffer of size 154140672' },
      'the model and one batch do not fit into its memory',
      'Use a smaller --batch, or --device cpu.',
    ],
    [
      'no GPU behind its provider',
      { refuse: 'CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ; hostname=h' },
      'CUDA finds no NVIDIA GPU, or no driver that is new enough',
      'See whether nvidia-smi lists the GPU and a driver for CUDA 12, or use --device cpu (docs/devices.md).',
    ],
  ]

  it.each(cases)('%s: is refused where it is named, with the cure', async (_, fault, reason, cure) => {
    const refusal: unknown = await choose('cuda', pretendGpu(fault)).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'model.device', name: 'ModelError' })
    const { message } = refusal as Error
    expect(message).toContain('device cuda: expected a device that can be used here but received one that cannot: ')
    expect(message).toContain(reason)
    expect(message.endsWith(`. ${cure}`)).toBe(true)
  })

  it.each(cases)('%s: is passed over by auto, which falls to the CPU and tells', async (_, fault, reason) => {
    const inference = pretendGpu(fault)
    const { choice, loaded, cpuSession } = await choose('auto', inference)
    expect(choice.used).toBe('cpu')
    expect(choice.passedOver[0]).toMatchObject({ device: 'cuda' })
    expect(choice.passedOver[0]?.reason).toContain(reason)
    expect(choice.passedOver.slice(1)).toEqual(ELSEWHERE)
    expect(loaded.session).toBe(cpuSession)
    expect(inference.freed).not.toContain(cpuSession)
  })

  it('counts the operators that fell', async () => {
    const { choice } = await choose('auto', pretendGpu({ profile: (own) => plus(plus(own, 'MatMul'), 'Shape') }))
    expect(choice.passedOver[0]?.reason).toMatch(
      /^2 of \d+ operators would run on the CPU, MatMul among them$/, // how many there are is up to the optimiser
    )
  })
})

describe('auto on another system', () => {
  it.each([
    ['macOS', { platform: 'darwin', arch: 'arm64' }, 'coreml'],
    ['Windows', { platform: 'win32', arch: 'x64' }, 'dml'],
  ] as const)('tries on %s what is there', async (system, machine, there) => {
    const { choice } = await choose('auto', pretendGpu(), machine)
    const { device, reason } = choice.passedOver[0] ?? {}
    expect([device, reason]).toEqual([
      'cuda',
      `onnxruntime-node 1.30 has cuda for Linux on x64 only, and this is ${system} on ${machine.arch}`,
    ])
    const tried = choice.passedOver.find((one) => one.device === there)
    if (process.platform === 'linux') expect(tried?.reason).toContain(`[${there}] backend not found`)
  })
})

function plus(profile: SessionProfile, name: string): SessionProfile {
  return { ...profile, operators: [...profile.operators, { name, provider: 'CPUExecutionProvider' }] }
}
