import { RecordTable } from './record-table.js'

const SHA256_BYTES = 32

/** Keys of vectors (SHA-256 in hexadecimal), kept as bytes beside the heap. */
export class KeySet implements Iterable<string> {
  private readonly table = new RecordTable(SHA256_BYTES)

  get size(): number {
    return this.table.size
  }

  has(key: string): boolean {
    return this.table.has(Buffer.from(key, 'hex'))
  }

  add(key: string): void {
    this.table.put(Buffer.from(key, 'hex'))
  }

  clear(): void {
    this.table.clear()
  }

  /** In the order in which they were added. */
  *[Symbol.iterator](): Generator<string, void> {
    for (const key of this.table) yield key.toString('hex')
  }
}
