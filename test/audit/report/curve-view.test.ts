import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCurveView } from '../../../src/audit/report/curve-view.js'
import { orderOf } from '../../../src/audit/report/view/curve/plot.js'
import type { CurveRecord, CurveResult } from '../../../src/audit/types/curve.js'
import { exampleCurve } from './example-curve.js'

const curve = exampleCurve()
const view = toCurveView(curve)

/** The record of a group, changed. */
function withRecord(of: CurveResult, change: (record: CurveRecord, place: number) => CurveRecord): CurveResult {
  return { ...of, derived: { ...of.derived, records: of.derived.records.map(change) } }
}

describe('the short answer', () => {
  it('counts verdicts in whole sentences, for the group with the largest median difference', () => {
    const [record] = curve.derived.records
    const times = (verdict: string): number => record.verdicts.filter((each) => each === verdict).length
    expect(view.answers[0].lead[0]).toBe(
      `In ${times('higher')} of 120 specifications, images of the group Black were put into “non-human” more often than those of everyone else, beyond the margin; in ${times('lower')} less often. In ${times('within-margin')} any difference stays inside the margin, and in ${times('inconclusive')} these images cannot tell.`,
    )
    expect(view.answers[0].rows[0].counts.map(({ count }) => Number(count)).reduce((a, b) => a + b)).toBe(120)
  })

  it('gives range, middle half and median in points', () => {
    expect(view.answers[0].lead[1]).toMatch(
      /^The difference ranges from 0\.\d to 1\d\.\d points, and lies between \d\.\d and \d\.\d in the middle half of the specifications\. The median is 2\.\d\.$/,
    )
  })

  it('says in words whether the difference changes sign, with both counts', () => {
    expect(view.answers[0].lead).toContain(
      'The difference never changes sign: it is above zero in 120 specifications, below in 0, and zero in 0.',
    )
    const turned = withRecord(curve, (record, place) =>
      place === 0
        ? { ...record, changesSign: true, differences: record.differences.map((d, i) => (i < 3 ? -0.01 : d)) }
        : record,
    )
    expect(toCurveView(turned).answers[0].lead).toContain(
      'The difference changes sign: it is above zero in 117 specifications, below in 3, and zero in 0.',
    )
  })

  it('names groups that are higher in one wording and lower in another', () => {
    const split = withRecord(curve, (record, place) =>
      place === 1 ? { ...record, shares: { ...record.shares, higher: 0.1, lower: 0.1 } } : record,
    )
    expect(toCurveView(split).answers[0].lead.join('\n')).toContain(
      'A disparity in either direction, by the wording alone: higher in some specifications and lower in others, beyond the margin: East Asian.',
    )
    expect(view.answers[0].lead.join('\n')).not.toContain('either direction')
  })

  it('gives what chance alone gives over all specifications at once', () => {
    expect(view.answers[0].lead.join('\n')).toContain('one as large as seen comes with joint p 0.001.')
  })

  it('says that two groups mirror each other, and shows one', () => {
    const gender = view.answers.find(({ heading }) => heading === '“non-human”, by gender')
    expect(gender?.rows).toHaveLength(1)
    expect(gender?.lead.at(-1)).toBe('With two groups, one mirrors the other: what one has more, the other has less.')
  })

  it('puts groups that got no verdict after all others, whatever their difference', () => {
    const holes = toCurveView(exampleCurve({ holes: true })).answers[0].rows
    expect(holes.slice(-2).map(({ group, images }) => [group, images])).toEqual([
      ['White', '12 images'],
      ['Southeast Asian', '0 images'],
    ])
    expect(holes.at(-1)).toMatchObject({ median: '–', range: '–', sign: '–', chance: '–', p: '–' })
    expect(holes.map(({ group }) => group)).not.toContain('unknown')
  })

  it('takes, of groups with the same median in print, the one with a disparity in more specifications, then the one that goes further', () => {
    const tied = withRecord(curve, (record, place) =>
      place < 7
        ? { ...record, quartiles: [0, 0.0001 * (place % 2), 0], shares: { ...record.shares, higher: place === 3 ? 0.4 : 0, lower: 0 }, highest: place === 5 ? 0.9 : 0.1 } // prettier-ignore
        : record,
    )
    const first = toCurveView(tied).answers[0].rows.map(({ group }) => group)
    expect(first.slice(0, 2)).toEqual(['Latino_Hispanic', 'Southeast Asian'])
  })

  it('has no range and no sign for one specification', () => {
    const { answers, choices, front } = toCurveView(exampleCurve({ sizes: [1, 1, 1, 1] }))
    expect(answers[0].lead[1]).toMatch(/^The difference is \d\.\d points\.$/)
    expect(choices).toEqual([])
    expect(front.question).toContain('a single one cannot show how much hangs on the choice')
  })
})

