import { describe, expect, it } from 'vitest'
import { marginTasks, type Decide } from '../../../src/audit/calibration/margin-rows.js'
import { decideVerdict } from '../../../src/audit/findings/decide-verdict.js'
import { scoreIntervalDifference } from '../../../src/audit/statistics/score-interval-difference.js'
import { scoreIntervalRatio } from '../../../src/audit/statistics/score-interval-ratio.js'
import { designOf, SMALL_GROUPS } from './designs.js'

const SMALL = designOf({ groups: SMALL_GROUPS })
const rowsOf = () => marginTasks(SMALL).map((task) => task())
/** A broken rule is tried at the smaller sizes: it must not take hundreds of images to be caught. */
const brokenRowsOf = (decide: Decide) =>
  marginTasks(SMALL, decide)
    .slice(0, 4)
    .map((task) => task())
const missed = (rows: ReturnType<typeof rowsOf>) => rows.flat().filter(({ met }) => met === false)

describe('marginTasks', () => {
  const rows = rowsOf()

  it('tries the groups, the smallest one that is judged, and pairs of equals, at three numbers of comparisons', () => {
    expect(rows.map((some) => some[0].images.join(' against '))).toEqual([
      '40 against 140',
      '60 against 120',
      '80 against 100',
      '30 against 150',
      '118 against 118',
      '750 against 750',
    ])
    expect(new Set(rows[0].map(({ comparisons }) => comparisons))).toEqual(new Set([1, 3, 27]))
  })

  it('finds the rule within its target', () => {
    expect(missed(rows)).toEqual([])
  })

  /** Computed apart (measures.md, D4), worst of nine reference rates. */
  it.each([
    ['118 against 118', 1, 1.05],
    ['750 against 750', 1, 1.01],
  ])('agrees with the exact figure at %s, m = %i', (sizes, m, known) => {
    const found = rows.flat().filter(({ images, comparisons, what }) => {
      return images.join(' against ') === sizes && comparisons === m && what === 'margin.disparity.higher'
    })
    expect(found).toHaveLength(1)
    expect(found[0].measured).toBeCloseTo(known, 2)
    expect(found[0]).toMatchObject({ unit: 'times', nominal: 0.025, error: 0, target: { low: null, high: 1.15 } })
  })

  it('marks the worst disparity and the worst "within" of every pair of sizes', () => {
    for (const some of rows) {
      const main = some.filter(({ isMain }) => isMain)
      expect(main.map(({ what }) => what.split('.')[1])).toEqual(['disparity', 'within'])
      for (const { what, measured } of main) {
        const kind = what.split('.').slice(0, 2).join('.')
        expect(measured).toBe(Math.max(...some.filter((row) => row.what.startsWith(kind)).map((row) => row.measured)))
      }
    }
  })

  it('catches a rule that forgets to share its error rate', () => {
    const broken: Decide = (sides, rule) => decideVerdict(sides, { ...rule, m: 1 })
    const found = missed(brokenRowsOf(broken))
    expect(found.length).toBeGreaterThan(10)
    expect(found.every(({ comparisons }) => comparisons !== 1)).toBe(true)
    expect(Math.max(...found.map(({ measured }) => measured))).toBeGreaterThan(10)
  })

  it('catches a rule that rests on plain score intervals and has no guard', () => {
    const broken: Decide = ({ group, reference }, rule) => {
      const level = rule.alpha / rule.m
      const difference = scoreIntervalDifference(group, reference, level)
      const ratio = scoreIntervalRatio(group, reference, level)
      const isAbove = difference.low > rule.margin.difference && ratio.low > rule.margin.ratio
      return isAbove
        ? { kind: 'disparity', direction: 'higher' }
        : decideVerdict({ group, reference }, rule, { difference, ratio })
    }
    const found = missed(brokenRowsOf(broken))
    expect(found.some(({ images }) => images.join() === '30,150')).toBe(true)
  })

  it('catches a rule with the margin of the ratio left out', () => {
    const broken: Decide = (sides, rule) => decideVerdict(sides, { ...rule, margin: { ...rule.margin, ratio: 1.0001 } })
    expect(missed(brokenRowsOf(broken)).length).toBeGreaterThan(0)
  })
})
