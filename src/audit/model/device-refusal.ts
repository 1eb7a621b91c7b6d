import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ModelError, quoted } from '../errors.js'
import type { Device } from '../types/device.js'
import { ChildEnded, describeEnd } from './child-ended.js'
import { firstLineWithoutPaths } from './describe-inference-error.js'
import { InferenceError } from './inference-channel.js'

/** Why a device cannot be used, in one sentence without its full stop, and what to do. */
export type DeviceRefusal = { readonly reason: string; readonly cure: string }

/** The machine as Node names it: `process`, or what a test makes up. */
export type Machine = { readonly platform: string; readonly arch: string }

type Place = { readonly where: string; readonly has: (machine: Machine) => boolean }

/** Where the npm package of ONNX Runtime has which device. Source: the table in the README of onnxruntime-node 1.30. */
const PLACES: Readonly<Record<Exclude<Device, 'cpu'>, Place>> = {
  cuda: { where: 'Linux on x64', has: ({ platform, arch }) => platform === 'linux' && arch === 'x64' },
  coreml: { where: 'macOS', has: ({ platform }) => platform === 'darwin' },
  dml: { where: 'Windows', has: ({ platform }) => platform === 'win32' },
  webgpu: {
    where: 'Windows, macOS, and Linux on x64',
    has: ({ platform, arch }) => platform !== 'linux' || arch === 'x64',
  },
}

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }
const USE_CPU = 'Use --device cpu.'

/** Null where ONNX Runtime has this device for this system; nothing is loaded to find out. */
export function refusalOfPlace(device: Device, machine: Machine = process): DeviceRefusal | null {
  if (device === 'cpu') return null
  const { where, has } = PLACES[device]
  if (has(machine)) return null
  const here = `${SYSTEMS[machine.platform] ?? machine.platform} on ${machine.arch}`
  return { reason: `onnxruntime-node 1.30 has ${device} for ${where} only, and this is ${here}`, cure: USE_CPU }
}

const PROVIDER_INSTALL =
  'Install it with ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js, or use --device cpu (docs/devices.md).'

type Explanation = readonly [pattern: RegExp, refusal: DeviceRefusal]

/** What ONNX Runtime says when a device fails, in plain words. */
const EXPLANATIONS: readonly Explanation[] = [
  [
    /CUDA failure (35|100|999)|no CUDA-capable device|driver version is insufficient/i,
    {
      reason: 'CUDA finds no NVIDIA GPU, or no driver that is new enough',
      cure: 'See whether nvidia-smi lists the GPU and a driver for CUDA 12, or use --device cpu (docs/devices.md).',
    },
  ],
  [
    /WebGPU adapter|No supported adapters/i,
    {
      reason: 'WebGPU finds no graphics adapter',
      cure: 'Install the driver of the GPU (on Linux: with Vulkan), or use --device cpu (docs/devices.md).',
    },
  ],
  [
    /Failed to allocate|out of memory|bad_alloc|bad allocation/i,
    { reason: 'the model and one batch do not fit into its memory', cure: 'Use a smaller --batch, or --device cpu.' },
  ],
]

/** Why loading or running something on a device failed. An error that is not ONNX Runtime's is thrown on. */
export function refusalOfError(
  device: Device,
  error: unknown,
  isCudaInstalled: () => boolean = hasCudaProvider,
): DeviceRefusal {
  const said = error instanceof ModelError ? error.cause : error
  if (said instanceof ChildEnded) return { reason: `the process that used it ${describeEnd(said.end)}`, cure: USE_CPU }
  if (!(said instanceof InferenceError)) throw error
  if (device === 'cuda' && /Failed to load (shared )?library|cannot open shared object/i.test(said.message)) {
    return isCudaInstalled()
      ? {
          reason: "ONNX Runtime's CUDA provider is installed, but CUDA 12 or cuDNN 9, which it needs, was not found",
          cure: 'Install both and name their folders in LD_LIBRARY_PATH, or use --device cpu (docs/devices.md).',
        }
      : { reason: "ONNX Runtime's CUDA provider is not installed", cure: PROVIDER_INSTALL }
  }
  const known = EXPLANATIONS.find(([pattern]) => pattern.test(said.message))
  return known?.[1] ?? { reason: `it fails: ${quoted(firstLineWithoutPaths(said.message))}`, cure: USE_CPU }
}

/** A device that was named and cannot be used: nothing else is taken in its place. */
export function deviceError(device: Device, { reason, cure }: DeviceRefusal): ModelError {
  return new ModelError('model.device', {
    at: `device ${device}`,
    expected: 'a device that can be used here',
    received: `one that cannot: ${reason}`,
    hint: cure,
  })
}

function hasCudaProvider(): boolean {
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  return existsSync(join(folder, 'bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so'))
}
