import { isMap, isScalar } from 'yaml'
import { DefinitionError } from '../errors.js'
import type { YamlDocument } from './yaml-file.js'
import { asNode, scalarText } from './yaml-form.js'
import { placeOf } from './yaml-place.js'

/** Keys that tell a kind from the others, in words of a message. */
const TELLING = {
  'a label set': ['labels', 'outcomes', 'templates', 'extends', 'add', 'remove', 'otherLabels'],
  'a probe': ['question', 'motivation', 'measure', 'groupBy', 'howToRead', 'cannotShow'],
  'a policy': ['alpha', 'minimumImages', 'margin', 'nearTie', 'quarantineLimit', 'mode', 'limits'],
  'a plan': ['models', 'dataset', 'labelSets', 'probes', 'policy', 'failOn', 'fromDecisions'],
} as const

type Kind = keyof typeof TELLING

const ENOUGH = 2 // one key may be a slip of the pen

/** Refuses a file that is plainly of another kind with one sentence, where each of its keys would be refused as unknown and each of the expected
 *  kind as missing. Throws DefinitionError (`definition.kind`). */
export function refuseOtherKind(document: YamlDocument, expected: 'a label set' | 'a probe' | 'a policy'): void {
  if (!isMap(document.root)) return
  const keys = document.root.items.map(({ key }) => {
    const node = asNode(key)
    return isScalar(node) ? scalarText(node) : ''
  })
  const countOf = (kind: Kind): number =>
    keys.filter((key) => (TELLING[kind] as readonly string[]).includes(key)).length
  if (countOf(expected) > 0) return
  const received = (Object.keys(TELLING) as Kind[]).find((kind) => countOf(kind) >= ENOUGH)
  if (received === undefined) return
  throw new DefinitionError('definition.kind', {
    at: placeOf(document, []),
    expected,
    received,
    hint: `This file is ${received}, not ${expected}: name another.`,
  })
}
