import { open, stat } from 'node:fs/promises'
import { duplicateKey, isNestedTooDeep } from '../../definitions/json-form.js'
import { DatasetError, quoted } from '../../errors.js'
import type { NumberKind } from '../../types/vectors.js'
import { BYTES_OF } from './numbers.js'
import { readBytes } from './vector-rows.js'
import type { VectorBlock } from './vector-rows.js'

const LARGEST_HEADER = 100_000_000 // the limit of the format itself
const TENSOR = 'embeddings'

const KINDS: ReadonlyMap<string, NumberKind> = new Map([
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['F32', 'float32'],
  ['F64', 'float64'],
])

type Tensor = {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** The vectors of a safetensors file: the tensor of that name, or `embeddings`, or the only one of two dimensions. Only the header is read, and
 *  checked whole: no key twice, no tensor outside the file, no overlap and no gap. Source: huggingface/safetensors README.
 *  Throws DatasetError (`vectors.safetensors`). */
export async function safetensorsVectors(path: string, wanted: string | null): Promise<VectorBlock> {
  const { tensors, offset } = await readHeader(path)
  const { name, dtype, shape, begin } = chooseTensor(tensors, wanted, path)
  const kind = KINDS.get(dtype)
  if (kind === undefined)
    throw refusal(
      path,
      `${[...KINDS.keys()].join(', ')} in ${quoted(name)}`,
      quoted(dtype),
      'Save the tensor as float32',
    )
  const [rows, dim] = shape
  if (shape.length !== 2 || rows === 0 || dim === 0)
    throw refusal(
      path,
      `rows and columns in ${quoted(name)}`,
      `the shape [${shape.join(', ')}]`,
      'One row for each image, one column for each number',
    )
  return { path, offset: offset + begin, rows, dim, dtype: kind }
}

async function readHeader(path: string): Promise<{ tensors: Tensor[]; offset: number }> {
  const { size } = await stat(path)
  if (size < 8) throw refusal(path, 'a safetensors file', `${size} bytes`, AGAIN)
  const handle = await open(path, 'r')
  try {
    const length = Number(Buffer.from(await readBytes(handle, path, 0, 8)).readBigUInt64LE())
    if (length > Math.min(LARGEST_HEADER, size - 8))
      throw refusal(
        path,
        'a header that lies inside the file',
        `a header of ${length} bytes in a file of ${size}`,
        AGAIN,
      )
    const text = Buffer.from(await readBytes(handle, path, 8, length)).toString('utf8')
    const offset = 8 + length
    return { tensors: parseSafetensorsHeader(text, size - offset, path), offset }
  } finally {
    await handle.close()
  }
}

/** The tensors that a header tells of, in the order of their bytes. `bytes`: how many follow it. `path` is for messages. */
export function parseSafetensorsHeader(text: string, bytes: number, path: string): Tensor[] {
  const header = jsonObject(text, path)
  const twice = duplicateKey(text)
  if (twice !== null) throw refusal(path, 'every name once', `${quoted(twice)} twice`, AGAIN)
  const tensors = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => tensorOf(name, entry, path))
    .sort((one, other) => one.begin - other.begin || one.end - other.end)
  let at = 0
  for (const { name, begin, end } of tensors) {
    if (begin !== at)
      throw refusal(path, `${quoted(name)} from byte ${at} on`, `byte ${begin}: tensors that overlap, or a gap`, AGAIN)
    at = end
  }
  if (at !== bytes)
    throw refusal(
      path,
      `${at} bytes of tensors`,
      `${bytes} bytes`,
      'The file is cut or was joined to another: download or save it again',
    )
  return tensors
}

function tensorOf(name: string, entry: unknown, path: string): Tensor {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = (typeof entry === 'object' && entry !== null ? entry : {}) as Partial<Record<string, unknown>> // checked below
  const isCounts = (value: unknown): value is number[] =>
    Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && Number(each) >= 0)
  if (
    typeof dtype !== 'string' ||
    !isCounts(shape) ||
    !isCounts(offsets) ||
    offsets.length !== 2 ||
    offsets[0] > offsets[1]
  )
    throw refusal(path, `dtype, shape and data_offsets of ${quoted(name)}`, quoted(entry), AGAIN)
  const [begin, end] = offsets
  const kind = KINDS.get(dtype)
  const expected = kind === undefined ? null : shape.reduce((product, size) => product * size, BYTES_OF[kind])
  if (expected !== null && expected !== end - begin)
    throw refusal(
      path,
      `${expected} bytes for ${quoted(name)}, of the shape [${shape.join(', ')}]`,
      `${end - begin} bytes`,
      AGAIN,
    )
  return { name, dtype, shape, begin, end }
}

function chooseTensor(tensors: readonly Tensor[], wanted: string | null, path: string): Tensor {
  const named = tensors.find(({ name }) => name === (wanted ?? TENSOR))
  if (named !== undefined) return named
  const flat = tensors.filter(({ shape }) => shape.length === 2)
  const names =
    tensors
      .map(({ name }) => quoted(name))
      .slice(0, 20)
      .join(', ') || 'none'
  const [only] = flat
  if (wanted === null && only !== undefined && flat.length === 1) return only
  const expected =
    wanted === null ? `a tensor ${quoted(TENSOR)}, or only one of two dimensions` : `a tensor ${quoted(wanted)}`
  throw refusal(path, expected, names, 'Say which one under tensor: in embeddings.yaml')
}

function jsonObject(text: string, path: string): object {
  let value: unknown
  try {
    value = isNestedTooDeep(text) ? null : JSON.parse(text)
  } catch {
    value = null // refused below
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw refusal(path, 'a safetensors file', 'something else', AGAIN)
}

const AGAIN = 'Download or save the file again, with safetensors.numpy.save_file'

function refusal(at: string, expected: string, received: string, hint: string): DatasetError {
  return new DatasetError('vectors.safetensors', { at, expected, received, hint })
}
