const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

const utf8 = new TextEncoder()

/** A finished piece of a protobuf message: bytes in order, not yet joined. */
export type ProtobufField = readonly Uint8Array[]

/** An integer field. Negative values take ten bytes, as protobuf's int64 does. */
export function integerField(field: number, value: number | bigint): ProtobufField {
  return [key(field, VARINT), varint(BigInt.asUintN(64, BigInt(value)))]
}

/** A 32-bit float field, little-endian. */
export function floatField(field: number, value: number): ProtobufField {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return [key(field, FIXED_32), bytes]
}

/** A UTF-8 text field. */
export function textField(field: number, text: string): ProtobufField {
  return bytesField(field, utf8.encode(text))
}

/** A bytes field; the bytes are kept by reference until the message is joined. */
export function bytesField(field: number, bytes: Uint8Array): ProtobufField {
  return [key(field, LENGTH_DELIMITED), varint(BigInt(bytes.length)), bytes]
}

/** A nested message. */
export function messageField(field: number, fields: readonly ProtobufField[]): ProtobufField {
  const pieces = fields.flat()
  return [key(field, LENGTH_DELIMITED), varint(BigInt(byteLength(pieces))), ...pieces]
}

/** Joins the fields of a top-level message into its bytes. */
export function joinFields(fields: readonly ProtobufField[]): Uint8Array {
  const pieces = fields.flat()
  const joined = new Uint8Array(byteLength(pieces))
  let offset = 0
  for (const piece of pieces) {
    joined.set(piece, offset)
    offset += piece.length
  }
  return joined
}

function key(field: number, wireType: number): Uint8Array {
  return varint(BigInt(field * 8 + wireType))
}

/** Seven bits per byte, lowest first; the top bit says that another byte follows. */
function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

function byteLength(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0)
}