describe('which choices matter', () => {
  it('names the factor with the largest share, and writes every share', () => {
    const shares = curve.derived.records[0].variance
    expect(shares?.factors[1]).toBeGreaterThan(0.5)
    expect(view.choices[0].lead).toMatch(/^Black, “non-human” by race: most goes along with “neutral-alternative”, 7\d/)
    const written = view.choices[0].rows[0].cells.map(({ text }) => parseFloat(text))
    expect(written).toHaveLength(5)
    expect(written.reduce((a, b) => a + b)).toBeCloseTo(100, 0)
  })

  it('gives ranges where the grid is not complete, and the reason where nothing varies or no images are', () => {
    const holes = toCurveView(exampleCurve({ holes: true })).choices[0]
    expect(holes.rangesNote).toContain('The grid is not complete')
    expect(holes.rows[0].cells[0].text).toMatch(/^up to \d+\.\d points$/)
    expect(holes.rows.at(-1)).toMatchObject({ cells: [], reason: 'there are no images on one side' })
    const same = withRecord(curve, (record) => ({ ...record, variance: null, varianceReason: 'no-variation' }))
    expect(toCurveView(same).choices[0].rows[0].reason).toBe('the difference is the same in every specification')
  })
})

describe('the curves', () => {
  const [first] = view.curves
  const columns = (path: string): number[] => [...path.matchAll(/M(-?[\d.]+) /g)].map(([, x]) => Number(x))

  it('draws every specification once, lowest difference first', () => {
    const marks = first.main?.plot.marks ?? []
    expect(marks.flatMap(({ intervals }) => columns(intervals)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 120 }, (_, i) => i),
    )
    const record = curve.derived.records[0]
    const drawn = orderOf(record).drawn.map((i) => record.differences[i] ?? 0)
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b))
  })

  it('marks every specification in exactly one choice of each factor, and in one verdict', () => {
    const main = first.main
    for (const { lanes } of main?.factors ?? []) {
      expect(lanes.flatMap(({ path }) => columns(path))).toHaveLength(120)
      expect(lanes.reduce((sum, { count }) => sum + Number(count), 0)).toBe(120)
    }
    expect(main?.factors).toHaveLength(4)
    expect(main?.verdicts.flatMap(({ path }) => columns(path))).toHaveLength(120)
  })

  it('points to the label set as written, with its difference', () => {
    const written = ((curve.derived.records[0].differences[0] ?? 0) * 100).toFixed(1)
    expect(first.main?.asWritten?.label).toBe(`as written: ${written}`)
    const without = toCurveView({ ...curve, facts: { ...curve.facts, asWritten: null } })
    expect(without.curves[0].main?.asWritten).toBeNull()
  })

  it('sets the other groups beside each other on one scale', () => {
    expect(first.small.map(({ group }) => group)).not.toContain('Black')
    expect(first.small).toHaveLength(6)
    expect(new Set(first.small.map(({ plot }) => JSON.stringify([plot.zero, plot.ticks]))).size).toBe(1)
  })

  it('keeps every mark inside the drawing, whatever the differences', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), (found) => {
        const sizes = { sizes: [3, 1, 1, 1] }
        const changed = withRecord(exampleCurve(sizes), (record) => ({
          ...record,
          differences: found,
          intervals: found.map((each) => [each - 0.1, each + 0.1] as const),
        }))
        const plot = toCurveView(changed).curves[0].main?.plot
        const heights = (plot?.marks ?? []).flatMap(({ intervals }) =>
          [...intervals.matchAll(/M\S+ ([\d.]+)V([\d.]+)/g)].flatMap(([, top, end]) => [Number(top), Number(end)]),
        )
        expect(heights).toHaveLength(6)
        for (const height of heights) expect(height >= 0 && height <= (plot?.height ?? 0)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('draws nothing where no group has images on both sides', () => {
    const empty = withRecord(curve, (record) => ({
      ...record,
      differences: record.differences.map(() => null),
      intervals: record.intervals.map(() => null),
      verdicts: record.verdicts.map(() => 'insufficient' as const),
      lowest: null,
      highest: null,
      quartiles: null,
      changesSign: false,
      variance: null,
      varianceReason: 'no-images' as const,
    }))
    const drawn = toCurveView(empty).curves[0]
    expect(drawn.main).toBeNull()
    expect(drawn.notes).toEqual(['There is nothing to draw: there are no images on one side.'])
    expect(toCurveView(empty).answers[0].lead).toContain(
      'There is no difference to show: there are no images on one side.',
    )
  })

  it('draws at most 1,000 columns, the extremes among them, and says so', () => {
    const differences = Array.from({ length: 2500 }, (_, i) => i / 2500)
    const { drawn, all } = orderOf({ ...curve.derived.records[0], differences })
    expect([drawn.length, all, drawn[0], drawn.at(-1)]).toEqual([1000, 2500, 0, 2499])
    expect(new Set(drawn).size).toBe(1000)
  })

  it('keeps the line of the label set as written where a thinned chart lacks its column', () => {
    const many = exampleCurve({ sizes: [10, 5, 5, 5] })
    const [record] = many.derived.records
    const { drawn } = orderOf(record)
    const missing = many.facts.specifications.findIndex((_, i) => !drawn.includes(i))
    expect(missing).toBeGreaterThan(0)
    const [{ main, notes, smallNote }] = toCurveView({ ...many, facts: { ...many.facts, asWritten: missing } }).curves
    const column = Number(/^M(\d+) /.exec(main?.asWritten?.line ?? '')?.[1])
    expect(record.differences[drawn[column]]).toBeGreaterThanOrEqual(record.differences[missing] ?? 0)
    expect(record.differences[drawn[column - 1]]).toBeLessThan(record.differences[missing] ?? 0)
    expect(notes).toEqual([
      'The chart draws 1,000 of 1,250 specifications, evenly spread over their order; verdicts and ranges count all.',
    ])
    expect(smallNote).toBe('Each draws 250 of 1,250 specifications, evenly spread over their order.')
  })
})

