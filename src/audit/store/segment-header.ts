import { createHash } from 'node:crypto'
import { endianness } from 'node:os'

/** What the vectors of a segment were made with; the values say how, the store does not ask what they mean. */
export type Settings = Readonly<Record<string, string | number>>

export type SegmentHeader = { readonly space: string; readonly dim: number; readonly settings: Settings }

export const SEGMENT_FORMAT = 'probity/segment@1'
export const HEADER_BYTES = 1024

/** The first 1,024 bytes of a `.keys` file: one line of JSON, filled up with spaces, so that `head -c 1024` shows it. */
export function writeHeader({ space, dim, settings }: SegmentHeader): Buffer {
  const text = JSON.stringify({ format: SEGMENT_FORMAT, byteOrder: endianness(), space, dim, settings })
  const header = Buffer.alloc(HEADER_BYTES, ' ')
  if (header.write(text) > HEADER_BYTES - 1 || Buffer.byteLength(text) >= HEADER_BYTES) {
    throw new RangeError(
      `the settings of a segment take ${Buffer.byteLength(text)} bytes; at most ${HEADER_BYTES - 1} fit`,
    )
  }
  header.write('\n', HEADER_BYTES - 1)
  return header
}

export type ReadHeader = SegmentHeader | { readonly unusable: 'empty' | 'other-format' | 'other-space' | 'damaged' }

/** Reads a header that should belong to `space` with vectors of `dim` numbers. A bit that flipped in what is not checked here makes
 *  every entry of the segment fail its checksum. */
export function readHeader(bytes: Buffer, wanted: { space: string; dim: number }): ReadHeader {
  if (bytes.length < HEADER_BYTES) return { unusable: 'empty' } // one that is being begun, or never got further
  let written: unknown
  try {
    written = JSON.parse(bytes.toString('utf8', 0, HEADER_BYTES))
  } catch {
    return { unusable: 'damaged' }
  }
  if (typeof written !== 'object' || written === null || !('format' in written)) return { unusable: 'damaged' }
  const { format, byteOrder, space, dim, settings } = written as Record<string, unknown> // fields are compared, not trusted
  if (format !== SEGMENT_FORMAT || byteOrder !== endianness()) return { unusable: 'other-format' }
  if (space !== wanted.space || dim !== wanted.dim) return { unusable: 'other-space' }
  return isSettings(settings) ? { space: wanted.space, dim: wanted.dim, settings } : { unusable: 'damaged' }
}

/** The width that a header of this format names, whatever else it says; null where none can be read. */
export function headerDim(bytes: Buffer): number | null {
  try {
    const { dim } = JSON.parse(bytes.toString('utf8', 0, HEADER_BYTES)) as { dim?: unknown }
    return typeof dim === 'number' && Number.isSafeInteger(dim) && dim > 0 ? dim : null
  } catch {
    return null
  }
}

/** What the checksums of a segment's entries begin with. */
export function headerHash(header: Buffer): Buffer {
  return createHash('sha256').update(header).digest()
}

function isSettings(value: unknown): value is Settings {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => typeof each === 'string' || typeof each === 'number')
  )
}
