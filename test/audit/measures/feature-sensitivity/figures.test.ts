import { describe, expect, it } from 'vitest'
import {
  againstRest,
  changeFigure,
  changeOfDifference,
  differenceFigure,
  effectiveFigure,
  holdsZero,
  largestChange,
} from '../../../../src/audit/measures/feature-sensitivity/figures.js'
import type { GroupSides } from '../../../../src/audit/measures/feature-sensitivity/group-sides.js'
import type { PairedImages } from '../../../../src/audit/types/paired.js'

const LIMITS = { alpha: 0.05, minimum: 30 }
const pairs = (both: number, onlyFirst: number, onlySecond: number, neither: number): PairedImages => ({
  both,
  onlyFirst,
  onlySecond,
  neither,
})

const sides = (of: Partial<GroupSides>): GroupSides => of as GroupSides

describe('figures of altered images', () => {
  it('have none where no image was altered', () => {
    expect(changeFigure(pairs(0, 0, 0, 0), LIMITS)).toEqual({ kind: 'own', value: null, reason: 'no-images' })
  })

  it('need enough images of the group, and of everyone else', () => {
    const [few, many] = [{ count: 1, total: 5 }, { count: 10, total: 100 }] // prettier-ignore
    expect(differenceFigure(few, many, LIMITS)).toMatchObject({ value: null, reason: 'group-too-small' })
    expect(differenceFigure(many, few, LIMITS)).toMatchObject({ value: null, reason: 'reference-too-small' })
    expect(effectiveFigure(pairs(1, 1, 1, 1), pairs(9, 9, 9, 90), LIMITS)).toMatchObject({ reason: 'group-too-small' })
  })

  it('scale the change of a difference, and its bounds, by the share of the others', () => {
    const [own, rest] = [pairs(20, 5, 15, 60), pairs(30, 10, 10, 250)]
    const change = changeOfDifference(own, rest, LIMITS)
    const effective = effectiveFigure(own, rest, LIMITS)
    expect(effective.value).toBeCloseTo(0.75 * (change.value ?? NaN), 12) // 300 of 400 are the others
    expect(effective.interval?.[0]).toBeCloseTo(0.75 * (change.interval?.[0] ?? NaN), 12)
  })

  it('are blank, and have no largest change, for a group that is compared with nobody', () => {
    expect(againstRest(null, () => ({ kind: 'own', value: 1 }))).toEqual({ kind: 'blank' })
    expect(largestChange(sides({ rest: null }), LIMITS)).toBeNull()
  })
})

describe('the largest change of a difference', () => {
  const asTheyAre = { count: 40, total: 100 }
  const rest = { asTheyAre: { count: 20, total: 300 }, pairs: [pairs(20, 0, 0, 280), pairs(20, 0, 0, 280)] }

  it('is that of the alteration which moves the group furthest from everyone else (planted: the second)', () => {
    const own = { asTheyAre, pairs: [pairs(38, 2, 2, 58), pairs(20, 20, 0, 60)] }
    const found = largestChange(sides({ own, rest }), LIMITS)
    expect(found?.transform).toBe(1)
    expect(found?.ratio.value).toBeGreaterThan(0)
  })

  it('has no ratio where the difference itself may be nothing, or is not defined', () => {
    const own = { asTheyAre: { count: 7, total: 100 }, pairs: rest.pairs.map(() => pairs(5, 2, 2, 91)) }
    const found = largestChange(sides({ own, rest }), LIMITS)
    expect(found?.ratio).toMatchObject({ value: null, reason: 'interval-too-wide' })
    const few = { asTheyAre: { count: 1, total: 5 }, pairs: [pairs(1, 1, 1, 2)] }
    expect(largestChange(sides({ own: few, rest }), LIMITS)).toMatchObject({
      transform: -1,
      ratio: { value: null, reason: 'group-too-small' },
    })
  })
})

describe('an interval', () => {
  it('leaves the side of 0 open where it holds it, where it is open, and where there is none', () => {
    const holds = (interval?: readonly [number, number | null] | null) =>
      holdsZero({ kind: 'own', value: 1, ...(interval === undefined ? {} : { interval }) })
    expect([holds(), holds(null), holds([-1, 1]), holds([-1, null])]).toEqual([true, true, true, true])
    expect([holds([1, 2]), holds([-2, -1]), holds([1, null])]).toEqual([false, false, false])
  })
})
