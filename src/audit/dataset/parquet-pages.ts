import { parquetHeader } from 'hyparquet/src/column.js'
import type { Footer } from './parquet-footer.js'

/** Every part of every row group with the bytes of the file that its pages fill, and what they are when they are no longer compressed, in the order of the
 *  file. */
export type PageRun = { readonly start: number; readonly end: number; readonly values: number; readonly bytes: number }

/** Where the pages of a file lie, by its footer. Throws Error where it does not say so of one part. */
export function pageRunsOf(footer: Footer): PageRun[] {
  const chunks = footer.row_groups.flatMap(({ columns }) => columns.flatMap(({ meta_data }) => meta_data ?? []))
  return chunks
    .map(({ dictionary_page_offset, data_page_offset, total_compressed_size, total_uncompressed_size, num_values }) => {
      const start = Number(dictionary_page_offset ?? data_page_offset)
      const run = {
        start,
        end: start + Number(total_compressed_size),
        values: Number(num_values),
        bytes: Number(total_uncompressed_size),
      }
      if (!Object.values(run).every(isCount)) throw new Error('a part of the file without its place or size')
      return run
    })
    .sort((a, b) => a.start - b.start)
}

/**
 * Gives the bytes back; throws Error unless every page that begins in these bytes says how long it is, and ends in its own part of the file, and the pages of a part that is
 * whole have the values that it promises. What is decoded next trusts that: a page without a length is read again and again, one that promises a billion values, or more
 * bytes than its part, fills the memory, and values that are not there come out as nulls. `from` is where in the
 * file the bytes begin: with a page, or outside all pages.
 */
export function checkPages(bytes: ArrayBuffer, from: number, runs: readonly PageRun[]): ArrayBuffer {
  const view = new DataView(bytes)
  const end = from + bytes.byteLength
  for (let index = firstEndingAfter(runs, from); index < runs.length && runs[index].start < end; index++) {
    const run = runs[index]
    const reader = { view, offset: Math.max(0, run.start - from) }
    const stop = Math.min(run.end, end) - from
    let values = 0
    while (reader.offset < stop) {
      const header = parquetHeader(reader)
      const own = header.data_page_header ?? header.data_page_header_v2 ?? header.dictionary_page_header
      if (!isCount(header.compressed_page_size) || !isCount(header.uncompressed_page_size) || !isCount(own?.num_values))
        throw new Error('a page does not say how long it is')
      reader.offset += header.compressed_page_size
      values += header.dictionary_page_header === undefined ? own.num_values : 0
      if (
        reader.offset > stop ||
        values > run.values ||
        own.num_values > run.values ||
        header.uncompressed_page_size > run.bytes
      )
        throw new Error('a page is longer than its part of the file')
      if (header.uncompressed_page_size > Math.max(MOST_BYTES, header.compressed_page_size * MOST_GROWTH))
        throw new Error('a page promises more than its bytes can hold')
    }
    if (run.start >= from && run.end <= end && values !== run.values)
      throw new Error('a part of the file has fewer values than it promises')
  }
  return bytes
}

const MOST_BYTES = 64 * 1024 * 1024 // that much is set aside for any page; for more than that it must have bytes of its own
const MOST_GROWTH = 2048 // gzip makes 1,032 bytes of one at the most, Snappy and LZ4 fewer

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function firstEndingAfter(runs: readonly PageRun[], from: number): number {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (runs[middle].end <= from) low = middle + 1
    else high = middle
  }
  return low
}
