import { closeSync, fstatSync, openSync } from 'node:fs'
import { FileBytes, MalformedError } from './onnx-bytes.js'
import type { Field } from './onnx-bytes.js'

/** An operation of a graph: `MatMul`, or `com.microsoft.Gelu` of another domain than ONNX's own. `axes` are those that its attributes name, in
 *  order; of a negative one only the sign is kept (-1), and one that could not be read counts as 0. */
export type OnnxOperation = { readonly name: string; readonly axes: readonly number[] }

/** What an ONNX file is, seen without running it. `externalData` are the locations as written, in order, each once; `operations` those of
 *  the graph and of every graph and function inside. */
export type OnnxScan =
  | {
      readonly kind: 'onnx'
      readonly externalData: readonly string[]
      readonly operations: readonly OnnxOperation[]
    }
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
const NODE_OPERATION = 4
const NODE_DOMAIN = 7
const ATTRIBUTE_NAME = 1
const ATTRIBUTE_INTEGER = 3
const ATTRIBUTE_INTEGERS = 8
const DEEPEST = 64 // loops nest graphs in nodes; real models stay far below

/**
 * Walks an ONNX file (protobuf) for external data locations, so that they can be checked and hashed before any
 * of the file is trusted, and for its operations. Reads the structure only: a file of 2 GB costs a few reads per tensor.
 * Field numbers: onnx/onnx `onnx/onnx.proto`. Throws only where the file cannot be read.
 */
export function scanOnnxFile(path: string): OnnxScan {
  const file = openSync(path, 'r')
  try {
    const bytes = new FileBytes(file, fstatSync(file).size)
    const found: Found = { locations: new Set(), operations: [] }
    const fields = walk(bytes, 'model', { start: 0, end: bytes.size, depth: 0, found })
    if (!fields.has(GRAPH_FIELD)) return { kind: 'malformed', reason: 'no graph' }
    return { kind: 'onnx', externalData: [...found.locations], operations: found.operations }
  } catch (error) {
    if (error instanceof MalformedError) return { kind: 'malformed', reason: error.message }
    throw error
  } finally {
    closeSync(file)
  }
}

type Found = { readonly locations: Set<string>; readonly operations: OnnxOperation[] }
type Range = { readonly start: number; readonly end: number; readonly depth: number; readonly found: Found }

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
  if (key === 'location') found.locations.add(value)
  if (message === 'node') found.operations.push(operationOf(bytes, { start, end }))
  return fields
}

function operationOf(bytes: FileBytes, node: Pick<Field, 'start' | 'end'>): OnnxOperation {
  let [name, domain] = ['', '']
  const axes: number[] = []
  for (const field of bytes.fields(node)) {
    if (!field.isMessage) continue
    if (field.number === NODE_OPERATION) name = bytes.text(field)
    if (field.number === NODE_DOMAIN) domain = bytes.text(field)
    if (CHILDREN.node.get(field.number) === 'attribute') axes.push(...axesOf(bytes, field))
  }
  return { name: domain === '' ? name : `${domain}.${name}`, axes }
}

/** What an attribute `axis` or `axes` says; nothing of any other. */
function axesOf(bytes: FileBytes, attribute: Field): number[] {
  let name = ''
  const values: number[] = []
  for (const field of bytes.fields(attribute)) {
    if (field.number === ATTRIBUTE_NAME) name = bytes.text(field)
    if (field.number !== ATTRIBUTE_INTEGER && field.number !== ATTRIBUTE_INTEGERS) continue
    // 64 bits of two's complement: a negative number is a very large one here. Packed numbers, which exporters do not write, are not read.
    values.push(field.isMessage ? 0 : field.value > Number.MAX_SAFE_INTEGER ? -1 : field.value)
  }
  return name === 'axis' || name === 'axes' ? values : []
}
