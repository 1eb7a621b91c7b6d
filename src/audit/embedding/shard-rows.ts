import type { Shard } from '../types/shard.js'

const LARGEST_BLOCK = 256 // neighbours in a label file often lie beside each other on disk, or in one container: they are read together
const LEAST_BLOCKS = 8 // per shard: with fewer, a stretch that is filtered out or embedded already would leave one shard idle

/**
 * The rows of one shard of a dataset with so many rows, ascending. Rows are dealt out in blocks like cards: block 1 to shard 1, block 2 to
 * shard 2, and so on, again from the first. A block has 256 rows, or fewer where a shard would get less than eight of them.
 *
 * What decides is the place in the label file alone: not what is filtered out, missing or stored already, which may differ from one machine
 * to the next. So every row is in exactly one shard, whoever asks and when, and shards differ by at most one block.
 * Throws RangeError unless `rows` is a count and 1 <= number <= of.
 * @example rowsOfShard(5, { number: 2, of: 2 })  // [1, 3]
 */
export function rowsOfShard(rows: number, { number, of }: Shard): number[] {
  if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`rowsOfShard needs a number of rows, not ${rows}`)
  if (!Number.isSafeInteger(of) || !Number.isSafeInteger(number) || number < 1 || number > of)
    throw new RangeError(`rowsOfShard needs a shard from 1 to their number, not ${number} of ${of}`)
  const block = blockRows(rows, of)
  const mine: number[] = []
  for (let start = (number - 1) * block; start < rows; start += of * block) {
    const end = Math.min(start + block, rows)
    for (let row = start; row < end; row++) mine.push(row)
  }
  return mine
}

/** Rows in a block of a dataset that is shared out among `of`. */
export function blockRows(rows: number, of: number): number {
  return Math.max(1, Math.min(LARGEST_BLOCK, Math.floor(rows / (of * LEAST_BLOCKS))))
}
