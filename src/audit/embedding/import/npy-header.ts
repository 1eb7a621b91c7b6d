import { open, stat } from 'node:fs/promises'
import { DatasetError, quoted } from '../../errors.js'
import { readBytes } from './vector-rows.js'

const MAGIC = '\x93NUMPY'
const LARGEST_HEADER = 65_536 // numpy's own limit for version 1; a real header has about a hundred bytes
const MOST_DIMENSIONS = 32 // numpy's own limit until 2.0

/** What a NumPy file says of the one array in it. */
export type NpyHeader = {
  /** numpy's word for the kind of its numbers or texts, such as `<f4`. */
  readonly descr: string
  readonly shape: readonly number[]
  /** Where the data begin, and how many bytes there are. */
  readonly offset: number
  readonly bytes: number
}

/** Reads the header of a NumPy file (versions 1 to 3) of an array in C order; of the data, nothing. The header is a Python literal, and is read by
 *  a grammar, never run. Source: numpy `numpy/lib/format.py`. Throws DatasetError (`vectors.npy`). */
export async function readNpyHeader(path: string): Promise<NpyHeader> {
  const { size } = await stat(path)
  const handle = await open(path, 'r')
  try {
    const head = Buffer.from(await readBytes(handle, path, 0, Math.min(12, size)))
    const [major] = head.subarray(6, 7)
    refuseOther(path, head)
    if (major !== 1 && major !== 2 && major !== 3)
      throw refusal(path, 'version 1, 2 or 3', `version ${major}`, SAVE_AGAIN)
    const start = major === 1 ? 10 : 12
    if (size < start) throw cut(path)
    const length = major === 1 ? head.readUInt16LE(8) : head.readUInt32LE(8)
    if (length > LARGEST_HEADER)
      throw refusal(path, `a header of at most ${LARGEST_HEADER} bytes`, `${length} bytes`, SAVE_AGAIN)
    if (start + length > size) throw cut(path)
    const text = Buffer.from(await readBytes(handle, path, start, length)).toString(major === 3 ? 'utf8' : 'latin1')
    return { ...parseNpyHeader(text, path), offset: start + length, bytes: size - start - length }
  } finally {
    await handle.close()
  }
}

/** The description in a header: a dictionary of exactly `descr`, `fortran_order` and `shape`. `path` is for messages. */
export function parseNpyHeader(text: string, path: string): Pick<NpyHeader, 'descr' | 'shape'> {
  const broken = (): DatasetError =>
    refusal(path, "a header with 'descr', 'fortran_order' and 'shape'", quoted(text.trim()), SAVE_AGAIN)
  const found = new Map<string, string>()
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1]
  if (body === undefined) throw broken()
  const entry =
    /\s*(['"])(descr|fortran_order|shape)\1\s*:\s*(?:'([^'\\]*)'|"([^"\\]*)"|(True|False)|\(([\d\s,L]*)\)|(\[.*))\s*(?:,|$)/sy
  for (let at = 0; body.slice(at).trim() !== ''; at = entry.lastIndex) {
    entry.lastIndex = at
    const match = entry.exec(body)
    if (match === null) throw broken()
    const [, , key, single, double, truth, tuple, list] = match
    if (list !== undefined)
      throw refusal(
        path,
        'one kind of number',
        'records of several fields',
        'Save the array of vectors alone: np.save(path, table["vector"])',
      )
    if (found.has(key)) throw broken()
    found.set(key, (key === 'descr' ? (single ?? double) : key === 'fortran_order' ? truth : tuple) ?? '\0')
  }
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((key) => found.get(key) ?? '\0')
  if (descr === '\0' || order === '\0' || shape === '\0') throw broken()
  if (descr.includes('O'))
    throw refusal(
      path,
      'numbers',
      'Python objects (pickle), which could run any program',
      'Save numbers: np.save(path, np.stack(vectors).astype("float32"))',
    )
  if (order === 'True')
    throw refusal(
      path,
      'rows one after the other (C order)',
      'columns one after the other (Fortran order)',
      'Save it as np.save(path, np.ascontiguousarray(vectors))',
    )
  const sizes = shape.split(',').map((each) => each.trim())
  if (sizes.at(-1) === '') sizes.pop() // (512,) and ()
  const numbers = sizes.map((each) => (/^\d+L?$/.test(each) ? Number(each.replace('L', '')) : NaN))
  if (numbers.length > MOST_DIMENSIONS || !numbers.every(Number.isSafeInteger)) throw broken()
  return { descr, shape: numbers }
}

/** What is no NumPy file at all, by its first bytes. */
function refuseOther(path: string, head: Buffer): void {
  const start = head.toString('latin1')
  if (start.startsWith(MAGIC)) return
  const expected = 'a NumPy array (.npy)'
  if (head.length === 0) throw refusal(path, expected, 'zero bytes', SAVE_AGAIN)
  if (start.startsWith('PK'))
    throw refusal(
      path,
      expected,
      'a zip file, perhaps .npz',
      'Save the array alone: np.save("vectors.npy", np.load("file.npz")["name"])',
    )
  if (start.startsWith('version http'))
    throw refusal(
      path,
      expected,
      'a git-lfs pointer: the file was not downloaded',
      'Run "git lfs pull", or download the file itself',
    )
  throw refusal(path, expected, 'something else', SAVE_AGAIN)
}

const SAVE_AGAIN = 'Save it again with np.save(path, vectors.astype("float32"))'

function cut(path: string): DatasetError {
  return refusal(path, 'a whole NumPy array', 'a file that is cut', 'Copy or save the file again')
}

/** A NumPy file that cannot be used. */
export function refusal(at: string, expected: string, received: string, hint: string): DatasetError {
  return new DatasetError('vectors.npy', { at, expected, received, hint })
}
