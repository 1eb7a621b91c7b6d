import { describe, expect, it } from 'vitest'
import { tryNearTies } from '../../../src/audit/findings/try-near-ties.js'
import type { ChangeVerdict } from '../../../src/audit/types/change.js'

const higher: ChangeVerdict = { kind: 'change', direction: 'higher' }
const lower: ChangeVerdict = { kind: 'change', direction: 'lower' }
const within: ChangeVerdict = { kind: 'within-margin', settledBy: 'difference' }
const tooWide: ChangeVerdict = { kind: 'inconclusive', reason: 'interval-too-wide' }
const tooSmall: ChangeVerdict = { kind: 'insufficient', reason: 'group-too-small', total: 3, minimum: 30 }
const nearTiesDecide: ChangeVerdict = { kind: 'inconclusive', reason: 'near-ties-decide' }

describe('tryNearTies', () => {
  it('keeps a verdict where there is nothing to try', () => expect(tryNearTies(higher, [])).toBe(higher))
  it('keeps a verdict that stays the same', () => {
    expect(tryNearTies(higher, [higher, higher])).toBe(higher)
    expect(tryNearTies(within, [within, within])).toBe(within)
  })
  it('takes back a verdict that any of the others contradicts', () => {
    expect(tryNearTies(higher, [higher, tooWide])).toEqual(nearTiesDecide)
    expect(tryNearTies(within, [tooWide, within])).toEqual(nearTiesDecide)
    expect(tryNearTies(within, [within, higher])).toEqual(nearTiesDecide)
  })
  it('takes back a change that could go the other way', () => {
    expect(tryNearTies(higher, [higher, lower])).toEqual(nearTiesDecide)
    expect(tryNearTies(lower, [higher, lower])).toEqual(nearTiesDecide)
  })
  it('makes nothing of verdicts that could not tell', () => {
    expect(tryNearTies(tooWide, [higher, higher])).toBe(tooWide)
    expect(tryNearTies(tooSmall, [higher])).toBe(tooSmall)
  })
})