describe('the table behind the curves', () => {
  it('has the numbers of the file, in the order of the grid', () => {
    const { rows, groups } = view.curves[0].table
    const records = curve.derived.records.filter(({ table }) => table === 0)
    expect(rows).toHaveLength(120)
    groups.forEach((group, g) => {
      const record = records.find(({ group: [[, value]] }) => value === group)
      rows.forEach(({ cells }, i) => {
        const difference = (record?.differences[i] ?? 0) * 100
        expect(Math.abs(Number(cells[g].difference.replace('−', '-')) - difference)).toBeLessThan(0.0501) // one decimal
      })
    })
    expect(rows[0].number).toBe('1, as written')
  })
})

describe('a long table behind the curves', () => {
  it('holds every second or third specification where all tables of the page would be too long, and says where all are', () => {
    const { records } = curve.derived
    const facts = { ...curve.facts, tables: Array.from({ length: 60 }, (_, t) => curve.facts.tables[t % 6]) }
    const many = Array.from({ length: 10 }, (_, copy) =>
      records.map((r) => ({ ...r, table: r.table + copy * 6 })),
    ).flat()
    const { table } = toCurveView({ ...curve, facts, derived: { records: many, ranks: [] } }).curves[0]
    expect(table.rows).toHaveLength(60)
    expect(table.thinned).toBe(
      'This page holds 60 of 120 specifications of this table, one in 2; curve-specifications.csv has all.',
    )
    expect(view.curves[0].table.thinned).toBe('')
  })
})

describe('the rest of the page', () => {
  it('gives Kendall’s W or why there is none', () => {
    expect(view.ranks[0]).toMatch(/^“non-human” by race: W = 0\.\d\d\.$/)
    const ranks = curve.derived.ranks.map((rank) => ({ ...rank, kendallW: null, reason: 'single-group' as const }))
    expect(toCurveView({ ...curve, derived: { ...curve.derived, ranks } }).ranks[0]).toBe(
      '“non-human” by race: not defined, fewer than two groups have images.',
    )
  })

  it('says what subjects, repeated cells and a missing joint test mean', () => {
    const { facts } = curve
    const tables = facts.tables.map((table) => ({
      ...table,
      jointNull: { draws: 0, groups: table.groups.map(() => null) },
    }))
    const grid = { ...facts.grid, repeated: 3 }
    const dataset = { ...facts.dataset, subjects: 310 }
    const changed = toCurveView({ ...curve, facts: { ...facts, tables, grid, dataset } })
    expect(changed.grid.repeated).toBe('Left out: 3 combinations that ask the model the same as an earlier one.')
    expect(changed.limits.join('\n')).toContain('The images show 310 subjects.')
    expect(changed.method).toContain('Joint test: not drawn in this run.')
    expect(changed.answers[0].lead).toContain('What chance alone gives was not drawn for this group.')
  })

  it('refuses a record of a group or a verdict that the file does not know', () => {
    const stranger = withRecord(curve, (record) => ({ ...record, group: [['race', 'nobody']] }))
    expect(() => toCurveView(stranger)).toThrow('curve.json: expected a group of table “non-human”')
    const odd = withRecord(curve, (record) => ({ ...record, verdicts: record.verdicts.map(() => 'fine' as 'higher') })) // a word that no verdict is
    expect(() => toCurveView(odd)).toThrow('curve.json: expected a verdict but received fine')
  })
})
