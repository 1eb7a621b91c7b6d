import { describe, expect, it } from 'vitest'
import { deriveCurve } from '../../src/audit/derive-curve.js'
import type { CurveRecord, CurveTable } from '../../src/audit/types/curve.js'
import { auditOf } from '../support/facts.js'
import { CRIME, FLAGGED, NON_HUMAN, probeOf } from '../support/definitions.js'
import { verdictOn } from '../support/look-up.js'
import { crossedFacts, curveFactsOf, tableOf, type CurveParts } from './curve-facts.js'

const CROSS = [0, 1].flatMap((row) => [0, 1, 2].map((column) => [row, column]))

function derived(
  tables: readonly CurveTable[],
  cells: readonly (readonly number[])[] = [[0]],
  more: Partial<CurveParts> = {},
) {
  const images = tables[0].totals.reduce((sum, total) => sum + total, 0)
  return deriveCurve(curveFactsOf({ ...crossedFacts(cells), tables, images, ...more }))
}

/** The only record of a group. */
function recordOf({ records }: ReturnType<typeof derived>, group: number, outcome = 'crime'): CurveRecord {
  const found = records.filter((record) => record.outcome === outcome && record.group[0][1] === `group ${group}`)
  if (found.length !== 1) throw new Error(`${found.length} records of group ${group}`)
  return found[0]
}

describe('the record of a group', () => {
  // differences to the second group: the worked value of measures.md B8
  const rates = [0.1, 0.12, 0.02, 0.14, 0.18, 0.04]
  const worked = derived(
    [tableOf(rates.map((rate) => [Math.round(1000 * rate), 0, 0]), [1000, 500, 500])], // prettier-ignore
    CROSS,
  )

  it('has the difference to everyone else in every specification, with range and quartiles of type 7', () => {
    const record = recordOf(worked, 0)
    expect(record.differences).toEqual(rates)
    expect([record.lowest, record.highest]).toEqual([0.02, 0.18])
    // numpy.quantile([.02, .04, .1, .12, .14, .18], [.25, .5, .75])
    const [first, median, third] = record.quartiles ?? []
    expect(first).toBeCloseTo(0.055, 12)
    expect(median).toBeCloseTo(0.11, 12)
    expect(third).toBeCloseTo(0.135, 12)
  })

  it('shares the variance out among the factors', () => {
    const { variance, varianceReason } = recordOf(worked, 0)
    expect(variance?.factors[0]).toBeCloseTo(0.130435, 6)
    expect(variance?.factors[1]).toBeCloseTo(0.847826, 6)
    expect(variance?.rest).toBeCloseTo(0.021739, 6)
    expect(varianceReason).toBeUndefined()
  })

  it('gives ranges where the grid is not a full cross', () => {
    const some = derived([tableOf([[100, 0, 0], [120, 0, 0], [140, 0, 0]], [1000, 500, 500])], [[0, 0], [0, 1], [1, 0]]) // prettier-ignore
    const { variance, varianceReason, ranges } = recordOf(some, 0)
    expect([variance, varianceReason]).toEqual([null, 'unbalanced'])
    expect(ranges?.[0]).toBeCloseTo(0.04, 12)
    expect(ranges?.[1]).toBeCloseTo(0.02, 12)
  })

  it('takes equal differences as equal, though the rates they come from round apart', () => {
    // 2/3 - 0 and 3/3 - 1/3 are one number, but not in binary
    const same = derived([tableOf([[2, 0], [3, 1]], [3, 3])], [[0], [1]]) // prettier-ignore
    expect(new Set(same.records[0].differences).size).toBe(2)
    expect(same.records[0]).toMatchObject({ variance: null, varianceReason: 'no-variation' })
  })

  it('says where nothing varies, and where there is nothing', () => {
    const same = derived([tableOf(CROSS.map(() => [7, 7, 7]), [100, 90, 0])], CROSS) // prettier-ignore
    expect(recordOf(same, 0)).toMatchObject({ variance: null, varianceReason: 'no-variation', changesSign: false })
    expect(recordOf(same, 2)).toMatchObject({
      differences: CROSS.map(() => null),
      intervals: CROSS.map(() => null),
      verdicts: CROSS.map(() => 'insufficient'),
      lowest: null,
      quartiles: null,
      highest: null,
      changesSign: false,
      variance: null,
      varianceReason: 'no-images',
    })
  })

  it('says that the difference changes sign only where it does: zero has no sign', () => {
    const of = (counts: readonly number[]) =>
      recordOf(derived([tableOf(counts.map((count) => [count, 50, 50]), [500, 500, 500])], [[0], [1]]), 0).changesSign // prettier-ignore
    expect(of([10, 90])).toBe(true)
    expect(of([50, 90])).toBe(false)
    expect(of([10, 50])).toBe(false)
  })

  it('counts verdicts as shares that add up to 1', () => {
    const counts = [[2000, 100, 100], [100, 100, 100], [0, 2000, 2000], [190, 100, 100]] // prettier-ignore
    const cells = counts.map((_, s) => [s])
    const record = recordOf(derived([tableOf(counts, [10_000, 10_000, 10_000])], cells), 0)
    expect(record.verdicts).toEqual(['higher', 'within-margin', 'lower', 'inconclusive'])
    expect(record.shares).toEqual({
      higher: 0.25,
      lower: 0.25,
      'within-margin': 0.25,
      inconclusive: 0.25,
      insufficient: 0,
    })
  })
})

