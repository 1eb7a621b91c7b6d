import { closeSync, fstatSync, openSync } from 'node:fs'
import { decodeScalar } from './decode-scalar.js'
import { FileBytes, MalformedError } from './onnx-bytes.js'
import type { Field } from './onnx-bytes.js'

/** A constant of an ONNX graph that holds one number. `isExponentiated`: the graph takes e to its power, so it is stored as a logarithm. */
export type OnnxScalar = { readonly value: number; readonly isExponentiated: boolean }

// Field numbers and numbers of types: onnx/onnx `onnx/onnx.proto`.
const MODEL_GRAPH = 7
const GRAPH_NODE = 1
const GRAPH_INITIALIZER = 5
const NODE = { input: 1, output: 2, op: 4 } as const
const TENSOR = { type: 2, floats: 4, name: 8, raw: 9, doubles: 10 } as const
const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'F32'],
  [10, 'F16'],
  [11, 'F64'],
  [16, 'BF16'],
])

/**
 * The named constants of an ONNX file that hold one number each, without running it. An exporter that folds constants leaves the names out:
 * then there is nothing to find. Names are matched whole or after a dot (`model.logit_scale`). A file that is not ONNX gives nothing.
 */
export function readOnnxScalars(path: string, names: readonly string[]): Map<string, OnnxScalar> {
  const file = openSync(path, 'r')
  try {
    const bytes = new FileBytes(file, fstatSync(file).size)
    return scalarsOf(bytes, names)
  } catch (error) {
    if (error instanceof MalformedError) return new Map()
    throw error
  } finally {
    closeSync(file)
  }
}

type Node = { readonly op: string; readonly inputs: readonly string[]; readonly outputs: readonly string[] }

function scalarsOf(bytes: FileBytes, names: readonly string[]): Map<string, OnnxScalar> {
  const found = new Map<string, { name: string; value: number }>()
  const nodes: Node[] = []
  for (const graph of bytes.fields({ start: 0, end: bytes.size })) {
    if (graph.number !== MODEL_GRAPH || !graph.isMessage) continue
    for (const field of bytes.fields(graph)) {
      if (field.number === GRAPH_NODE) nodes.push(nodeOf(bytes, field))
      if (field.number !== GRAPH_INITIALIZER) continue
      const { name, value } = tensorOf(bytes, field)
      const wanted = names.find((each) => name === each || name.endsWith(`.${each}`))
      if (wanted !== undefined && value !== null) found.set(wanted, { name, value })
    }
  }
  return new Map(
    [...found].map(([wanted, { name, value }]) => [wanted, { value, isExponentiated: isExponentiated(name, nodes) }]),
  )
}

/** Straight into Exp, or through conversions of its type. `seen`: a file may name what a conversion gives as what it takes. */
function isExponentiated(name: string, nodes: readonly Node[], seen = new Set<string>()): boolean {
  if (seen.has(name)) return false
  seen.add(name)
  const users = nodes.filter(({ inputs }) => inputs.includes(name))
  return users.some(({ op, outputs }) =>
    op === 'Cast' ? outputs.some((output) => isExponentiated(output, nodes, seen)) : op === 'Exp',
  )
}

function nodeOf(bytes: FileBytes, node: Field): Node {
  const texts = (wanted: number): string[] =>
    [...bytes.fields(node)].filter(({ number }) => number === wanted).map((field) => bytes.text(field))
  return { op: texts(NODE.op)[0] ?? '', inputs: texts(NODE.input), outputs: texts(NODE.output) }
}

/** One number is short: data of more than eight bytes are not looked at. */
function tensorOf(bytes: FileBytes, tensor: Field): { name: string; value: number | null } {
  let name = ''
  let type = 0
  let data: { bytes: Uint8Array; type: string } | null = null
  for (const field of bytes.fields(tensor)) {
    if (field.number === TENSOR.type) type = field.value
    if (field.number === TENSOR.name) name = bytes.text(field)
    if (field.end - field.start > 8) continue
    if (field.number === TENSOR.raw) data = { bytes: bytes.bytes(field), type: 'raw' }
    if (field.number === TENSOR.floats) data = { bytes: bytes.bytes(field), type: 'F32' }
    if (field.number === TENSOR.doubles) data = { bytes: bytes.bytes(field), type: 'F64' }
  }
  if (data === null) return { name, value: null }
  return { name, value: decodeScalar(data.bytes, data.type === 'raw' ? (TYPES.get(type) ?? '') : data.type) }
}
