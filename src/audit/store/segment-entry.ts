import { createHash } from 'node:crypto'

/** One vector's line in a segment's `.keys` file: key (32 bytes), note (4), nothing (4), checksum (24). */
export const ENTRY_BYTES = 64
export const KEY_BYTES = 32

const NOTE_AT = KEY_BYTES
const CHECKSUM_AT = NOTE_AT + 8

/** A vector with its address: `key` is a SHA-256 in hexadecimal, `note` a number of the caller's that is kept with it. */
export type StoredVector = { readonly key: string; readonly note: number; readonly vector: Float32Array }

/** Writes the entry of one vector at `offset`. The checksum covers the segment's header, the key, the note and the vector, so an
 *  entry holds only for this vector in a segment of this space and these settings. */
export function writeEntry(target: Buffer, offset: number, header: Buffer, { key, note, vector }: StoredVector): void {
  if (target.write(key, offset, 'hex') !== KEY_BYTES)
    throw new RangeError(`a key must be a SHA-256, not ${key.length} characters`)
  target.writeUInt32LE(note, offset + NOTE_AT)
  target.writeUInt32LE(0, offset + NOTE_AT + 4)
  checksum(header, target.subarray(offset, offset + CHECKSUM_AT), vector).copy(target, offset + CHECKSUM_AT)
}

/** Whether this vector is the one that the entry was written for. */
export function entryHolds(entry: Buffer, header: Buffer, vector: Float32Array): boolean {
  return checksum(header, entry.subarray(0, CHECKSUM_AT), vector).equals(entry.subarray(CHECKSUM_AT, ENTRY_BYTES))
}

export function keyOf(entry: Buffer): string {
  return entry.toString('hex', 0, KEY_BYTES)
}

export function noteOf(entry: Buffer): number {
  return entry.readUInt32LE(NOTE_AT)
}

/** 24 of the 32 bytes of SHA-256: no run of faults will ever match them. */
function checksum(header: Buffer, start: Buffer, vector: Float32Array): Buffer {
  return createHash('sha256')
    .update(header)
    .update(start)
    .update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
    .digest()
    .subarray(0, ENTRY_BYTES - CHECKSUM_AT)
}
