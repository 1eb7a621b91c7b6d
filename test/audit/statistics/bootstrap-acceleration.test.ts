import { describe, expect, it } from 'vitest'
import { bootstrapAcceleration } from '../../../src/audit/statistics/bootstrap-acceleration.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { groupsOf } from './group-samples.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

/** The statistics of make-groups.py, by rates. */
const statistics = {
  difference: ([first, second]: number[]) => first - second,
  'log-ratio': ([first, second]: number[]) => Math.log(first / second),
  gini: (rates: number[]) => {
    const sum = rates.reduce((all, rate) => all + rate, 0)
    const spread = rates.flatMap((one) => rates.map((other) => Math.abs(one - other)))
    return spread.reduce((all, part) => all + part, 0) / (2 * rates.length * sum)
  },
}

const nine = groupsOf([9, 3], [10, 10])

describe('bootstrapAcceleration', () => {
  it.each(referenceRows<{ groups: Proportion[]; statistic: keyof typeof statistics }>('acceleration'))(
    'agrees with exact slopes: $input',
    ({ input, expected }) => {
      const ratesOf = (counts: ArrayLike<number>) => input.groups.map(({ total }, group) => counts[group] / total)
      const found = bootstrapAcceleration(input.groups, (counts) => statistics[input.statistic](ratesOf(counts)))
      expectClose(found, expected.value, ROOT_FOUND)
    },
  )
  it('of a difference is as published', () =>
    // specification, A7
    expectClose(
      bootstrapAcceleration(nine, (counts) => counts[0] / 10 - counts[1] / 10),
      -0.050037,
      1e-6,
    ))
  it('does not depend on the unit of the statistic, and turns its sign with it', () => {
    const plain = bootstrapAcceleration(nine, (counts) => counts[0] - counts[1])
    expectClose(
      bootstrapAcceleration(nine, (counts) => 1000 * (counts[0] - counts[1])),
      plain,
      ROOT_FOUND,
    )
    expectClose(
      bootstrapAcceleration(nine, (counts) => counts[1] - counts[0]),
      -plain,
      ROOT_FOUND,
    )
  })
  it('never moves the counts of groups where nobody or everybody is counted', () => {
    const groups = groupsOf([0, 5, 8], [9, 9, 8])
    bootstrapAcceleration(groups, (counts) => {
      expect([counts[0], counts[2]]).toEqual([0, 8])
      expect(Math.abs(counts[1] - 5)).toBeLessThan(0.001)
      return counts[1]
    })
  })
  it('never moves a count beyond its total', () => {
    bootstrapAcceleration(groupsOf([199999], [200000]), (counts) => {
      expect(counts[0]).toBeLessThan(200000)
      return counts[0]
    })
  })
  it('takes one group', () => expect(bootstrapAcceleration(groupsOf([5], [10]), (counts) => counts[0])).toBe(0))
  it('refuses a statistic without spread', () => {
    const message = 'bootstrapAcceleration expected a statistic with spread but received a degenerate one'
    expect(() => bootstrapAcceleration(nine, () => 1)).toThrow(new RangeError(message))
    expect(() => bootstrapAcceleration(groupsOf([0, 4], [9, 4]), (counts) => counts[0])).toThrow(message)
  })
  it('refuses no groups', () =>
    expect(() => bootstrapAcceleration([], () => 1)).toThrow('bootstrapAcceleration expected at least one group'))
})
