import { describe, expect, it } from 'vitest'
import { FAIRFACE_RACES, FAIRFACE_RACE_BY_GENDER } from '../../../src/audit/calibration/fairface.js'
import { isWrong, restRate, simulateWorld, type World } from '../../../src/audit/calibration/simulate-world.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { POLICY } from '../../support/definitions.js'
import { SMALL_GROUPS } from './designs.js'

const at = (rates: readonly number[]): World => FAIRFACE_RACES.map((group, place) => ({ ...group, rate: rates[place] }))
const run = (world: World, audits: number, seed = 1) =>
  simulateWorld(world, { policy: POLICY, audits, random: createRandom(seed, 'test') })

describe('isWrong', () => {
  const higher = { kind: 'disparity', direction: 'higher' } as const
  const lower = { kind: 'disparity', direction: 'lower' } as const
  const within = { kind: 'within-margin', settledBy: 'difference' } as const

  it('takes a disparity for right only beyond the margin', () => {
    expect(isWrong(higher, 0.1251, 0.1, POLICY)).toBe(false)
    expect(isWrong(higher, 0.125, 0.1, POLICY)).toBe(true)
    expect(isWrong(higher, 0.01, 0.1, POLICY)).toBe(true)
    expect(isWrong(lower, 0.0799, 0.1, POLICY)).toBe(false)
    expect(isWrong(lower, 0.08, 0.1, POLICY)).toBe(true)
    expect(isWrong(lower, 0.2, 0.1, POLICY)).toBe(true)
  })

  it('takes "within" for right up to the margin', () => {
    expect(isWrong(within, 0.125, 0.1, POLICY)).toBe(false)
    expect(isWrong(within, 0.08, 0.1, POLICY)).toBe(false)
    expect(isWrong(within, 0.1251, 0.1, POLICY)).toBe(true)
    expect(isWrong(within, 0.0799, 0.1, POLICY)).toBe(true)
  })

  it('takes no answer for a wrong one', () => {
    expect(isWrong({ kind: 'inconclusive', reason: 'interval-too-wide' }, 0.9, 0.1, POLICY)).toBe(false)
    const few = { kind: 'insufficient', reason: 'group-too-small', total: 3, minimum: 30 } as const
    expect(isWrong(few, 0.9, 0.1, POLICY)).toBe(false)
  })
})

describe('restRate', () => {
  it('weighs the other groups by their images', () => {
    const world = SMALL_GROUPS.map((group, place) => ({ ...group, rate: [0.5, 0.1, 0.2][place] }))
    expect(restRate(world, 0)).toBeCloseTo((60 * 0.1 + 80 * 0.2) / 140, 12)
    expect(restRate(world, 2)).toBeCloseTo((40 * 0.5 + 60 * 0.1) / 100, 12)
  })
})

describe('simulateWorld', () => {
  it('gives the same counts for the same seed and others for another', () => {
    const world = at([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    expect(run(world, 5)).toEqual(run(world, 5))
    expect(run(world, 5, 2)).not.toEqual(run(world, 5))
  })

  it('finds a planted gap in every audit, in the right group and direction, and errs nowhere', () => {
    const tally = run(at([0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0]), 10)
    expect(tally).toMatchObject({ audits: 10, withDisparity: 10, withWrong: 0 })
    expect(tally.groups.get('Black')).toMatchObject({ higher: 10, lower: 0, within: 0 })
    expect(tally.groups.get('East Asian')).toMatchObject({ higher: 0, lower: 10, within: 0, rateCovered: 10 })
  })

  it('sees "within margin" where nothing is planted and groups are large', () => {
    const tally = run(at(FAIRFACE_RACES.map(() => 0)), 3)
    expect([...tally.groups.values()].map(({ within }) => within)).toEqual(FAIRFACE_RACES.map(() => 3))
    expect(tally).toMatchObject({ withDisparity: 0, withWrong: 0, withAllRates: 3 })
    expect(tally.covered.rate).toEqual({ sum: 3, squares: 3, audits: 3 })
    expect(tally.covered.difference.sum).toBe(3)
    expect(tally.covered.ratio.sum).toBe(3)
  })

  it('raises no alarm at parity where rules of thumb raise many', () => {
    const tally = run(
      FAIRFACE_RACE_BY_GENDER.map((group) => ({ ...group, rate: 0.05 })),
      60,
    )
    expect(tally.withDisparity).toBe(0)
    expect(tally.naive.fourFifths).toBe(60) // 1.000 of audits (measures.md, D5)
    expect(tally.naive.unadjusted).toBeGreaterThan(15) // 0.499 of audits
    expect(tally.naive.unadjusted).toBeLessThan(45)
    expect(tally.naive.noMargin).toBeLessThan(10) // 0.048 of audits
  })

  it('holds the intervals against the truth, not against the counts', () => {
    const { covered } = run(at([0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1]), 60)
    for (const { sum } of [covered.rate, covered.difference, covered.ratio]) {
      expect(sum / 60).toBeGreaterThan(0.91)
      expect(sum / 60).toBeLessThan(0.985)
    }
  })
})
