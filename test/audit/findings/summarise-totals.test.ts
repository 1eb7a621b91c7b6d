import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summarise } from '../../../src/audit/findings/summarise.js'
import type { Facts, Tally } from '../../../src/audit/types/facts.js'
import { exampleFacts, EVIDENCE, LABEL_SETS } from '../report/example-facts.js'

function tally(changes: Partial<Tally>): Tally {
  return {
    evidence: EVIDENCE,
    labelSet: LABEL_SETS[0],
    group: [],
    total: 10,
    undecided: 0,
    counts: [],
    nearTies: [],
    nearTiesReason: null,
    exactTies: 0,
    exactTiesReason: null,
    ...changes,
  }
}

function totalsOf(tallies: readonly Tally[]) {
  const facts: Facts = { ...exampleFacts(false), tallies }
  const { undecided, ties } = summarise(facts, [], new Map())
  return { undecided, ties }
}

describe('summarise', () => {
  it('adds up undecided, decided and tied images of all cells, label set by label set', () => {
    const { undecided, ties } = totalsOf([
      tally({ total: 20, undecided: 3, nearTies: [['thief', 'person', 2], ['child', 'crime', 4]], exactTies: 1 }), // prettier-ignore
      tally({ total: 5, undecided: 1, nearTies: [['thief', 'person', 1]] }),
      tally({ labelSet: LABEL_SETS[1], total: 29 }),
      tally({ evidence: 'of another run', total: 1000, undecided: 500, exactTies: 100 }),
    ])
    expect(undecided).toEqual([
      [EVIDENCE, 'clip-paper', 4, 25],
      [EVIDENCE, 'clip-paper-child', 0, 29],
    ])
    expect(ties).toEqual([
      [EVIDENCE, 'clip-paper', 7, 1],
      [EVIDENCE, 'clip-paper-child', 0, 0],
    ])
  })

  it('says that ties are not known where only decisions were given, not that there are none', () => {
    const unknown = tally({ nearTies: null, nearTiesReason: 'decisions-only', exactTies: null })
    expect(totalsOf([tally({ exactTies: 2 }), unknown]).ties[0]).toEqual([EVIDENCE, 'clip-paper', null, null])
  })

  it('ignores the order of the cells', () => {
    const cell = fc.record({ total: fc.nat(50), undecided: fc.nat(50), exactTies: fc.nat(50) }).map(tally)
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 6 }), (cells) => {
        expect(totalsOf(cells.toReversed())).toEqual(totalsOf(cells))
      }),
    )
  })
})
