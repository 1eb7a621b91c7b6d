import { open } from 'node:fs/promises'
import type { NumberKind } from '../../types/vectors.js'
import { quoted } from '../../errors.js'
import { readNpyHeader, refusal } from './npy-header.js'
import { BYTES_OF } from './numbers.js'
import { readBytes } from './vector-rows.js'
import type { VectorBlock } from './vector-rows.js'

const KINDS: ReadonlyMap<string, NumberKind> = new Map([
  ['<f2', 'float16'],
  ['<f4', 'float32'],
  ['<f8', 'float64'],
])

/** The vectors of a NumPy file: little-endian float16, float32 or float64 in two dimensions, rows x dim. Only the header is read. Throws
 *  DatasetError (`vectors.npy`). */
export async function npyVectors(path: string): Promise<VectorBlock> {
  const { descr, shape, offset, bytes } = await readNpyHeader(path)
  const dtype = KINDS.get(descr)
  if (dtype === undefined)
    throw refusal(path, 'float16, float32 or float64, little-endian', quoted(descr), cureOf(descr))
  const [rows, dim] = shape
  if (shape.length !== 2 || rows === 0 || dim === 0) {
    const hint = 'One row for each image: np.save(path, vectors.reshape(images, -1))'
    throw refusal(path, 'rows and columns (two dimensions, none empty)', `the shape (${shape.join(', ')})`, hint)
  }
  const expected = rows * dim * BYTES_OF[dtype]
  if (bytes !== expected) {
    const size = `${rows} x ${dim} numbers in ${expected} bytes`
    throw refusal(
      path,
      size,
      `${bytes} bytes of data`,
      'The file is cut or was joined to another: copy or save it again',
    )
  }
  return { path, offset, rows, dim, dtype }
}

function cureOf(descr: string): string {
  return descr.startsWith('>')
    ? 'Save it as np.save(path, vectors.astype("<f4"))'
    : 'Save it as np.save(path, vectors.astype("float32")), if these are the vectors'
}

const BYTES_AT_ONCE = 4 * 1024 * 1024
const CHARACTERS_AT_ONCE = 4096 // as arguments of one call, of which the stack has room for some 100,000
const CHARACTER = 4 // UCS-4

/** The texts of a NumPy file of fixed-width Unicode (`<U`), in order, some at a time. Throws DatasetError (`vectors.npy`). */
export async function* npyTexts(path: string): AsyncGenerator<string[], void> {
  const { descr, shape, offset, bytes } = await readNpyHeader(path)
  const width = /^<U([1-9]\d{0,5})$/.exec(descr)?.[1]
  const hint = 'Save them as np.save(path, np.array(ids, dtype=str)), or as a text file with one a line'
  if (width === undefined) throw refusal(path, 'texts (dtype <U)', quoted(descr), hint)
  if (shape.length !== 1) throw refusal(path, 'one dimension', `the shape (${shape.join(', ')})`, hint)
  const [count] = shape
  const each = Number(width) * CHARACTER
  if (bytes !== count * each) throw refusal(path, `${count * each} bytes of texts`, `${bytes} bytes`, hint)
  const handle = await open(path, 'r')
  try {
    const most = Math.max(1, Math.floor(BYTES_AT_ONCE / each))
    for (let start = 0; start < count; start += most) {
      const texts = Math.min(most, count - start)
      const codes = new Uint32Array((await readBytes(handle, path, offset + start * each, texts * each)).buffer)
      yield Array.from({ length: texts }, (_, text) =>
        textOf(codes.subarray(text * Number(width), (text + 1) * Number(width)), path),
      )
    }
  } finally {
    await handle.close()
  }
}

/** Texts are filled up with zeros, which numpy takes off again. */
function textOf(codes: Uint32Array, path: string): string {
  let end = codes.length
  while (end > 0 && codes[end - 1] === 0) end--
  const used = codes.subarray(0, end)
  if (used.some((code) => code > 0x10ffff))
    throw refusal(path, 'Unicode characters', 'numbers that are none', 'Save the file again')
  let text = ''
  for (let at = 0; at < end; at += CHARACTERS_AT_ONCE)
    text += String.fromCodePoint(...used.subarray(at, at + CHARACTERS_AT_ONCE))
  return text
}
