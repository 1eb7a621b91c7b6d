import { readSync } from 'node:fs'

/** What cannot be read as protobuf. */
export class MalformedError extends Error {}

/** A field of a protobuf message: its number, and where its value lies. `value` is that of a number; NaN of anything else. */
export type Field = {
  readonly number: number
  readonly isMessage: boolean
  readonly value: number
  readonly start: number
  readonly end: number
}

const WINDOW_BYTES = 65_536
const LONGEST_TEXT = 4096

/** The bytes of an open protobuf file, read a window at a time: a file of 2 GB costs a few reads per tensor. */
export class FileBytes {
  private readonly window = new Uint8Array(WINDOW_BYTES)
  private windowStart = 0
  private windowEnd = 0

  constructor(
    private readonly file: number,
    readonly size: number,
  ) {}

  /** The protobuf field at `offset`. Throws MalformedError. */
  field(offset: number, limit: number): Field {
    const key = this.varint(offset, limit)
    const number = Math.floor(key.value / 8)
    const wireType = key.value % 8
    if (number === 0) throw new MalformedError('a field without a number')
    const found = (start: number, end: number, value = NaN, isMessage = false): Field => {
      if (end > limit) throw new MalformedError('it ends in the middle of a field')
      return { number, isMessage, value, start, end }
    }
    if (wireType === 0) {
      const { value, end } = this.varint(key.end, limit)
      return found(key.end, end, value)
    }
    if (wireType === 1) return found(key.end, key.end + 8)
    if (wireType === 5) return found(key.end, key.end + 4)
    if (wireType !== 2) throw new MalformedError('an unknown kind of field')
    const length = this.varint(key.end, limit)
    return found(length.end, length.end + length.value, NaN, true)
  }

  /** The fields of a message, in order. */
  *fields({ start, end }: Pick<Field, 'start' | 'end'>): Iterable<Field> {
    for (let offset = start; offset < end;) {
      const field = this.field(offset, end)
      yield field
      offset = field.end
    }
  }

  /** At most 4,096 bytes of UTF-8. */
  text({ start, end }: Pick<Field, 'start' | 'end'>): string {
    return new TextDecoder().decode(this.bytes({ start, end: Math.min(end, start + LONGEST_TEXT) }))
  }

  bytes({ start, end }: Pick<Field, 'start' | 'end'>): Uint8Array {
    return Uint8Array.from({ length: end - start }, (_, index) => this.byte(start + index))
  }

  private varint(offset: number, limit: number): { value: number; end: number } {
    let value = 0
    for (let index = 0; index < 10; index++) {
      if (offset + index >= limit) throw new MalformedError('it ends in the middle of a field')
      const byte = this.byte(offset + index)
      value += (byte & 127) * 2 ** (7 * index) // beyond 2^53 only for negative numbers, which are never lengths
      if (byte < 128) return { value, end: offset + index + 1 }
    }
    throw new MalformedError('a number that does not end')
  }

  private byte(offset: number): number {
    if (offset < this.windowStart || offset >= this.windowEnd) {
      this.windowStart = offset
      this.windowEnd = offset + readSync(this.file, this.window, 0, WINDOW_BYTES, offset)
    }
    const byte = offset < this.windowEnd ? this.window[offset - this.windowStart] : undefined
    if (byte === undefined) throw new MalformedError('it ends in the middle of a field')
    return byte
  }
}
