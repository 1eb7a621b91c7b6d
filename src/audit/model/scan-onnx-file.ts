import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** What an ONNX file is, seen without running it. `externalData` are the locations as written, in order, each once. */
export type OnnxScan =
  | { readonly kind: 'onnx'; readonly externalData: readonly string[] }
  | { readonly kind: 'malformed'; readonly reason: string }

type Message = 'model' | 'graph' | 'function' | 'node' | 'attribute' | 'tensor' | 'sparse' | 'entry'

/** The fields of onnx.proto that can hold a tensor, by message. Everything else is stepped over, weights included. */
const CHILDREN: Readonly<Record<Message, ReadonlyMap<number, Message>>> = {
  model: new Map<number, Message>([
    [7, 'graph'],
    [25, 'function'],
  ]),
  graph: new Map<number, Message>([
    [1, 'node'],
    [5, 'tensor'],
    [15, 'sparse'],
  ]),
  function: new Map<number, Message>([[7, 'node']]),
  node: new Map<number, Message>([[5, 'attribute']]),
  attribute: new Map<number, Message>([
    [5, 'tensor'],
    [6, 'graph'],
    [10, 'tensor'],
    [11, 'graph'],
    [22, 'sparse'],
    [23, 'sparse'],
  ]),
  sparse: new Map<number, Message>([
    [1, 'tensor'],
    [2, 'tensor'],
  ]),
  tensor: new Map<number, Message>([[13, 'entry']]),
  entry: new Map(),
}
const GRAPH_FIELD = 7
const ENTRY_KEY = 1
const ENTRY_VALUE = 2
const DEEPEST = 64 // loops nest graphs in nodes; real models stay far below
const LONGEST_TEXT = 4096

class MalformedError extends Error {}

/**
 * Walks an ONNX file (protobuf) for external data locations, so that they can be checked and hashed before any
 * of the file is trusted. Reads the structure only: a file of 2 GB costs a few reads per tensor.
 * Field numbers: onnx/onnx `onnx/onnx.proto`. Throws only where the file cannot be read.
 */
export function scanOnnxFile(path: string): OnnxScan {
  const file = openSync(path, 'r')
  try {
    const bytes = new FileBytes(file, fstatSync(file).size)
    const found = new Set<string>()
    const fields = walk(bytes, 'model', { start: 0, end: bytes.size, depth: 0, found })
    if (!fields.has(GRAPH_FIELD)) return { kind: 'malformed', reason: 'no graph' }
    return { kind: 'onnx', externalData: [...found] }
  } catch (error) {
    if (error instanceof MalformedError) return { kind: 'malformed', reason: error.message }
    throw error
  } finally {
    closeSync(file)
  }
}

type Range = { readonly start: number; readonly end: number; readonly depth: number; readonly found: Set<string> }

/** Visits one message; gives the numbers of the fields it holds. */
function walk(bytes: FileBytes, message: Message, { start, end, depth, found }: Range): Set<number> {
  if (depth > DEEPEST) throw new MalformedError('nested too deeply')
  const fields = new Set<number>()
  let key = ''
  let value = ''
  for (let offset = start; offset < end;) {
    const field = bytes.field(offset, end)
    fields.add(field.number)
    const child = field.isMessage ? CHILDREN[message].get(field.number) : undefined
    if (child !== undefined) walk(bytes, child, { start: field.start, end: field.end, depth: depth + 1, found })
    if (message === 'entry' && field.number === ENTRY_KEY) key = bytes.text(field.start, field.end)
    if (message === 'entry' && field.number === ENTRY_VALUE) value = bytes.text(field.start, field.end)
    offset = field.end
  }
  if (key === 'location') found.add(value)
  return fields
}

type Field = { readonly number: number; readonly isMessage: boolean; readonly start: number; readonly end: number }

const WINDOW_BYTES = 65_536

/** The bytes of an open file, read a window at a time. */
class FileBytes {
  private readonly window = new Uint8Array(WINDOW_BYTES)
  private windowStart = 0
  private windowEnd = 0

  constructor(
    private readonly file: number,
    readonly size: number,
  ) {}

  /** The protobuf field at `offset`: its number and where its value lies. */
  field(offset: number, limit: number): Field {
    const key = this.varint(offset, limit)
    const number = Math.floor(key.value / 8)
    const wireType = key.value % 8
    if (number === 0) throw new MalformedError('a field without a number')
    const found = (start: number, end: number, isMessage: boolean): Field => {
      if (end > limit) throw new MalformedError('it ends in the middle of a field')
      return { number, isMessage, start, end }
    }
    if (wireType === 0) return found(key.end, this.varint(key.end, limit).end, false)
    if (wireType === 1) return found(key.end, key.end + 8, false)
    if (wireType === 5) return found(key.end, key.end + 4, false)
    if (wireType !== 2) throw new MalformedError('an unknown kind of field')
    const length = this.varint(key.end, limit)
    return found(length.end, length.end + length.value, true)
  }

  text(start: number, end: number): string {
    const bytes = Uint8Array.from({ length: Math.min(end - start, LONGEST_TEXT) }, (_, index) =>
      this.byte(start + index),
    )
    return new TextDecoder().decode(bytes)
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
