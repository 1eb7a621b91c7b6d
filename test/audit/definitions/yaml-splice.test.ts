import { Scalar, YAMLSeq } from 'yaml'
import { describe, expect, it } from 'vitest'
import {
  addItem,
  mapOf,
  removeItem,
  replaceNode,
  scalarOf,
  seqOf,
  topOf,
  valueOf,
} from '../../../src/audit/definitions/yaml-splice.js'

/** The text without the item at an index of the list `a`. */
function withoutItem(text: string, index: number): string {
  const list = seqOf(topOf(text), 'a')
  if (list === undefined) throw new Error('the text has no list a')
  return removeItem(text, list, index)
}

describe('an edit of YAML text', () => {
  it('takes any item out of a list on one line, with one comma', () => {
    const text = 'a: [x, y, z] # three\n'
    expect([0, 1, 2].map((index) => withoutItem(text, index))).toEqual([
      'a: [y, z] # three\n',
      'a: [x, z] # three\n',
      'a: [x, y] # three\n',
    ])
    expect(withoutItem('a: [x] # one\n', 0)).toBe('a: [] # one\n')
  })

  it('puts the first item into a list that has none', () => {
    const text = 'a: [] # none\n'
    expect(addItem(text, topOf(text).items[0].value as YAMLSeq, 'x')).toBe('a: [x] # none\n')
  })

  it('takes a key without a value out of a mapping on one line', () => {
    const text = 'a: { x, y: 1 }\n'
    const map = mapOf(topOf(text), 'a')
    expect(map && [removeItem(text, map, 0), removeItem(text, map, 1)]).toEqual(['a: { y: 1 }\n', 'a: { x }\n'])
  })

  it('finds a key that is a number as it is written', () => {
    const value = valueOf(topOf('0x1F: a\n911: b\n'), '911')
    expect([scalarOf(value), valueOf(topOf('0x1F: a\n'), '0x1F') === undefined]).toEqual(['b', false])
    expect(scalarOf(new Scalar(7))).toBe('7')
    expect(scalarOf(new YAMLSeq())).toBeNull()
  })

  it('refuses text that is no mapping, aliases, and nodes that stand nowhere', () => {
    expect(() => topOf('- x\n')).toThrow('topOf needs a mapping')
    expect(() => withoutItem('b: &n y\na: [*n, z]\n', 0)).toThrow('an edit needs a file without anchors or aliases')
    expect(() => replaceNode('a: b\n', new Scalar('b'), 'c')).toThrow('an edit needs nodes with their places')
  })
})
