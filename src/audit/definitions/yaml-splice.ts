import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { yamlName } from './yaml-text.js'

/** Edits of YAML text at the places of its nodes: every byte elsewhere stays, comments and spacing included. The text must be
 *  a well-formed mapping without anchors, as parseYaml has checked. */

/** The mapping at the top of a file. */
export function topOf(text: string): YAMLMap {
  const { contents } = parseDocument(text, { schema: 'core', version: '1.2', uniqueKeys: false })
  if (!isMap(contents)) throw new RangeError('topOf needs a mapping')
  return contents
}

/** The value of a key; undefined where the mapping has none. */
export function valueOf(map: YAMLMap, key: string): Node | undefined {
  const value = pairOf(map, key)?.value
  return isScalar(value) || isCollection(value) ? value : undefined
}

/** The list under a key; undefined where there is none. */
export function seqOf(map: YAMLMap, key: string): YAMLSeq | undefined {
  const value = valueOf(map, key)
  return isSeq(value) ? value : undefined
}

/** The mapping under a key; undefined where there is none. */
export function mapOf(map: YAMLMap, key: string): YAMLMap | undefined {
  const value = valueOf(map, key)
  return isMap(value) ? value : undefined
}

/** The text of a scalar as it is meant: quotes and escapes resolved. */
export function scalarOf(node: unknown): string | null {
  return isScalar(node) ? (typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))) : null
}

/** Puts new text in the place of a node. */
export function replaceNode(text: string, node: Node, replacement: string): string {
  const [from, to] = rangeOf(node)
  const isWholeLines = text[to - 1] === '\n' // the text of a block (`|`, `>`) ends with its last line
  return text.slice(0, from) + replacement + (isWholeLines ? newlineOf(text) : '') + text.slice(to)
}

/** Sets a key of a mapping: in the place of its value, else after the last key, in the style of the mapping. */
export function setKey(text: string, map: YAMLMap, key: string, value: string): string {
  const old = valueOf(map, key)
  if (old !== undefined && !value.startsWith('\n')) return replaceNode(text, old, value)
  const name = yamlName(key)
  return addItem(text, map, value.startsWith('\n') ? `${name}:${value}` : `${name}: ${value}`)
}

/** Adds an item at the end of a list, or `key: value` at the end of a mapping, in the style that it is written in. */
export function addItem(text: string, collection: YAMLMap | YAMLSeq, item: string): string {
  const last = collection.items.at(-1)
  const [start, end] = rangeOf(collection)
  if (last === undefined || collection.flow === true) {
    if (last === undefined) return `${text.slice(0, start + 1)}${item}${text.slice(start + 1)}`
    const after = spanOf(last)[1]
    return `${text.slice(0, after)}, ${item}${text.slice(after)}`
  }
  const newline = newlineOf(text)
  const at = afterLine(text, Math.min(spanOf(last)[1], end))
  const first = isSeq(collection) ? start : spanOf(collection.items[0])[0]
  const indent = text.slice(lineStart(text, first), first)
  const before = at > 0 && text[at - 1] !== '\n' ? newline : ''
  const line = `${indent}${isSeq(collection) ? '- ' : ''}${item}`.replaceAll('\n', newline)
  return `${text.slice(0, at)}${before}${line}${newline}${text.slice(at)}`
}

/** Takes an item out of a list or a pair out of a mapping, with its line and the remark on it; lines of comments above it stay. */
export function removeItem(text: string, collection: YAMLMap | YAMLSeq, index: number): string {
  const [from, to] = spanOf(collection.items[index])
  if (collection.flow !== true) {
    const start = isSeq(collection) ? dashOf(text, collection, index) : lineStart(text, from)
    return text.slice(0, start) + text.slice(afterLine(text, to))
  }
  const next = collection.items[index + 1]
  const previous = collection.items[index - 1]
  if (next !== undefined) return text.slice(0, from) + text.slice(spanOf(next)[0])
  return text.slice(0, previous === undefined ? from : spanOf(previous)[1]) + text.slice(to)
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => scalarOf(pair.key) === key)
}

/** First and last place of an item, comments around it left out. */
function spanOf(item: unknown): readonly [number, number] {
  if (!isPair(item)) return rangeOf(asNode(item))
  const [from, afterKey] = rangeOf(asNode(item.key))
  return [from, item.value === null ? afterKey : rangeOf(asNode(item.value))[1]]
}

function asNode(value: unknown): Node {
  if (isScalar(value) || isCollection(value)) return value
  throw new RangeError('an edit needs a file without anchors or aliases')
}

/** Where the node's own text begins and ends. */
function rangeOf(node: Node): readonly [number, number] {
  if (!node.range) throw new RangeError('an edit needs nodes with their places')
  return [node.range[0], node.range[1]]
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** The place after the line that holds the last character before `offset`. */
function afterLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

/** The beginning of the line with the dash of an item: the item itself may begin on a later one. */
function dashOf(text: string, list: YAMLSeq, index: number): number {
  if (index === 0) return lineStart(text, rangeOf(list)[0])
  let line = afterLine(text, spanOf(list.items[index - 1])[1])
  while (!/^[ \t]*-/.test(text.slice(line, afterLine(text, line + 1)))) line = afterLine(text, line + 1)
  return line
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}
