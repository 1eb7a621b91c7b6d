import { describe, expect, it } from 'vitest'
import { qValues } from '../../../src/audit/findings/q-values.js'

const found = { kind: 'disparity', direction: 'higher' } as const
const tooFew = { kind: 'insufficient', reason: 'group-too-small', total: 3, minimum: 30 } as const
const judged = (...pValues: readonly number[]) => pValues.map((p) => ({ verdict: found, p }))

describe('qValues', () => {
  it('are the Benjamini-Hochberg values of the family', () => {
    // measures.md A5, by statsmodels multipletests
    const q = qValues(judged(0.001, 0.008, 0.039, 0.041, 0.6), 5)
    ;[0.005, 0.02, 0.05125, 0.05125, 0.6].forEach((wanted, index) => expect(q[index]).toBeCloseTo(wanted, 12))
  })
  it('leave out comparisons without a verdict, and do not count them', () => {
    expect(qValues([...judged(0.01, 0.02), { verdict: tooFew, p: 0.001 }], 2)).toEqual([0.02, 0.02, null])
  })
  it('leave out comparisons without images', () =>
    expect(qValues([...judged(0.01), { verdict: tooFew, p: null }], 1)).toEqual([0.01, null]))
  it('count every pair where the data chose the reference', () => expect(qValues(judged(0.01), 3)).toEqual([0.03]))
  it('are never less than p, and as many as were asked', () => {
    const q = qValues(judged(0.2, 0.5, 0.9), 3)
    expect(q).toHaveLength(3)
    q.forEach((value, index) => expect(value).toBeGreaterThanOrEqual([0.2, 0.5, 0.9][index]))
  })
})
