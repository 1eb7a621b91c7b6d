// A notebook for writing an ONNX graph line by line: each line names one operation and gets back the name of its result.
// Weights are random, the same in every run.
import { createFastRandom } from './fast-random.mjs'

const SEED = 0x9e3779b9

/** Collects nodes and initializers. `node`, `weights`, `filled` and `integers` return names that later lines read. */
export function createParts() {
  const nodes = []
  const initializers = []
  const random = createFastRandom(SEED)
  const add = (name, type, dims, data) => {
    initializers.push({ name, type, dims, data })
    return name
  }
  const uniform = (dims, deviation) => {
    const half = deviation * Math.sqrt(3) // an even spread from -half to half deviates by half / sqrt(3)
    return { half, numbers: random.fill(new Float32Array(count(dims)), half) }
  }
  return {
    nodes,
    initializers,
    /** An operation with several results. */
    nodeOf(op, inputs, results, name) {
      const outputs = results.map((result) => `${name}.${result}`)
      nodes.push({ op, inputs, outputs, name: `${name}.${op}` })
      return outputs
    },
    node(op, inputs, output, attributes = {}) {
      nodes.push({ op, inputs, outputs: [output], name: output, attributes })
      return output
    },
    /** Random numbers of the given standard deviation. */
    weights: (name, dims, deviation) => add(name, 'float32', dims, uniform(dims, deviation).numbers),
    /** The same in eight bits: byte 128 stands for zero, and `scale` for what one step is. */
    byteWeights(name, dims, deviation) {
      const { half, numbers } = uniform(dims, deviation)
      const bytes = Uint8Array.from(numbers, (number) => Math.round((number / half) * 127) + 128)
      return {
        weights: add(name, 'uint8', dims, bytes),
        scale: add(`${name}.scale`, 'float32', [], Float32Array.of(half / 127)),
        zero: add(`${name}.zero`, 'uint8', [], Uint8Array.of(128)),
      }
    },
    /** One number everywhere; a scalar when `dims` is empty. */
    filled: (name, dims, value) => add(name, 'float32', dims, new Float32Array(count(dims)).fill(value)),
    floats: (name, dims, data) => add(name, 'float32', dims, data),
    integers: (name, values) => add(name, 'int64', [values.length], BigInt64Array.from(values, BigInt)),
    index: (name, value) => add(name, 'int64', [], BigInt64Array.of(BigInt(value))),
  }
}

function count(dims) {
  return dims.reduce((product, dimension) => product * dimension, 1)
}
