import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npyHeader } from '../../../../src/audit/embedding/npy-header.js'
import { openRows } from '../../../../src/audit/embedding/import/vector-rows.js'
import type { VectorBlock } from '../../../../src/audit/embedding/import/vector-rows.js'

/** Writes float32 rows as a NumPy file and returns its path. */
export function writeNpy(folder: string, name: string, rows: readonly (readonly number[])[]): string {
  const numbers = Float32Array.from(rows.flat())
  const path = join(folder, name)
  writeFileSync(
    path,
    [npyHeader([rows.length, rows[0]?.length ?? 0]), new Uint8Array(numbers.buffer)]
      .map((part) => Buffer.from(part))
      .reduce((a, b) => Buffer.concat([a, b])),
  )
  return path
}

/** A NumPy file, version 1, with any header. */
export function npyBytes(dictionary: string, data: Uint8Array, version = 1): Buffer {
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  if (version === 1) length.writeUInt16LE(dictionary.length)
  else length.writeUInt32LE(dictionary.length)
  return Buffer.concat([
    Buffer.from(`\x93NUMPY`, 'latin1'),
    Buffer.from([version, 0]),
    length,
    Buffer.from(dictionary, 'latin1'),
    data,
  ])
}

/** A safetensors file by hand: u64 length, JSON, numbers. */
export function safetensorsBytes(header: object | string, data: Uint8Array): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, data])
}

/** Everything in a block. */
export async function allOf(block: VectorBlock): Promise<number[]> {
  const rows = await openRows([block])
  try {
    return [...(await rows.read(0, rows.rows))]
  } finally {
    await rows.close()
  }
}

/** Texts some at a time, as a file of ids gives them. */
export async function* inBatches(texts: readonly string[], size = 2): AsyncGenerator<string[], void> {
  for (let start = 0; start < texts.length; start += size) yield await Promise.resolve(texts.slice(start, start + size))
}
