import { describe, expect, it } from 'vitest'
import { steadied } from '../../../../src/audit/report/view/steadied.js'
import { wordsFor } from '../../../../src/audit/report/words.js'
import type { ShrunkenEstimate } from '../../../../src/audit/types/estimates.js'
import { exampleAudit } from '../example-audit.js'

const words = wordsFor(exampleAudit())
const ESTIMATE: ShrunkenEstimate = {
  kind: 'shrunken',
  ...{ family: 'f05a', probe: 'denigration', evidence: 'e1', labelSet: 'clip-paper', outcome: 'crime' },
  groupBy: ['race', 'gender'],
  mean: 0.11428,
  strength: 13.0417,
  complete: false,
  rates: [{ rate: 'r1', value: 0.087458, interval: [0.006676, 0.255425] }],
}

describe('steadied', () => {
  it('gives each rate by the id of its raw rate, and says that it is for display', () => {
    const { note, rates } = steadied(ESTIMATE, words)
    expect(rates.get('r1')).toEqual({ rate: '8.7%', interval: '0.7–25.5%' })
    expect(note).toContain('the mean of all groups of the table (11.4%)')
    expect(note).toContain('as if 13 more of its images had the mean rate')
    expect(note).toContain('never enter a verdict')
  })

  it('says that every rate became the common one where the groups do not differ by more than chance', () => {
    const { note } = steadied({ ...ESTIMATE, complete: true, strength: 1e6 }, words)
    expect(note).toContain('do not differ by more than chance, so every steadied rate becomes the common one (11.4%)')
    expect(note).toContain('never enter a verdict')
  })

  it('says why there are none', () => {
    const none = {
      ...ESTIMATE,
      mean: null,
      strength: null,
      complete: null,
      rates: [],
      reason: 'too-few-groups',
    } as const
    expect(steadied(none, words)).toEqual({
      note: 'No steadied rates are given: there are too few groups.',
      rates: new Map(),
    })
  })

  it('says nothing where the audit has no estimate', () => {
    expect(steadied(undefined, words)).toEqual({ note: '', rates: new Map() })
  })
})
