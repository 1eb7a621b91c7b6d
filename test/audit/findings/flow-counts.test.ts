import { describe, expect, it } from 'vitest'
import { labelFlows, outcomeFlows } from '../../../src/audit/findings/flow-counts.js'
import type { PairFacts } from '../../../src/audit/types/paired.js'

const PAIR: PairFacts = {
  id: 'p1',
  kind: 'designs',
  evidence: ['e1', 'e1'],
  labelSets: ['a', 'b'],
  added: ['child'],
  removed: [],
  isSuperset: true,
  families: [],
  cells: [
    { flows: [['gorilla', 'gorilla', 20], ['gorilla', 'child', 11], ['__proto__', 'child', 3]], nearTies: [], onlyFirst: 0, onlySecond: 0 }, // prettier-ignore
    { flows: [['gorilla', 'child', 50], ['gorilla', 'gorilla', 3], ['thief', 'child', 3]], nearTies: [], onlyFirst: 1, onlySecond: 0 }, // prettier-ignore
    { flows: [['thief', 'child', 90]], nearTies: [], onlyFirst: 0, onlySecond: 0 },
  ],
}

describe('labelFlows', () => {
  it('adds up cells and says how many images had the label before, whatever its name', () => {
    expect(labelFlows(PAIR, [0, 1])).toEqual([
      ['gorilla', 'child', 61, 84],
      ['__proto__', 'child', 3, 3],
      ['thief', 'child', 3, 3],
    ])
  })

  it('is empty for no cells', () => expect(labelFlows(PAIR, [])).toEqual([]))
})

describe('outcomeFlows', () => {
  it('names every combination that occurs', () => {
    expect(outcomeFlows([[5, 0], [2, 1]], ['person', 'crime'])).toEqual([['person', 'person', 5], ['crime', 'person', 2], ['crime', 'crime', 1]]) // prettier-ignore
  })
})
