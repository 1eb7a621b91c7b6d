import { describe, expect, it } from 'vitest'
import { pairedDifferenceTasks, type DecideDifference } from '../../../src/audit/calibration/paired-difference-rows.js'
import { decideByMargin } from '../../../src/audit/findings/decide-change.js'
import { POLICY } from '../../support/definitions.js'
import { designOf } from './designs.js'

describe('pairedDifferenceTasks', () => {
  const [at750] = pairedDifferenceTasks(designOf())

  it('errs on the margin at most 1.3 times as often as promised, in either direction', () => {
    const rows = at750()
    expect(rows.map(({ what, comparisons }) => [what, comparisons])).toEqual([
      ['paired.difference.higher', 1],
      ['paired.difference.lower', 1],
      ['paired.difference.higher', 14],
      ['paired.difference.lower', 14],
    ])
    expect(rows.filter(({ met }) => met !== true)).toEqual([])
    expect(rows.filter(({ isMain }) => isMain)).toHaveLength(1)
  })

  it('leaves out changes that cannot be, under a wide margin', () => {
    const wide = designOf({ policy: { ...POLICY, margin: { ...POLICY.margin, difference: 0.99 } } })
    const rows = pairedDifferenceTasks(wide)[0]()
    expect(rows).toHaveLength(4)
    expect(rows.every(({ rates }) => rates.every((rate) => rate >= 0 && rate <= 1))).toBe(true)
  })

  /** Simulated apart, in numpy: two million draws of both sides for each setting, standard error 0.02. */
  const withoutGuard = { 'paired.difference.higher': 1.87, 'paired.difference.lower': 2.25 }

  it('catches a rule without its guard: up to 2.25 times as often as promised, as simulated apart', () => {
    const broken: DecideDifference = (_, rule, interval) => {
      if (interval === undefined) throw new RangeError('the calibration hands in its intervals')
      return decideByMargin(interval, rule.margin)
    }
    const found = pairedDifferenceTasks(designOf(), broken)[0]().filter(({ comparisons }) => comparisons === 14)
    expect(found.map(({ met }) => met)).toEqual([false, false])
    Object.entries(withoutGuard).forEach(([what, times]) => {
      const { measured, error } = found.find((row) => row.what === what) ?? { measured: NaN, error: NaN }
      expect(Math.abs(measured - times)).toBeLessThan(4 * Math.hypot(error, 0.02) + 0.05) // the worst of nine settings is picked
    })
  })
})
