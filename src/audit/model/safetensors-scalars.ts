import { open, stat } from 'node:fs/promises'
import { isNestedTooDeep } from '../definitions/json-form.js'
import { ModelError } from '../errors.js'
import { decodeScalar } from './decode-scalar.js'

const LARGEST_HEADER = 100_000_000 // the limit of the safetensors format itself

/**
 * The named tensors of a safetensors file that hold one number each; those that it does not have are left out, and weights are never read.
 * Names are matched whole or after `model.`. A file that is not there has none. Source of the format: huggingface/safetensors README.
 * Throws ModelError (`model.safetensors`) when the file is broken.
 */
export async function readSafetensorsScalars(path: string, names: readonly string[]): Promise<Map<string, number>> {
  const size = await stat(path).then(
    (file) => file.size,
    () => null,
  )
  if (size === null) return new Map()
  const file = await open(path, 'r')
  try {
    const headerLength = Number((await readAt(file, path, 0, 8)).readBigUInt64LE())
    if (headerLength > Math.min(LARGEST_HEADER, size - 8)) throw broken(path)
    const header = parseHeader((await readAt(file, path, 8, headerLength)).toString('utf8'), path)
    const scalars = new Map<string, number>()
    for (const name of names) {
      const entry = findEntry(header, name)
      if (entry === null) continue
      const value = decodeScalar(await readAt(file, path, 8 + headerLength + entry.start, entry.length), entry.dtype)
      if (value === null || !Number.isFinite(value)) throw broken(path)
      scalars.set(name, value)
    }
    return scalars
  } finally {
    await file.close()
  }
}

type Entry = { readonly dtype: string; readonly start: number; readonly length: number }

function parseHeader(text: string, path: string): object {
  try {
    const header: unknown = isNestedTooDeep(text) ? null : JSON.parse(text)
    if (typeof header === 'object' && header !== null) return header
  } catch {
    throw broken(path)
  }
  throw broken(path)
}

function findEntry(header: object, wanted: string): Entry | null {
  const entry: unknown = Object.entries(header).find(([name]) => name === wanted || name === `model.${wanted}`)?.[1]
  if (typeof entry !== 'object' || entry === null || !('dtype' in entry) || !('data_offsets' in entry)) return null
  const offsets: unknown[] = Array.isArray(entry.data_offsets) ? entry.data_offsets : []
  const [start, end] = offsets
  return typeof entry.dtype === 'string' && typeof start === 'number' && typeof end === 'number'
    ? { dtype: entry.dtype, start, length: end - start }
    : null
}

async function readAt(
  file: Awaited<ReturnType<typeof open>>,
  path: string,
  offset: number,
  length: number,
): Promise<Buffer> {
  if (length < 0 || length > LARGEST_HEADER) throw broken(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
  if (bytesRead !== length) throw broken(path)
  return buffer
}

function broken(path: string): ModelError {
  return new ModelError('model.safetensors', {
    at: path,
    expected: 'safetensors with a logit_scale that is a finite number',
    received: 'a file that is cut or is something else',
    hint: 'Download the file again, or remove it: only logit_scale and logit_bias are read from it.',
  })
}
