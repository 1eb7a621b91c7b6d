import { describe, expect, it } from 'vitest'
import { deviceError, refusalOfError, refusalOfPlace } from '../../../src/audit/model/device-refusal.js'
import { InferenceError } from '../../../src/audit/model/inference-channel.js'
import type { Device } from '../../../src/audit/types/device.js'

const MACHINES = {
  'Linux on x64': { platform: 'linux', arch: 'x64' },
  'Linux on arm64': { platform: 'linux', arch: 'arm64' },
  'macOS on arm64': { platform: 'darwin', arch: 'arm64' },
  'Windows on x64': { platform: 'win32', arch: 'x64' },
  'Windows on arm64': { platform: 'win32', arch: 'arm64' },
} as const

describe('where a device exists', () => {
  // the table in the README of onnxruntime-node 1.30
  it.each<[keyof typeof MACHINES, Device[]]>([
    ['Linux on x64', ['cpu', 'cuda', 'webgpu']],
    ['Linux on arm64', ['cpu']],
    ['macOS on arm64', ['cpu', 'coreml', 'webgpu']],
    ['Windows on x64', ['cpu', 'dml', 'webgpu']],
    ['Windows on arm64', ['cpu', 'dml', 'webgpu']],
  ])('%s: %j', (name, devices) => {
    const here = (['cpu', 'cuda', 'coreml', 'dml', 'webgpu'] as const).filter(
      (device) => refusalOfPlace(device, MACHINES[name]) === null,
    )
    expect(here).toEqual(devices)
  })

  it('names the systems that have it, and this one', () => {
    expect(refusalOfPlace('webgpu', MACHINES['Linux on arm64'])).toEqual({
      reason: 'onnxruntime-node 1.30 has webgpu for Windows, macOS, and Linux on x64 only, and this is Linux on arm64',
      cure: 'Use --device cpu.',
    })
  })
})

describe('why a device failed, in one sentence and with a cure', () => {
  // as onnxruntime-node 1.30.0 says it on Linux without a GPU
  const NO_LIBRARY = 'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library'

  it('CUDA that is not installed', () => {
    const refusal = refusalOfError('cuda', new InferenceError(NO_LIBRARY), () => false)
    expect(deviceError('cuda', refusal).message).toBe(
      "device cuda: expected a device that can be used here but received one that cannot: ONNX Runtime's CUDA provider is not installed. " +
        'Install it with ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js, or use --device cpu (docs/devices.md).',
    )
  })

  it('CUDA without the libraries of NVIDIA', () => {
    expect(refusalOfError('cuda', new InferenceError(NO_LIBRARY), () => true)).toEqual({
      reason: "ONNX Runtime's CUDA provider is installed, but CUDA 12 or cuDNN 9, which it needs, was not found",
      cure: 'Install both and name their folders in LD_LIBRARY_PATH, or use --device cpu (docs/devices.md).',
    })
  })

  it('anything else in its own words, without paths and source lines', () => {
    const said = '/onnxruntime_src/onnxruntime/core/x.cc:12 void f(int) /home/me/secret/m.onnx broke\nand more'
    expect(refusalOfError('dml', new InferenceError(said)).reason).toBe('it fails: "m.onnx broke"')
  })

  it('leaves errors that are not of ONNX Runtime', () => {
    expect(() => refusalOfError('cuda', new TypeError('a bug of ours'))).toThrow('a bug of ours')
  })
})
