import { closeSync, fstatSync, openSync } from 'node:fs'
import { FileBytes, MalformedError } from './onnx-bytes.js'

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
  for (const field of bytes.fields({ start, end })) {
    fields.add(field.number)
    const child = field.isMessage ? CHILDREN[message].get(field.number) : undefined
    if (child !== undefined) walk(bytes, child, { start: field.start, end: field.end, depth: depth + 1, found })
    if (message === 'entry' && field.number === ENTRY_KEY) key = bytes.text(field)
    if (message === 'entry' && field.number === ENTRY_VALUE) value = bytes.text(field)
  }
  if (key === 'location') found.add(value)
  return fields
}
