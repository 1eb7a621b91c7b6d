import { bytesField, floatField, integerField, joinFields, messageField, textField } from './protobuf-writer.js'
import type { ProtobufField } from './protobuf-writer.js'

/** Element types that we write, with their numbers in `TensorProto.DataType`. */
const ELEMENT_TYPES = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float16: 10 } as const
const BYTES_PER_ELEMENT = { float32: 4, uint8: 1, int32: 4, int64: 8, bool: 1, float16: 2 } as const
const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const
const IR_VERSION = 8 // the file format that goes with opsets 15 to 18
const DEFAULT_OPSET = 17

export type OnnxType = keyof typeof ELEMENT_TYPES

/** A named input or output; a text in `shape` is a dimension that is known only when the model runs. */
export type OnnxValue = { readonly name: string; readonly type: OnnxType; readonly shape: readonly (number | string)[] }

/** A constant. float16 comes as its 16-bit patterns (`Uint16Array`), bool and uint8 as `Uint8Array`. */
export type OnnxTensor = {
  readonly name: string
  readonly type: OnnxType
  readonly dims: readonly number[]
  readonly data: Float32Array | BigInt64Array | Int32Array | Uint8Array | Uint16Array
}

export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly string: string }
  | { readonly tensor: OnnxTensor }

/** One operation; an empty text among the inputs leaves an optional input out. */
export type OnnxNode = {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly name?: string
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
}

export type OnnxGraph = {
  readonly opset?: number
  readonly name?: string
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly initializers: readonly OnnxTensor[]
  readonly nodes: readonly OnnxNode[]
}

/**
 * The bytes of an ONNX model file, for models that are constructed and not trained.
 * Field numbers follow onnx/onnx `onnx/onnx.proto`; tensors are written as little-endian `raw_data`.
 * Throws RangeError when the data of a tensor do not fit its type or dims.
 */
export function buildOnnxModel(graph: OnnxGraph): Uint8Array {
  return joinFields([
    integerField(1, IR_VERSION),
    textField(2, 'probity'),
    messageField(7, graphFields(graph)),
    messageField(8, [textField(1, ''), integerField(2, graph.opset ?? DEFAULT_OPSET)]),
  ])
}

function graphFields(graph: OnnxGraph): ProtobufField[] {
  return [
    ...graph.nodes.map((node, index) => messageField(1, nodeFields(node, index))),
    textField(2, graph.name ?? 'graph'),
    ...graph.initializers.map((tensor) => messageField(5, tensorFields(tensor))),
    ...graph.inputs.map((value) => messageField(11, valueFields(value))),
    ...graph.outputs.map((value) => messageField(12, valueFields(value))),
  ]
}

function nodeFields(node: OnnxNode, index: number): ProtobufField[] {
  const attributes = Object.entries(node.attributes ?? {})
  return [
    ...node.inputs.map((name) => textField(1, name)),
    ...node.outputs.map((name) => textField(2, name)),
    textField(3, node.name ?? `${node.op}_${index}`),
    textField(4, node.op),
    ...attributes.map(([name, attribute]) => messageField(5, [textField(1, name), ...attributeFields(attribute)])),
  ]
}

function attributeFields(attribute: OnnxAttribute): ProtobufField[] {
  const type = (kind: keyof typeof ATTRIBUTE_TYPES) => integerField(20, ATTRIBUTE_TYPES[kind])
  if ('float' in attribute) return [floatField(2, attribute.float), type('float')]
  if ('int' in attribute) return [integerField(3, attribute.int), type('int')]
  if ('string' in attribute) return [textField(4, attribute.string), type('string')]
  if ('tensor' in attribute) return [messageField(5, tensorFields(attribute.tensor)), type('tensor')]
  if ('floats' in attribute) return [...attribute.floats.map((value) => floatField(7, value)), type('floats')]
  return [...attribute.ints.map((value) => integerField(8, value)), type('ints')]
}

function tensorFields(tensor: OnnxTensor): ProtobufField[] {
  return [
    ...tensor.dims.map((dimension) => integerField(1, dimension)),
    integerField(2, ELEMENT_TYPES[tensor.type]),
    textField(8, tensor.name),
    bytesField(9, rawData(tensor)),
  ]
}

/** Every machine that Node 20 runs ONNX Runtime on is little-endian, so the memory of the array is the file's. */
function rawData({ name, type, dims, data }: OnnxTensor): Uint8Array {
  const elements = dims.reduce((product, dimension) => product * dimension, 1)
  if (data.length !== elements || data.BYTES_PER_ELEMENT !== BYTES_PER_ELEMENT[type]) {
    throw new RangeError(
      `tensor ${name}: expected ${elements} elements of ${type} but received ${data.length} of ${data.BYTES_PER_ELEMENT} bytes`,
    )
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

function valueFields({ name, type, shape }: OnnxValue): ProtobufField[] {
  const dimensions = shape.map((dimension) =>
    messageField(1, [typeof dimension === 'string' ? textField(2, dimension) : integerField(1, dimension)]),
  )
  const tensorType = [integerField(1, ELEMENT_TYPES[type]), messageField(2, dimensions)]
  return [textField(1, name), messageField(2, [messageField(1, tensorType)])]
}
