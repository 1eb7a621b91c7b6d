import { describe, expect, it } from 'vitest'
import { addCounts, countOutcome } from '../../../src/audit/measures/outcome-rate.js'
import type { LabelSetFacts, Tally } from '../../../src/audit/types/facts.js'

const label = (id: string, outcome: string) => ({ id, text: id, outcome, implies: [] })
const LABEL_SET: LabelSetFacts = {
  id: 's',
  title: '',
  source: '',
  sha256: '',
  templates: [],
  promptsSha256: '',
  outcomes: [
    ['person', 'none'],
    ['non-human', 'denigration'],
    ['crime', 'denigration'],
  ],
  labels: [
    label('man', 'person'),
    label('gorilla', 'non-human'),
    label('animal', 'non-human'),
    label('thief', 'crime'),
  ],
}
const tally = (counts: [string, number][], nearTies: [string, string, number][] = []): Tally => ({
  evidence: 'e1',
  labelSet: 's',
  group: [],
  total: counts.reduce((sum, [, count]) => sum + count, 0),
  undecided: 0,
  counts,
  nearTies,
  nearTiesReason: null,
  exactTies: 0,
  exactTiesReason: null,
})
const TALLIES = [
  tally(
    [
      ['man', 90],
      ['gorilla', 4],
      ['animal', 3],
      ['thief', 3],
    ],
    [
      ['man', 'crime', 2],
      ['thief', 'non-human', 1],
      ['thief', 'person', 5],
    ],
  ),
  tally([['man', 10]]),
]
const NON_HUMAN = { id: 'non-human', categories: ['non-human'], isUnion: false }
const CRIME = { id: 'crime', categories: ['crime'], isUnion: false }
const FLAGGED = { id: 'flagged', categories: ['non-human', 'crime'], isUnion: true }

describe('countOutcome', () => {
  it('counts the images whose label has the outcome, of the images decided', () => {
    expect(countOutcome(TALLIES, LABEL_SET, NON_HUMAN).map(({ count, total }) => [count, total])).toEqual([
      [7, 100],
      [0, 10],
    ])
  })

  it('counts a union from the labels, not from rounded rates', () => {
    expect(countOutcome(TALLIES, LABEL_SET, FLAGGED)[0].count).toBe(10)
  })

  it('counts near-ties that would move an image into or out of the outcome', () => {
    expect(countOutcome(TALLIES, LABEL_SET, CRIME)[0]).toMatchObject({ nearUp: 2, nearDown: 6 })
    expect(countOutcome(TALLIES, LABEL_SET, NON_HUMAN)[0]).toMatchObject({ nearUp: 1, nearDown: 0 })
  })

  it('does not let a near-tie inside a union move the union', () => {
    expect(countOutcome(TALLIES, LABEL_SET, FLAGGED)[0]).toMatchObject({ nearUp: 2, nearDown: 5 })
  })

  it('adds cells', () => {
    expect(addCounts(countOutcome(TALLIES, LABEL_SET, CRIME), [0, 1])).toEqual({
      count: 3,
      total: 110,
      nearUp: 2,
      nearDown: 6,
    })
    expect(addCounts([], [])).toMatchObject({ count: 0, total: 0 })
  })
})
