import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelError } from '../errors.js'
import { halfToNumber } from './half-float.js'

/** The trained logit scale, as the factor of the cosine (CLIP: about 100), or null with the reason. */
export type LogitScale =
  | { readonly logitScale: number; readonly logitScaleReason: null }
  | { readonly logitScale: null; readonly logitScaleReason: string }

const NOT_IN_EXPORT: LogitScale = { logitScale: null, logitScaleReason: 'not in the export' }
const LARGEST_HEADER = 100_000_000 // the limit of the safetensors format itself

/**
 * Reads the tensor `logit_scale` of `model.safetensors` (stored as a logarithm) when the folder has that file.
 * `logit_scale_init_value` of config.json is not used: it is the value before training.
 * Source of the format: huggingface/safetensors README. Throws ModelError when the file is broken.
 */
export async function readLogitScale(folder: string): Promise<LogitScale> {
  const path = join(folder, 'model.safetensors')
  const size = await stat(path).then(
    (file) => file.size,
    () => null,
  )
  if (size === null) return NOT_IN_EXPORT
  const file = await open(path, 'r')
  try {
    const headerLength = Number((await readAt(file, path, 0, 8)).readBigUInt64LE())
    if (headerLength > Math.min(LARGEST_HEADER, size - 8)) throw broken(path)
    const header = parseHeader((await readAt(file, path, 8, headerLength)).toString('utf8'), path)
    const entry = findEntry(header)
    if (entry === null) return NOT_IN_EXPORT
    const bytes = await readAt(file, path, 8 + headerLength + entry.start, entry.length)
    const logarithm = decodeNumber(bytes, entry.dtype)
    if (logarithm === null || !Number.isFinite(Math.exp(logarithm))) throw broken(path)
    return { logitScale: Math.exp(logarithm), logitScaleReason: null }
  } finally {
    await file.close()
  }
}

type Entry = { readonly dtype: string; readonly start: number; readonly length: number }

function parseHeader(text: string, path: string): object {
  try {
    const header: unknown = JSON.parse(text)
    if (typeof header === 'object' && header !== null) return header
  } catch {
    throw broken(path)
  }
  throw broken(path)
}

function findEntry(header: object): Entry | null {
  const entry: unknown = Object.entries(header).find(
    ([name]) => name === 'logit_scale' || name === 'model.logit_scale',
  )?.[1]
  if (typeof entry !== 'object' || entry === null || !('dtype' in entry) || !('data_offsets' in entry)) return null
  const offsets: unknown[] = Array.isArray(entry.data_offsets) ? entry.data_offsets : []
  const [start, end] = offsets
  return typeof entry.dtype === 'string' && typeof start === 'number' && typeof end === 'number'
    ? { dtype: entry.dtype, start, length: end - start }
    : null
}

function decodeNumber(bytes: Buffer, dtype: string): number | null {
  if (dtype === 'F32' && bytes.length === 4) return bytes.readFloatLE()
  if (dtype === 'F64' && bytes.length === 8) return bytes.readDoubleLE()
  if (dtype === 'BF16' && bytes.length === 2) return Buffer.concat([Buffer.alloc(2), bytes]).readFloatLE()
  if (dtype === 'F16' && bytes.length === 2) return halfToNumber(bytes.readUInt16LE())
  return null
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
  const received = 'a file that is cut or is something else'
  return new ModelError('model.safetensors', {
    at: path,
    expected: 'safetensors with a logit_scale that is a finite number',
    received,
    hint: 'Download the file again, or remove it: only the logit scale is read from it.',
  })
}
