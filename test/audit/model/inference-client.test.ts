import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { describeInferenceError } from '../../../src/audit/model/describe-inference-error.js'
import { InferenceError } from '../../../src/audit/model/inference-channel.js'
import { openInference } from '../../../src/audit/model/inference-client.js'
import { buildOnnxModel } from '../../../src/audit/model/onnx-graph.js'
import { fakeVision } from './fake-model.js'

type Client = { openInference: typeof openInference }

const built = new URL('../../../dist/audit/model/inference-client.js', import.meta.url)
const isBuilt = existsSync(fileURLToPath(built)) && existsSync(fileURLToPath(new URL('./inference-worker.js', built)))
const doubled = () =>
  buildOnnxModel({
    inputs: [{ name: 'x', type: 'float32', shape: ['n'] }],
    outputs: [
      { name: 'sum', type: 'float32', shape: ['n'] },
      { name: 'zero', type: 'float32', shape: ['n'] },
    ],
    initializers: [],
    nodes: [
      { op: 'Add', inputs: ['x', 'x'], outputs: ['sum'] },
      { op: 'Sub', inputs: ['x', 'x'], outputs: ['zero'] },
    ],
  })

describe.each([
  ['in this thread', () => Promise.resolve<Client>({ openInference })],
  ['in a worker (skipped before npm run build)', () => import(built.href) as Promise<Client>], // the same module, compiled
] as const)('inference %s', (place, open) => {
  const run = place.startsWith('in a worker') ? it.skipIf(!isBuilt) : it

  run('loads a model, says what it takes, and runs it; only the outputs asked for come back', async () => {
    const inference = (await open()).openInference({ threads: 1 })
    const { session, signature } = await inference.loadModel({ bytes: doubled() })
    expect(signature.inputs).toEqual([{ name: 'x', type: 'float32', shape: ['n'] }])
    expect(signature.outputs.map(({ name }) => name)).toEqual(['sum', 'zero'])
    const feed = { name: 'x', type: 'float32', data: Float32Array.of(1, 2, 3), dims: [3] } as const
    expect((await inference.run(session, [feed], ['sum'])).outputs).toEqual([
      { name: 'sum', type: 'float32', dims: [3], data: Float32Array.of(2, 4, 6) },
    ])
    expect(inference.version()).toBe('1.30.0')
    await inference.close()
  })

  run("fails with ONNX Runtime's own words, and goes on", async () => {
    const inference = (await open()).openInference({ threads: 1 })
    await expect(inference.loadModel({ path: '/nowhere/model.onnx' })).rejects.toThrow("File doesn't exist")
    await expect(inference.run(99, [], [])).rejects.toThrow('no session 99')
    await expect(inference.loadModel({ bytes: doubled() })).resolves.toMatchObject({ signature: {} })
    await inference.close()
  })

  run('answers several requests that are under way at once, each with its own result', async () => {
    const inference = (await open()).openInference({ threads: 1 })
    const { session } = await inference.loadModel({ bytes: doubled() })
    const results = await Promise.all(
      [1, 2, 3, 4].map(async (value) => {
        const feed = { name: 'x', type: 'float32', data: Float32Array.of(value), dims: [1] } as const
        const { outputs } = await inference.run(session, [feed], ['sum'])
        return outputs[0]?.data[0]
      }),
    )
    expect(results).toEqual([2, 4, 6, 8])
    await inference.close()
  })

  run('gives the memory of the inputs back, in their order, to be filled again', async () => {
    const inference = (await open()).openInference({ threads: 1 })
    const { session } = await inference.loadModel({ bytes: doubled() })
    const feed = { name: 'x', type: 'float32', data: Float32Array.of(1, 2, 3), dims: [3] } as const
    const { spent } = await inference.run(session, [feed], ['sum'])
    expect(spent).toEqual([Float32Array.of(1, 2, 3)])
    const [again] = spent as readonly [Float32Array<ArrayBuffer>] // one feed, of this type
    again.fill(10)
    const { outputs } = await inference.run(session, [{ ...feed, data: again }], ['sum'])
    expect(outputs[0]?.data).toEqual(Float32Array.of(20, 20, 20))
    await inference.close()
  })

  run('frees a model that is needed no more, and keeps the others', async () => {
    const inference = (await open()).openInference({ threads: 1 })
    const [freed, kept] = [
      await inference.loadModel({ bytes: doubled() }),
      await inference.loadModel({ bytes: doubled() }),
    ]
    const feed = () => ({ name: 'x', type: 'float32', data: Float32Array.of(1), dims: [1] }) as const
    await inference.unloadModel(freed.session)
    await expect(inference.run(freed.session, [feed()], ['sum'])).rejects.toThrow(`no session ${freed.session}`)
    await expect(inference.unloadModel(freed.session)).rejects.toThrow(`no session ${freed.session}`)
    expect((await inference.run(kept.session, [feed()], ['sum'])).outputs[0]?.data).toEqual(Float32Array.of(2))
    await inference.close()
  })
})

