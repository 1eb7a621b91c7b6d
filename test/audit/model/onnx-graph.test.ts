import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { buildOnnxModel } from '../../../src/audit/model/onnx-graph.js'
import type { OnnxGraph } from '../../../src/audit/model/onnx-graph.js'

describe('a constructed ONNX model runs in ONNX Runtime', () => {
  it('multiplies matrices whose number of rows is known only when it runs', async () => {
    const graph: OnnxGraph = {
      inputs: [{ name: 'x', type: 'float32', shape: ['batch', 2] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['batch', 3] }],
      initializers: [{ name: 'w', type: 'float32', dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
      nodes: [{ op: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
    }
    expect(await run(graph, { x: floats([1, 2], [1, 1]) })).toEqual([5, 7, 9])
    expect(await run(graph, { x: floats([2, 2], [1, 0, 0, -1]) })).toEqual([1, 2, 3, -4, -5, -6])
  })

  it('convolves with strides given as a list of integers', async () => {
    const graph: OnnxGraph = {
      inputs: [{ name: 'x', type: 'float32', shape: [1, 1, 2, 4] }],
      outputs: [{ name: 'y', type: 'float32', shape: [1, 1, 1, 2] }],
      initializers: [{ name: 'w', type: 'float32', dims: [1, 1, 2, 2], data: Float32Array.of(1, 1, 1, 1) }],
      nodes: [{ op: 'Conv', inputs: ['x', 'w'], outputs: ['y'], attributes: { strides: { ints: [2, 2] } } }],
    }
    expect(await run(graph, { x: floats([1, 1, 2, 4], [1, 2, 3, 4, 5, 6, 7, 8]) })).toEqual([14, 22])
  })

  it('looks tokens up in a table of half-precision numbers', async () => {
    const table = Uint16Array.of(0x3c00, 0x4000, 0xc000, 0x0000) // 1, 2, -2, 0 in float16
    const graph: OnnxGraph = {
      inputs: [{ name: 'tokens', type: 'int64', shape: ['batch', 'sequence'] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['batch', 'sequence', 2] }],
      initializers: [{ name: 'table', type: 'float16', dims: [2, 2], data: table }],
      nodes: [
        { op: 'Gather', inputs: ['table', 'tokens'], outputs: ['half'] },
        { op: 'Cast', inputs: ['half'], outputs: ['y'], attributes: { to: { int: 1 } } },
      ],
    }
    const tokens = new Tensor('int64', BigInt64Array.of(1n, 0n), [1, 2])
    expect(await run(graph, { tokens })).toEqual([-2, 0, 1, 2])
  })

  it('takes negative axes, floats, texts and tensors as attributes, and leaves optional inputs out', async () => {
    const graph: OnnxGraph = {
      inputs: [{ name: 'x', type: 'float32', shape: ['rows', 3] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['rows'] }],
      initializers: [
        { name: 'axis', type: 'int64', dims: [1], data: BigInt64Array.of(-1n) },
        { name: 'most', type: 'float32', dims: [], data: Float32Array.of(2) },
      ],
      nodes: [
        { op: 'Clip', inputs: ['x', '', 'most'], outputs: ['clipped'] },
        { op: 'LeakyRelu', inputs: ['clipped'], outputs: ['bent'], attributes: { alpha: { float: 0.5 } } },
        {
          op: 'Constant',
          inputs: [],
          outputs: ['one'],
          attributes: { value: { tensor: { name: 'one', type: 'float32', dims: [1], data: Float32Array.of(1) } } },
        },
        { op: 'Add', inputs: ['bent', 'one'], outputs: ['shifted'] },
        { op: 'ReduceSum', inputs: ['shifted', 'axis'], outputs: ['y'], attributes: { keepdims: { int: 0 } } },
      ],
    }
    expect(await run(graph, { x: floats([2, 3], [9, 1, -2, 0, 0, 0]) })).toEqual([5, 3])
  })
})

describe('a tensor', () => {
  it('is refused when its data do not fill its dims', () => {
    const tensor = { name: 'w', type: 'float32', dims: [2, 2], data: Float32Array.of(1) } as const
    expect(() => buildOnnxModel({ inputs: [], outputs: [], initializers: [tensor], nodes: [] })).toThrow(
      'tensor w: expected 4 elements of float32 but received 1 of 4 bytes',
    )
  })

  it('is refused when its array has another element size than its type', () => {
    const tensor = { name: 'w', type: 'int64', dims: [1], data: Float32Array.of(1) } as const
    expect(() => buildOnnxModel({ inputs: [], outputs: [], initializers: [tensor], nodes: [] })).toThrow(RangeError)
  })
})

function floats(dims: number[], data: number[]): Tensor {
  return new Tensor('float32', Float32Array.from(data), dims)
}

async function run(graph: OnnxGraph, feeds: Record<string, Tensor>): Promise<number[]> {
  const session = await InferenceSession.create(buildOnnxModel(graph))
  const output = (await session.run(feeds))['y']
  await session.release()
  if (output === undefined || !(output.data instanceof Float32Array)) throw new Error('no float output y')
  return [...output.data]
}
