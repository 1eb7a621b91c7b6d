import { describe, expect, it } from 'vitest'
import { describeDevice } from '../../src/cli/describe-device.js'

const MEASURED = {
  imagesPerSecond: 412.4,
  cpuImagesPerSecond: 3.14,
  smallestCosine: 0.9999998,
  operators: 400,
  operatorsOnCpu: 12,
}

describe('describeDevice', () => {
  it('says what embeds, how fast beside the CPU, and how near its vectors', () => {
    expect(describeDevice({ model: 'clip', asked: 'cuda', used: 'cuda', passedOver: [], measured: MEASURED })).toEqual([
      "clip: images are embedded on cuda (412 drawn images a second, and the CPU 3.1; smallest cosine with the CPU's vectors 1.000000; 12 of 400 operators on the CPU, none of them heavy)",
    ])
  })

  it('shouts when the device that was named is slower than the CPU', () => {
    const measured = { ...MEASURED, imagesPerSecond: 2, operators: 0, operatorsOnCpu: 0 }
    expect(describeDevice({ model: 'clip', asked: 'dml', used: 'dml', passedOver: [], measured })).toEqual([
      "clip: images are embedded on dml (2.0 drawn images a second, and the CPU 3.1, so it is SLOWER than the CPU; smallest cosine with the CPU's vectors 1.000000)",
    ])
  })

  it('says why not the others, a line each', () => {
    const passedOver = [{ device: 'cuda', reason: "ONNX Runtime's CUDA provider is not installed" }] as const
    expect(describeDevice({ model: 'clip', asked: 'auto', used: 'cpu', passedOver, measured: null })).toEqual([
      'clip: images are embedded on cpu',
      "  not on cuda: ONNX Runtime's CUDA provider is not installed",
    ])
  })
})