describe.skipIf(!isBuilt)('the worker (skipped before npm run build)', () => {
  it('takes the memory of what it is given, without a copy', async () => {
    const client = (await import(built.href)) as Client // the same module, compiled
    const inference = client.openInference({ threads: 1 })
    const { session } = await inference.loadModel({ bytes: doubled() })
    const data = Float32Array.of(1, 2)
    await inference.run(session, [{ name: 'x', type: 'float32', data, dims: [2] }], ['sum'])
    expect(data.length).toBe(0)
    await inference.close()
  })

  it('refuses what is asked after it was closed, instead of waiting for ever', async () => {
    const client = (await import(built.href)) as Client // the same module, compiled
    const inference = client.openInference({ threads: 1 })
    await inference.close()
    await expect(inference.loadModel({ bytes: doubled() })).rejects.toThrow('the inference thread has ended')
  })
})

describe('a refusal of ONNX Runtime in one plain sentence', () => {
  it.each([
    [
      'another opset',
      { ...graph('Relu'), opset: 99 },
      'm.onnx: expected an ONNX version that this ONNX Runtime reads but received a newer one. Export the model again with an opset and operators that onnxruntime-node 1.30 knows.',
    ],
    [
      'an input that comes from nowhere',
      { ...graph('Relu'), nodes: [{ op: 'Relu', inputs: ['z'], outputs: ['y'] }] },
      `m.onnx: expected a model that ONNX Runtime runs but received a refusal: "Invalid model. Node input 'z' is not a graph input, initializer, or output of a ..."`,
    ],
    [
      'an output that is not made',
      { ...graph('Relu'), nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['w'] }] },
      'm.onnx: expected a model that ONNX Runtime runs but received a refusal: "This is an invalid model. Graph output (y) does not exist in the graph."',
    ],
  ])('%s', async (_, broken, message) => {
    const inference = openInference({ threads: 1 })
    const error: unknown = await inference
      .loadModel({ bytes: buildOnnxModel(broken) })
      .catch((caught: unknown) => caught)
    expect(describeInferenceError(error, 'm.onnx')).toHaveProperty('message', message)
  })

  it('a wrong size of input', async () => {
    const inference = openInference({ threads: 1 })
    const { session } = await inference.loadModel({ bytes: fakeVision() })
    const feed = { name: 'pixel_values', type: 'float32', data: new Float32Array(3), dims: [1, 3, 1, 1] } as const
    const error: unknown = await inference.run(session, [feed], ['image_embeds']).catch((caught: unknown) => caught)
    expect(describeInferenceError(error, 'm.onnx')).toHaveProperty(
      'message',
      'm.onnx: expected a model that ONNX Runtime runs but received a refusal: "Got invalid dimensions for input: pixel_values for the following indices"',
    )
  })

  it('leaves other errors as they are', () => {
    const other = new TypeError('a bug of ours')
    expect(describeInferenceError(other, 'm.onnx')).toBe(other)
    expect(describeInferenceError(new InferenceError('x'), 'm.onnx')).not.toBe(other)
  })
})

function graph(op: string) {
  return {
    inputs: [{ name: 'x', type: 'float32', shape: ['n'] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['n'] }],
    initializers: [],
    nodes: [{ op, inputs: ['x'], outputs: ['y'] }],
  } as const
}
