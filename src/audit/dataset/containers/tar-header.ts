export const BLOCK = 512

/** One header of a tar file: what it is of, its name as this header alone has it, and how many bytes follow. */
export type TarHeader = { readonly name: string; readonly bytes: number; readonly kind: TarKind }

export type TarKind = 'file' | 'folder' | 'link' | 'device' | 'long-name' | 'long-link' | 'records' | 'all-records' | 'sparse' | 'other' // prettier-ignore

const KINDS: ReadonlyMap<string, TarKind> = new Map([
  ...(['\0', '0', '7'] as const).map((flag) => [flag, 'file'] as const),
  ...(['1', '2'] as const).map((flag) => [flag, 'link'] as const),
  ...(['3', '4', '6'] as const).map((flag) => [flag, 'device'] as const),
  ['5', 'folder'],
  ['L', 'long-name'],
  ['K', 'long-link'],
  ['x', 'records'],
  ['g', 'all-records'],
  ['S', 'sparse'],
])

/** Reads a header of 512 bytes (POSIX 1003.1 ustar, with the extensions of GNU). null: a block of zeros, which ends a tar file; 'damaged' where its
 *  checksum is another, or its size no number. */
export function readTarHeader(block: Buffer): TarHeader | null | 'damaged' {
  if (block.every((byte) => byte === 0)) return null
  const bytes = numberAt(block, 124, 12)
  if (numberAt(block, 148, 8) !== checksum(block) || bytes === null) return 'damaged'
  const flag = String.fromCharCode(block[156])
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0' // GNU writes other things where POSIX has the prefix
  const prefix = isPosix ? textAt(block, 345, 155) : ''
  const name = prefix === '' ? textAt(block, 0, 100) : `${prefix}/${textAt(block, 0, 100)}`
  const kind = KINDS.get(flag) ?? 'other'
  return { name, bytes: kind === 'link' || kind === 'device' ? 0 : bytes, kind: kind === 'file' && name.endsWith('/') ? 'folder' : kind } // prettier-ignore
}

/** Octal digits, or the bytes of a number that they cannot write. */
function numberAt(block: Buffer, start: number, length: number): number | null {
  if (block[start] === 0x80) {
    const number = BigInt(`0x${block.toString('hex', start + 1, start + length)}`)
    return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : null
  }
  const digits = textAt(block, start, length).trim()
  return /^[0-7]*$/.test(digits) ? Number.parseInt(`0${digits}`, 8) : null
}

/** The sum of all bytes, with spaces where the sum itself is written. */
function checksum(block: Buffer): number {
  let sum = 8 * 0x20
  for (let index = 0; index < BLOCK; index++) sum += index >= 148 && index < 156 ? 0 : block[index]
  return sum
}

function textAt(block: Buffer, start: number, length: number): string {
  const end = block.indexOf(0, start)
  return block.toString('utf8', start, end < 0 || end > start + length ? start + length : end)
}

/** The records of an extended header, `length key=value` each, later ones over earlier ones; null where they are not well formed. */
export function readRecords(content: Buffer): ReadonlyMap<string, string> | null {
  const records = new Map<string, string>()
  for (let start = 0; start < content.length;) {
    const space = content.indexOf(0x20, start)
    const length = space < 0 ? Number.NaN : Number(content.toString('latin1', start, space))
    const end = start + length
    const equals = content.indexOf(0x3d, space)
    if (!Number.isInteger(length) || end > content.length || equals < 0 || equals >= end || content[end - 1] !== 0x0a)
      return null
    records.set(content.toString('utf8', space + 1, equals), content.toString('utf8', equals + 1, end - 1))
    start = end
  }
  return records
}
