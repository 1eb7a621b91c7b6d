import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseThreshold } from '../../../src/audit/overlap/choose-threshold.js'

const pairs = fc.array(fc.record({ cosine: fc.integer({ min: 0, max: 20 }).map((n) => n / 20), isSame: fc.boolean() }))

describe('chooseThreshold', () => {
  it('takes the lowest cosine from which enough marked pairs are the same', () => {
    const marked = [0.99, 0.97, 0.95, 0.94].map((cosine) => ({ cosine, isSame: true }))
    const wrong = { cosine: 0.96, isSame: false }
    expect(chooseThreshold(marked, 0.98)).toMatchObject({ threshold: 0.94, same: 4, total: 4 })
    expect(chooseThreshold([wrong, ...marked], 0.98)).toMatchObject({ threshold: 0.97, same: 2, total: 2 })
    expect(chooseThreshold([wrong, ...marked], 0.8)).toMatchObject({ threshold: 0.94, same: 4, total: 5 })
  })
  it('says how sure the precision is: 100 of 100 may be 96 % (Clopper-Pearson, closed form)', () => {
    const marked = Array.from({ length: 100 }, (_, index) => ({ cosine: 1 - index / 1000, isSame: true }))
    expect(chooseThreshold(marked, 0.98)?.low).toBeCloseTo(0.025 ** (1 / 100), 12)
  })
  it('has no threshold where the most similar pair is not the same, or nothing is marked', () => {
    expect(chooseThreshold([{ cosine: 1, isSame: false }], 0.98)).toBeNull()
    expect(chooseThreshold([], 0.98)).toBeNull()
  })
  it('keeps its promise, whatever the order: from the threshold on precision holds, and at no lower cosine', () => {
    const precisionFrom = (marked: readonly { cosine: number; isSame: boolean }[], from: number): number => {
      const above = marked.filter(({ cosine }) => cosine >= from)
      return above.filter(({ isSame }) => isSame).length / above.length
    }
    fc.assert(
      fc.property(pairs, (marked) => {
        const chosen = chooseThreshold(marked, 0.8)
        expect(chooseThreshold([...marked].reverse(), 0.8)).toEqual(chosen)
        for (const { cosine } of marked)
          if (chosen === null || cosine < chosen.threshold) expect(precisionFrom(marked, cosine)).toBeLessThan(0.8)
        if (chosen !== null) expect(precisionFrom(marked, chosen.threshold)).toBeGreaterThanOrEqual(0.8)
      }),
    )
  })
  it('refuses a precision that is no share', () => {
    expect(() => chooseThreshold([], 98)).toThrow('a precision above 0 and at most 1 but received 98')
  })
})
