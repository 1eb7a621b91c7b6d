import type { MatrixProduct } from '../types/decisions.js'
import { ChildEnded } from './child-ended.js'
import type { Inference, LoadedModel } from './inference-client.js'
import { isolationFailed } from './isolation-failed.js'
import { buildOnnxModel } from './onnx-graph.js'
import { tensorMemory } from './tensor-memory.js'

/**
 * The product of image vectors and class vectors by ONNX Runtime, in float32: n x dim times (c x dim) transposed.
 * Its tiny model is built and loaded on first use. The arrays given in are copied, so the caller keeps them.
 */
export function openMatrixProduct(inference: Inference): MatrixProduct {
  let loading: Promise<LoadedModel> | undefined
  const memory = tensorMemory() // a tile of images is 4 MB, and taking it from the system anew costs as much as filling it
  const copyOf = (given: Float32Array): Float32Array => {
    const copy = memory.take(given.length)
    copy.set(given)
    return copy
  }
  return async (images, classes, dim) => {
    if (images.length % dim !== 0 || classes.length % dim !== 0) {
      throw new RangeError(
        `expected rows of ${dim} numbers but received ${images.length} and ${classes.length} numbers`,
      )
    }
    if (images.length === 0 || classes.length === 0) return new Float32Array(0)
    loading ??= inference.loadModel({ bytes: productModel() }).catch(refuseIsolation)
    const { session } = await loading
    const feeds = [
      { name: 'images', type: 'float32', data: copyOf(images), dims: [images.length / dim, dim] },
      { name: 'classes', type: 'float32', data: copyOf(classes), dims: [classes.length / dim, dim] },
    ] as const
    const { outputs, spent } = await inference.run(session, feeds, ['similarities']).catch(refuseIsolation)
    for (const array of spent) if (array instanceof Float32Array) memory.giveBack(array)
    const [product] = outputs
    if (product?.type !== 'float32') throw new Error('the matrix product gave no float32 output')
    return product.data
  }
}

/** The product is ours: where its process ends all the same, the machine is at fault. */
function refuseIsolation(error: unknown): never {
  throw error instanceof ChildEnded ? isolationFailed(error, 'embeds') : error
}

function productModel(): Uint8Array {
  return buildOnnxModel({
    name: 'similarities',
    inputs: [
      { name: 'images', type: 'float32', shape: ['n', 'dim'] },
      { name: 'classes', type: 'float32', shape: ['c', 'dim'] },
    ],
    outputs: [{ name: 'similarities', type: 'float32', shape: ['n', 'c'] }],
    initializers: [],
    nodes: [
      { op: 'Transpose', inputs: ['classes'], outputs: ['transposed'], attributes: { perm: { ints: [1, 0] } } },
      { op: 'MatMul', inputs: ['images', 'transposed'], outputs: ['similarities'] },
    ],
  })
}
