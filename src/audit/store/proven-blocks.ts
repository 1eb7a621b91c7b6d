import * as zlib from 'node:zlib'

/** CRC-32, four times as fast as SHA-256 here; Node has it from 20.15 and 22.2 on. Without it nothing counts as proven, and every vector is held against its checksum again. */
const crc32: ((bytes: Uint8Array) => number) | null = 'crc32' in zlib ? zlib.crc32 : null

/**
 * Blocks of a segment of which this process held every vector against its checksum. It reads most vectors twice: to find them, and to score them.
 * The second time a whole block is held against one CRC-32, which tells it from a block that was altered in between, or that belongs to a file
 * which took this one's place, but for one in four thousand million.
 */
export class ProvenBlocks {
  private readonly sums = new Map<number, number>()

  /** Whether the bytes of a whole block are those that were proven. */
  holds(block: number, bytes: Uint8Array): boolean {
    const sum = this.sums.get(block)
    return sum !== undefined && crc32?.(bytes) === sum
  }

  /** To be called once every vector in the bytes of a whole block was held against its checksum. */
  prove(block: number, bytes: Uint8Array): void {
    if (crc32 !== null) this.sums.set(block, crc32(bytes))
  }
}
