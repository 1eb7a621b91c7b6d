import { describe, expect, it, vi } from 'vitest'
import { unlessNearTiesDecide, type Standing } from '../../../src/audit/gate/standing.js'

const WITHIN: Standing = { standing: 'within' }
const EXCEEDED: Standing = { standing: 'exceeded' }
const OPEN: Standing = { standing: 'unsettled', reason: 'interval-too-wide' }

describe('unlessNearTiesDecide', () => {
  it('keeps what would stand the same either way', () => {
    expect(unlessNearTiesDecide(WITHIN, [() => WITHIN, () => ({ standing: 'within', reason: 'counted' })])).toBe(WITHIN)
    expect(unlessNearTiesDecide(EXCEEDED, [])).toBe(EXCEEDED)
  })

  it('cannot tell where one way gives another standing', () => {
    const open = { standing: 'unsettled', reason: 'near-ties-decide' }
    expect(unlessNearTiesDecide(EXCEEDED, [() => EXCEEDED, () => OPEN])).toEqual(open)
    expect(unlessNearTiesDecide(WITHIN, [() => EXCEEDED])).toEqual(open)
  })

  it('moves no image of a case about which nothing was shown', () => {
    const moved = vi.fn(() => EXCEEDED)
    expect(unlessNearTiesDecide(OPEN, [moved])).toBe(OPEN)
    expect(moved).not.toHaveBeenCalled()
  })
})
