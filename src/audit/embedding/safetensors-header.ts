const ALIGNMENT = 8

/** Header of a safetensors file with one float32 tensor `embeddings`, filled up with spaces so that the numbers are aligned. Source:
 *  huggingface/safetensors README. */
export function safetensorsHeader(shape: readonly [rows: number, columns: number]): Uint8Array {
  const bytes = shape[0] * shape[1] * 4
  const text = JSON.stringify({ embeddings: { dtype: 'F32', shape, data_offsets: [0, bytes] } })
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT
  const header = Buffer.alloc(8 + length, ' ')
  header.writeBigUInt64LE(BigInt(length), 0)
  header.write(text, 8, 'latin1')
  return header
}
