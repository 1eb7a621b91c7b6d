import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanPlace, mostVoted, type Votes } from '../../../../src/audit/dataset/formats/votes.js'

describe('mostVoted', () => {
  it.each<[string, Votes, string]>([
    ['one choice', [['a', '0'], ['b', '2']], 'b'], // prettier-ignore
    ['a tie', [['a', '2'], ['b', '2'], ['c', '1']], ''], // prettier-ignore
    ['nobody', [['a', '0'], ['b', '0']], ''], // prettier-ignore
    ['most who cannot say', [['a', '1'], ['', '2']], ''], // prettier-ignore
    ['a cell that is no count', [['a', '1'], ['b', 'two']], 'two'], // prettier-ignore
    ['an empty cell', [['a', ''], ['b', '1']], 'no count'], // prettier-ignore
  ])('of %s', (_, votes, chosen) => expect(mostVoted(votes)).toBe(chosen))

  it('does not hang on the order of the choices', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 6 }), (counts) => {
        const votes = counts.map((count, index) => [`n${index}`, `${count}`] as const)
        expect(mostVoted([...votes].reverse())).toBe(mostVoted(votes))
      }),
    ))
})

describe('meanPlace', () => {
  it('weighs each place by its votes', () => expect(meanPlace(['0', '2', '1'])).toBeCloseTo(7 / 3, 12))
  it('is null where nobody voted', () => expect(meanPlace(['0', '0'])).toBeNull())
})
