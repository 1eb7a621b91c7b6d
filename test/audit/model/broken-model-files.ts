import { integerField, joinFields, messageField, textField } from '../../../src/audit/model/protobuf-writer.js'
import type { ProtobufField } from '../../../src/audit/model/protobuf-writer.js'

/** An ONNX file with one tensor whose data are said to lie at `location`; field numbers of onnx.proto. */
export function externalTensorModel(
  location: string,
  where: 'initializer' | 'in a subgraph' = 'initializer',
): Uint8Array {
  const tensor: ProtobufField[] = [
    integerField(1, 1),
    integerField(2, 1),
    textField(8, 'w'),
    messageField(13, [textField(1, 'location'), textField(2, location)]),
    messageField(13, [textField(1, 'offset'), textField(2, '0')]),
    integerField(14, 1),
  ]
  const graph = [messageField(5, tensor), textField(2, 'graph')]
  const nested = [
    messageField(1, [textField(4, 'Loop'), messageField(5, [textField(1, 'body'), messageField(6, graph)])]),
  ]
  return joinFields([integerField(1, 8), messageField(7, where === 'initializer' ? graph : nested)])
}

/** A safetensors file with one tensor of one element. */
export function safetensors(name: string, dtype: string, bytes: Uint8Array): Uint8Array {
  const header = Buffer.from(JSON.stringify({ [name]: { dtype, shape: [], data_offsets: [0, bytes.length] } }))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, bytes])
}

/** A safetensors file with one float32 scalar for each name. */
export function safetensorsOf(scalars: Readonly<Record<string, number>>): Uint8Array {
  const entries = Object.keys(scalars).map((name, index) => [
    name,
    { dtype: 'F32', shape: [1], data_offsets: [index * 4, index * 4 + 4] },
  ])
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, new Uint8Array(Float32Array.from(Object.values(scalars)).buffer)])
}