describe('verdicts in one specification are those of an audit with the same counts', () => {
  const GROUPS = [[224, 255, 1556], [115, 519, 2085], [115, 370, 1516], [60, 175, 1623], [24, 238, 1209], [27, 62, 1415], [0, 20, 1550]] // prettier-ignore
  const SMALL = [[3, 2, 40], [0, 1, 29], [11, 12, 900]] // prettier-ignore
  const TWO = [[80, 30, 400], [40, 33, 410]] // prettier-ignore
  const audit = (rows: readonly (readonly number[])[], adjustment: 'bonferroni' | 'holm') =>
    auditOf({
      attributes: [{ name: 'race', values: rows.map((_, group) => `group ${group}`) }],
      blocks: rows.flatMap(([animals, thieves, total], group) => [
        { of: [`group ${group}`], images: animals, label: 'animal' },
        { of: [`group ${group}`], images: thieves, label: 'thief' },
        { of: [`group ${group}`], images: total - animals - thieves, label: 'man' },
      ]),
      probes: [probeOf({ measure: { kind: 'outcome-rate', outcomes: [NON_HUMAN, CRIME, FLAGGED] } })],
      policy: { adjustment },
    }).derived
  const curve = (rows: readonly (readonly number[])[], adjustment: 'bonferroni' | 'holm') => {
    const totals = rows.map(([, , total]) => total)
    const count = (of: (row: readonly number[]) => number) => [rows.map(of)]
    const tables = [
      tableOf(count(([animals]) => animals), totals, { outcome: NON_HUMAN }),
      tableOf(count(([, thieves]) => thieves), totals, { outcome: CRIME }),
      tableOf(count(([animals, thieves]) => animals + thieves), totals, { outcome: FLAGGED }),
    ] // prettier-ignore
    return derived(tables, [[0]], { policy: { adjustment } })
  }
  const CASES = [
    ['the CLIP paper’s Table 6', GROUPS],
    ['small groups', SMALL],
    ['two groups, which are one comparison', TWO],
    ['two groups the other way round', [...TWO].reverse()],
  ] as const

  it.each(CASES.flatMap(([name, rows]) => [[name, rows, 'bonferroni'] as const, [name, rows, 'holm'] as const]))(
    '%s, %s, %s',
    (_name, rows, adjustment) => {
      const wanted = audit(rows, adjustment)
      const found = curve(rows, adjustment)
      for (const { outcome, group, verdicts } of found.records) {
        const turned = rows.length === 2 && !isContrast(wanted, group[0][1], outcome)
        const other = group[0][1] === 'group 0' ? 'group 1' : 'group 0'
        const said = verdictOn(wanted, turned ? other : group[0][1], { outcome })
        const [kind, direction] = said.split(' ')
        const seen = turned && direction === 'higher' ? 'lower' : direction
        expect([outcome, group[0][1], verdicts[0]]).toEqual([outcome, group[0][1], kind === 'disparity' ? seen : kind])
      }
      expect(found.records).toHaveLength(rows.length === 2 ? 3 : 3 * rows.length)
    },
  )
})

function isContrast({ contrasts }: ReturnType<typeof auditOf>['derived'], group: string, outcome: string): boolean {
  return contrasts.some((contrast) => contrast.outcome === outcome && contrast.sides[0].group[0]?.[1] === group)
}

describe('two values of one attribute', () => {
  it('are one record, of the side that is higher in most specifications', () => {
    const counts = [[10, 60], [20, 70], [80, 30]] // prettier-ignore
    const { records } = derived([tableOf(counts, [500, 500], { groupBy: 'gender' })], [[0], [1], [2]])
    expect(records).toHaveLength(1)
    expect(records[0].group).toEqual([['gender', 'group 1']])
    expect(records[0].verdicts).toEqual(['higher', 'higher', 'lower'])
  })
})

describe('groups that are not compared', () => {
  it('get no record, and are in nobody’s rest', () => {
    const known = derived([tableOf([[10, 20, 30]], [100, 100, 100])])
    const withUnknown = derived([
      tableOf([[10, 20, 30, 99]], [100, 100, 100, 100], { comparable: [true, true, true, false] }),
    ])
    expect(withUnknown.records).toEqual(known.records)
  })
})

describe('the order of the groups', () => {
  it('is held against every specification', () => {
    const of = (counts: readonly (readonly number[])[], totals: readonly number[]) =>
      derived([tableOf(counts, totals)], counts.map((_, s) => [s])).ranks[0] // prettier-ignore
    expect(of([[10, 20, 30], [1, 2, 3]], [100, 100, 100])).toMatchObject({ kendallW: 1 }) // prettier-ignore
    expect(of([[10, 20, 30], [10, 30, 20]], [100, 100, 100]).kendallW).toBeCloseTo(0.75, 12) // prettier-ignore
    expect(of([[0, 0, 0]], [100, 50, 10])).toMatchObject({ kendallW: null, reason: 'no-variation' })
    expect(of([[5, 0]], [100, 0])).toMatchObject({ kendallW: null, reason: 'single-group' })
  })

  it('goes by rates, not by counts', () => {
    const { ranks } = derived([tableOf([[10, 20], [10, 20]], [100, 200])], [[0], [1]]) // prettier-ignore
    expect(ranks[0].reason).toBe('no-variation')
  })
})
