// The floor of every race about scoring: ONNX Runtime's product of two matrices alone.
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'

/** A session that multiplies `images` (n x dim) with `classes` (dim x c), and the runtime that makes its tensors. */
export async function openBareProduct(options = {}) {
  // Probity's own copy of the runtime: from here a plain import would find the peer's.
  const runtime = createRequire(new URL('../package.json', import.meta.url))('onnxruntime-node')
  const { buildOnnxModel } = await import('../dist/audit/model/onnx-graph.js')
  const model = buildOnnxModel({
    name: 'product',
    inputs: [
      { name: 'images', type: 'float32', shape: ['n', 'dim'] },
      { name: 'classes', type: 'float32', shape: ['dim', 'c'] },
    ],
    outputs: [{ name: 'product', type: 'float32', shape: ['n', 'c'] }],
    initializers: [],
    nodes: [{ op: 'MatMul', inputs: ['images', 'classes'], outputs: ['product'] }],
  })
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: availableParallelism(),
    ...options,
  })
  return { runtime, session }
}
