import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import { quoted, type Fault } from '../errors.js'

const DEEPEST_LEVEL = 32

/** What well-formed YAML may still not contain here: aliases, tags, duplicate keys, keys that are not text, more than 32 levels.
 *  All faults of the tree, in the order of the file. */
export function formFaults(root: Node, file: string, lineAt: (offset: number) => number): Fault[] {
  const faults: Fault[] = []
  const said = new Set<string>()
  const refuse = (node: Node | null, expected: string, received: string, hint?: string): void => {
    const at = `${file}:${lineAt(node?.range?.[0] ?? 0)}`
    const key = isAlias(node) ? 'alias' : `${at} ${received}`
    if (said.has(key)) return // an alias bomb has the same fault a thousand times; the first place is enough
    said.add(key)
    faults.push(hint === undefined ? { at, expected, received } : { at, expected, received, hint })
  }
  const visit = (node: Node | null, depth: number): void => {
    if (node === null) return
    if (isAlias(node)) {
      refuse(node, 'YAML without aliases', quoted(`*${node.source}`), 'Write the value again.')
      return
    }
    if (node.tag !== undefined) refuse(node, 'YAML without tags', tagWords(node.tag), 'Remove the tag.')
    if (!isMap(node) && !isSeq(node)) return
    if (depth > DEEPEST_LEVEL) {
      refuse(node, 'at most 32 nested levels', 'more')
      return
    }
    if (isSeq(node)) for (const item of node.items) visit(asNode(item), depth + 1)
    if (isMap(node)) for (const key of keyNodes(node.items, refuse)) visit(key, depth + 1)
  }
  visit(root, 1)
  return faults
}

type Refuse = (node: Node | null, expected: string, received: string, hint?: string) => void

/** The values of a mapping to visit next; its keys are checked on the way. */
function keyNodes(pairs: readonly { key: unknown; value: unknown }[], refuse: Refuse): (Node | null)[] {
  const seen = new Set<string>()
  return pairs.map(({ key, value }) => {
    const keyNode = asNode(key)
    if (!isScalar(keyNode)) {
      refuse(keyNode ?? asNode(value), 'a key that is text', isSeq(keyNode) ? 'a list' : 'something else')
      return asNode(value)
    }
    if (keyNode.tag !== undefined) refuse(keyNode, 'YAML without tags', tagWords(keyNode.tag), 'Remove the tag.')
    const name = scalarText(keyNode)
    if (name === '') refuse(keyNode, 'a key that is text', 'an empty key')
    if (seen.has(name)) refuse(keyNode, 'each key once', `${quoted(name)} again`, 'Remove one of the two.')
    seen.add(name)
    return asNode(value)
  })
}

/** `!!str` rather than `tag:yaml.org,2002:str`: as the user wrote it. */
function tagWords(tag: string): string {
  return quoted(tag.replace('tag:yaml.org,2002:', '!!'))
}

/** The text of a scalar as written: an unquoted `012` is the text 012, not the number 12. */
export function scalarText(scalar: Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '')
}

/** A child of a composed collection. The types of `yaml` allow anything; a composed document holds nodes or null. */
export function asNode(child: unknown): Node | null {
  return isScalar(child) || isMap(child) || isSeq(child) || isAlias(child) ? child : null
}
