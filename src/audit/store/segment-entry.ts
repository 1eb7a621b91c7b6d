import * as crypto from 'node:crypto'

/** One vector's line in a segment's `.keys` file: key (32 bytes), note (4), nothing (4), checksum (24). */
export const ENTRY_BYTES = 64
export const KEY_BYTES = 32

const NOTE_AT = KEY_BYTES
const CHECKSUM_AT = NOTE_AT + 8

/** A vector with its address: `key` is a SHA-256 in hexadecimal, `note` a number of the caller's that is kept with it. */
export type StoredVector = { readonly key: string; readonly note: number; readonly vector: Float32Array }

/** Writes and checks the entries of one segment. `header` is the hash of the segment's header, `dim` the width of its vectors. */
export class EntryChecksums {
  /** What is hashed: header, beginning of the entry, vector. In one piece, since a digest that is fed in pieces costs as much again as the hashing. */
  private readonly hashed: Buffer
  private readonly startAt: number
  private readonly vectorAt: number

  constructor(header: Buffer, dim: number) {
    this.startAt = header.length
    this.vectorAt = this.startAt + CHECKSUM_AT
    this.hashed = Buffer.alloc(this.vectorAt + dim * Float32Array.BYTES_PER_ELEMENT)
    header.copy(this.hashed)
  }

  /** Writes the entry of one vector at `offset`. The checksum covers the segment's header, the key, the note and the vector, so an
   *  entry holds only for this vector in a segment of this space and these settings. */
  write(target: Buffer, offset: number, { key, note, vector }: StoredVector): void {
    if (target.write(key, offset, 'hex') !== KEY_BYTES)
      throw new RangeError(`a key must be a SHA-256, not ${key.length} characters`)
    target.writeUInt32LE(note, offset + NOTE_AT)
    target.writeUInt32LE(0, offset + NOTE_AT + 4)
    const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
    target.write(this.checksum(target, offset, bytes, 0), offset + CHECKSUM_AT, 'latin1')
  }

  /** Whether the vector whose bytes begin at `at` is the one that the entry at `offset` was written for. */
  holds(entries: Buffer, offset: number, vectors: Buffer, at: number): boolean {
    const written = entries.toString('latin1', offset + CHECKSUM_AT, offset + ENTRY_BYTES)
    return this.checksum(entries, offset, vectors, at) === written
  }

  /** 24 of the 32 bytes of SHA-256, as characters: no run of faults will ever match them. */
  private checksum(entries: Buffer, offset: number, vectors: Buffer, at: number): string {
    const { hashed, startAt, vectorAt } = this
    entries.copy(hashed, startAt, offset, offset + CHECKSUM_AT)
    vectors.copy(hashed, vectorAt, at, at + hashed.length - vectorAt)
    return sha256(hashed).slice(0, ENTRY_BYTES - CHECKSUM_AT)
  }
}

export function keyOf(entries: Buffer, offset: number): string {
  return entries.toString('hex', offset, offset + KEY_BYTES)
}

export function noteOf(entries: Buffer, offset: number): number {
  return entries.readUInt32LE(offset + NOTE_AT)
}

/** As one character a byte. In one call where there is one (Node 20.12): for so few bytes, making a hash object takes longer than hashing. */
const sha256: (bytes: Buffer) => string =
  'hash' in crypto
    ? (bytes) => crypto.hash('sha256', bytes, 'binary')
    : (bytes) => crypto.createHash('sha256').update(bytes).digest('binary')
