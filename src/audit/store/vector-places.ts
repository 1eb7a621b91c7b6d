import { ENTRY_BYTES, KEY_BYTES } from './segment-entry.js'
import { segmentKey } from './segment-reader.js'
import type { Segment } from './segment-reader.js'

/** Where a vector lies: place of its segment among the others x 2^32 + row. */
export type VectorPlace = number
const ROWS = 2 ** 32

export const segmentOf = (place: VectorPlace): number => Math.floor(place / ROWS)
export const rowOf = (place: VectorPlace): number => place % ROWS

/**
 * Where the vector of each key lies among some segments. The keys stay where they are, in the entries of the segments: this holds 16 to 32 bytes a
 * vector, where a Map of strings would hold ten times as many and make a million of them.
 */
export class VectorPlaces {
  /** One more than a place, by the first bytes of the key; 0 where there is none, and less than 0 once it is forgotten. At most half are taken. */
  private readonly slots: Float64Array
  private known = 0
  /** Every row of every segment counts: none is damaged, none stands twice. */
  private areAll: boolean

  /** Of a key that stands in several segments, the last one counts; `isDamaged` leaves rows out. */
  constructor(
    private readonly segments: readonly Segment[],
    isDamaged: (segment: Segment, row: number) => boolean,
  ) {
    const vectors = segments.reduce((sum, segment) => sum + segment.vectors, 0)
    this.slots = new Float64Array(2 ** Math.ceil(Math.log2(vectors * 2 + 2)))
    segments.forEach((segment, index) => {
      for (let row = 0; row < segment.vectors; row++) {
        if (isDamaged(segment, row)) continue
        const slot = this.slotOf(segment.entries, row * ENTRY_BYTES)
        if (this.slots[slot] === 0) this.known++
        this.slots[slot] = index * ROWS + row + 1
      }
    })
    this.areAll = this.known === vectors
  }

  get size(): number {
    return this.known
  }

  /** Of the key that begins at `from`. `before`: where the key before it was found, since most often they are asked for as they lie. */
  placeOf(keys: Buffer, from: number, before?: VectorPlace): VectorPlace | undefined {
    if (before !== undefined && this.areAll) {
      const next = before + 1
      if (rowOf(next) < this.segments[segmentOf(before)].vectors && this.isKeyOf(next, keys, from)) return next
    }
    const found = this.slots[this.slotOf(keys, from)]
    return found > 0 ? found - 1 : undefined
  }

  /** The key that begins at `from`. */
  forget(keys: Buffer, from: number): void {
    const slot = this.slotOf(keys, from)
    if (this.slots[slot] <= 0) return
    this.slots[slot] = -this.slots[slot]
    this.known--
    this.areAll = false
  }

  /** In the order of the segments. */
  *keys(): Generator<string, void> {
    for (const [index, segment] of this.segments.entries()) {
      for (let row = 0; row < segment.vectors; row++) {
        const slot = this.slotOf(segment.entries, row * ENTRY_BYTES)
        if (this.slots[slot] === index * ROWS + row + 1) yield segmentKey(segment, row)
      }
    }
  }

  /** Where the key that begins at `from` stands, or the free slot where it would. */
  private slotOf(bytes: Buffer, from: number): number {
    const last = this.slots.length - 1 // a power of two, less one
    let slot = bytes.readUInt32LE(from) & last // a piece of a SHA-256: spread evenly
    while (this.slots[slot] !== 0 && !this.isKeyOf(Math.abs(this.slots[slot]) - 1, bytes, from))
      slot = (slot + 1) & last
    return slot
  }

  private isKeyOf(place: VectorPlace, bytes: Buffer, from: number): boolean {
    const { entries } = this.segments[segmentOf(place)]
    const start = rowOf(place) * ENTRY_BYTES
    for (let byte = 0; byte < KEY_BYTES; byte++) if (entries[start + byte] !== bytes[from + byte]) return false
    return true
  }
}
