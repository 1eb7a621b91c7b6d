/** The integers of a `.npy` file with one row of them, or with a single one; null where it is anything else, and where one is beyond
 *  2^53, which would become another. Source: numpy/lib/format.py. */
export function readIntegerVector(content: Buffer): number[] | null {
  if (content.length < 12 || content.toString('latin1', 0, 6) !== '\x93NUMPY') return null
  const isLong = content[6] >= 2 // the length of the header has two bytes in version 1, four later
  const start = isLong ? 12 : 10
  const end = start + (isLong ? content.readUInt32LE(8) : content.readUInt16LE(8))
  const header = content.toString('latin1', start, Math.min(end, content.length))
  const [, sign, width] = /'descr': '[|<]([iu])([1248])'/.exec(header) ?? []
  const [, shape] = /'shape': \(\s*(\d*)\s*,?\s*\)/.exec(header) ?? []
  if (sign === undefined || shape === undefined || end > content.length) return null
  const size = Number(width)
  const count = shape === '' ? 1 : Number(shape)
  if (content.length !== end + count * size) return null
  const integers = Array.from({ length: count }, (_, index) => integerAt(content, end + index * size, size, sign === 'i')) // prettier-ignore
  return integers.every(Number.isSafeInteger) ? integers : null
}

function integerAt(content: Buffer, at: number, size: number, isSigned: boolean): number {
  if (size === 8) return Number(isSigned ? content.readBigInt64LE(at) : content.readBigUInt64LE(at))
  return isSigned ? content.readIntLE(at, size) : content.readUIntLE(at, size)
}
