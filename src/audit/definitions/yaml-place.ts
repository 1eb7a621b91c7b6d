import { isMap, isScalar, isSeq, type Node } from 'yaml'
import { quoted } from '../errors.js'
import type { YamlDocument } from './yaml-file.js'
import { asNode, scalarText } from './yaml-form.js'

/** Steps from the root of a document to a value: keys and list positions. */
export type Path = readonly PropertyKey[]

/** `file:line` of the value at a path; of the nearest value above it when the path leads to nothing. */
export function placeOf(document: YamlDocument, path: Path): string {
  return `${document.file}:${find(document, path).line}`
}

/** What stands at a path, in words fit for a message: quoted text, a number as written, `a mapping`, `a list`, `nothing`. */
export function receivedAt(document: YamlDocument, path: Path): string {
  const { node } = find(document, path)
  // a file of another kind, named by mistake or on purpose: what it says is nobody's business
  if (path.length === 0 && isScalar(node) && typeof node.value === 'string') return 'a text'
  return describeNode(node)
}

/** The node at a path, or null when nothing is there. */
export function nodeAt(document: YamlDocument, path: Path): Node | null {
  return find(document, path).node
}

/** `labels[3].text`: a path as it is printed in the "field" part of a message. */
export function fieldOf(path: Path): string {
  return path.reduce<string>((field, step) => {
    if (typeof step === 'number') return `${field}[${step}]`
    const name = cut(String(step))
    return field === '' ? name : `${field}.${name}`
  }, '')
}

/** A node in words fit for a message. */
export function describeNode(node: Node | null): string {
  if (node === null) return 'nothing'
  if (isMap(node)) return node.items.length === 0 ? 'an empty mapping' : 'a mapping'
  if (isSeq(node)) return LIST_WORDS[node.items.length] ?? 'a list'
  if (!isScalar(node) || node.value === null) return 'nothing'
  return typeof node.value === 'string' ? quoted(node.value) : cut(scalarText(node))
}

/** As {@link quoted}, without the quotes. */
function cut(text: string): string {
  return quoted(text).slice(1, -1)
}

const LIST_WORDS: readonly string[] = ['an empty list', 'a list of one']

function find({ root, lineAt }: YamlDocument, path: Path): { node: Node | null; line: number } {
  let node: Node | null = root
  let line = lineAt(root.range?.[0] ?? 0)
  for (const step of path) {
    const child = childOf(node, step)
    if (child === null) return { node: null, line }
    // the line of the key: a long value begins below it
    line = lineAt(child.mark?.range?.[0] ?? 0)
    node = child.node
  }
  return { node, line }
}

function childOf(node: Node | null, step: PropertyKey): { node: Node | null; mark: Node | null } | null {
  if (isSeq(node)) {
    if (typeof step !== 'number' || step >= node.items.length) return null
    const item = asNode(node.items[step])
    return { node: item, mark: item }
  }
  if (!isMap(node)) return null
  for (const pair of node.items) {
    const key = asNode(pair.key)
    if (isScalar(key) && scalarText(key) === String(step)) return { node: asNode(pair.value), mark: key }
  }
  return null
}
