const RECORDS_PER_BLOCK = 4_096
const FIRST_SLOTS = 1_024

/**
 * Records of one size, found by the bytes that they begin with: a piece of a SHA-256, so that any four of them are spread evenly. They lie in
 * a few large blocks beside the heap: a Map with a string and an object for each of a million images would be most of what a run holds.
 */
export class RecordTable implements Iterable<Buffer> {
  /** One more than the number of a record, by the first bytes of its key; 0 where there is none. At most half are taken. */
  private slots = new Int32Array(FIRST_SLOTS)
  private blocks: Buffer[] = []
  private records = 0

  /** Sizes in bytes; where a record is nothing but its key, one of them. */
  constructor(
    private readonly keyBytes: number,
    private readonly recordBytes = keyBytes,
  ) {}

  get size(): number {
    return this.records
  }

  has(key: Uint8Array): boolean {
    return this.slots[this.slotOf(key)] !== 0
  }

  /** The table's own memory: it changes when a record with the same key is put. */
  get(key: Uint8Array): Buffer | undefined {
    const number = this.slots[this.slotOf(key)]
    return number === 0 ? undefined : this.recordAt(number - 1)
  }

  /** Copies a record into the table, in place of the one with the same key. */
  put(record: Uint8Array): void {
    const slot = this.slotOf(record)
    if (this.slots[slot] !== 0) return void this.recordAt(this.slots[slot] - 1).set(record)
    if (this.records % RECORDS_PER_BLOCK === 0) this.blocks.push(Buffer.alloc(RECORDS_PER_BLOCK * this.recordBytes))
    this.recordAt(this.records).set(record)
    this.slots[slot] = ++this.records
    if (this.records * 2 > this.slots.length) this.spread()
  }

  clear(): void {
    this.slots = new Int32Array(FIRST_SLOTS)
    this.blocks = []
    this.records = 0
  }

  /** The records in the order in which their keys first came. */
  *[Symbol.iterator](): Generator<Buffer, void> {
    for (let number = 0; number < this.records; number++) yield this.recordAt(number)
  }

  /** All records, one after the other. */
  bytes(): Buffer[] {
    const last = this.records - (this.blocks.length - 1) * RECORDS_PER_BLOCK
    return this.blocks.map((block, index) =>
      index === this.blocks.length - 1 ? block.subarray(0, last * this.recordBytes) : block,
    )
  }

  private recordAt(number: number): Buffer {
    const start = (number % RECORDS_PER_BLOCK) * this.recordBytes
    return this.blocks[Math.floor(number / RECORDS_PER_BLOCK)].subarray(start, start + this.recordBytes)
  }

  /** Where the key stands, or the free slot where it would. */
  private slotOf(key: Uint8Array): number {
    const last = this.slots.length - 1 // a power of two, less one
    let slot = (key[0] | (key[1] << 8) | (key[2] << 16) | (key[3] << 24)) & last
    while (this.slots[slot] !== 0 && !this.isKeyOf(this.slots[slot] - 1, key)) slot = (slot + 1) & last
    return slot
  }

  private isKeyOf(number: number, key: Uint8Array): boolean {
    const block = this.blocks[Math.floor(number / RECORDS_PER_BLOCK)]
    const start = (number % RECORDS_PER_BLOCK) * this.recordBytes
    for (let byte = 0; byte < this.keyBytes; byte++) if (block[start + byte] !== key[byte]) return false
    return true
  }

  private spread(): void {
    this.slots = new Int32Array(this.slots.length * 2)
    for (let number = 0; number < this.records; number++) this.slots[this.slotOf(this.recordAt(number))] = number + 1
  }
}
