import { describe, expect, it } from 'vitest'
import { pairedTasks, type DecideChange } from '../../../src/audit/calibration/paired-rows.js'
import { decideByMargin } from '../../../src/audit/findings/decide-change.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import { designOf } from './designs.js'

const rowsOf = () => pairedTasks(designOf({ audits: 400 })).flatMap((task) => task())

describe('pairedTasks', () => {
  const rows = rowsOf()
  const row = (what: string, images: number, rates: number[]) =>
    rows.find((one) => one.what === what && one.images[0] === images && one.rates.join() === rates.join())

  it('finds intervals and verdicts within their targets', () => {
    expect(rows.filter(({ met }) => met === false)).toEqual([])
  })

  /** Simulated apart (measures.md, D3): images, gained, lost, McNemar's exact and mid-p size. */
  it.each([
    [118, 0.02, 0.02, 0.008, 0.022],
    [750, 0.02, 0.02, 0.03, 0.043],
    [118, 0.05, 0.05, 0.024, 0.043],
    [750, 0.05, 0.05, 0.038, 0.049],
  ])('agrees with the size of McNemar at %i images', (images, gained, lost, exact, mid) => {
    const within = 0.0005 + 3 * Math.sqrt((mid * (1 - mid)) / 40_000)
    expect(Math.abs((row('size.mcnemar-exact', images, [gained, lost])?.measured ?? NaN) - exact)).toBeLessThan(within)
    expect(Math.abs((row('size.mcnemar-mid', images, [gained, lost])?.measured ?? NaN) - mid)).toBeLessThan(within)
  })

  it("agrees with the coverage of Newcombe's interval", () => {
    const found = row('coverage.newcombe-paired', 118, [0.02, 0.02])
    expect(Math.abs((found?.measured ?? NaN) - 0.978)).toBeLessThan(4 * (found?.error ?? NaN))
    expect(found?.error).toBeGreaterThan(0)
  })

  it('errs on the margin at most 1.34 times as often as promised, as measures.md says it would (1.36)', () => {
    const changes = rows.filter(({ what }) => what.startsWith('paired.change'))
    const worst = changes.reduce((found, one) => (one.measured > found.measured ? one : found))
    expect(worst.measured).toBeCloseTo(1.344, 3)
    expect(worst).toMatchObject({ images: [1556], comparisons: 14 })
    expect(worst.rates[1]).toBe(0.003)
  })

  it('treats both directions alike', () => {
    const of = (side: string) => rows.filter(({ what }) => what === `paired.change.${side}`).map((one) => one.measured)
    expect(of('higher')).toHaveLength(6)
    of('lower').forEach((measured, place) => expect(measured).toBeCloseTo(of('higher')[place], 9))
  })

  it('catches a rule without its guard: up to 2.8 times as often as promised', () => {
    const broken: DecideChange = (counts, rule) =>
      decideByMargin(tangoInterval(counts, rule.alpha / rule.m), rule.margin)
    const [, , , at1556] = pairedTasks(designOf(), broken)
    const found = at1556().filter(({ met }) => met === false)
    expect(found.every(({ what }) => what.startsWith('paired.change'))).toBe(true)
    expect(Math.max(...found.map(({ measured }) => measured))).toBeCloseTo(2.8, 1)
  })
})
