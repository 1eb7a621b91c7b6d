import { describe, expect, it } from 'vitest'
import { calibrationTasks, gatherSections } from '../../../src/audit/calibration/calibration-tasks.js'
import { FAIRFACE_RACES } from '../../../src/audit/calibration/fairface.js'
import { intervalTasks } from '../../../src/audit/calibration/interval-rows.js'
import { parityTasks } from '../../../src/audit/calibration/parity-rows.js'
import { powerTasks } from '../../../src/audit/calibration/power-rows.js'
import { recoveryTasks } from '../../../src/audit/calibration/recovery-rows.js'
import { calibrationRow } from '../../../src/audit/calibration/row.js'
import { designOf, SMALL_GROUPS } from './designs.js'

describe('intervalTasks', () => {
  const rows = intervalTasks(designOf({ groups: SMALL_GROUPS })).map((task) => task())

  it('gives a target where ten images are expected, and always to the guaranteed interval', () => {
    for (const { what, note, target } of rows.flat()) {
      const isGuaranteed = what === 'coverage.clopper-pearson'
      if (isGuaranteed) expect(target).toEqual({ low: 0.95, high: null })
      else expect(target).toEqual(note === 'enough-expected' ? { low: 0.93, high: 0.97 } : null)
    }
    const wilson = rows[0].filter(({ note }) => note === 'enough-expected')
    expect(wilson.every((row) => row.images[0] * Math.min(row.rates[0], 1 - row.rates[0]) >= 10)).toBe(true)
    expect(wilson.length).toBeGreaterThan(0)
  })

  it('shows the size with the worst coverage at each rate, and the worst of those first', () => {
    const wilson = rows[0]
    expect(wilson.filter(({ isMain }) => isMain)).toHaveLength(2)
    const few = wilson.filter(({ note }) => note === 'few-expected')
    expect(new Set(few.map(({ rates }) => rates.join())).size).toBe(few.length)
    expect(few.find(({ isMain }) => isMain)?.measured).toBe(Math.min(...few.map(({ measured }) => measured)))
    // 30 images at 30%: 0.9298 (measures.md, D1)
    expect(few.find(({ rates }) => rates[0] === 0.3)?.measured).toBeCloseTo(0.9298, 4)
  })

  it('shows intervals that others use as a warning, without a target', () => {
    const warnings = rows.flat().filter(({ note }) => note === 'warning')
    expect(new Set(warnings.map(({ what }) => what))).toEqual(new Set(['coverage.katz', 'coverage.wald']))
  })
})

describe('parityTasks', () => {
  const results = parityTasks(designOf({ groups: FAIRFACE_RACES, audits: 30 }))[2]()

  it('counts alarms beside those of rules of thumb', () => {
    const [{ section, rows }] = results
    expect(section).toBe('parity')
    expect(rows.map(({ what }) => what)).toEqual([
      'parity.rule',
      'parity.unadjusted',
      'parity.no-margin',
      'parity.four-fifths',
    ])
    expect(rows[0]).toMatchObject({ measured: 0, met: true, comparisons: 7, target: { low: null, high: 0.01 } })
    expect(rows[1]).toMatchObject({ met: null, note: 'warning' })
  })

  it('holds the printed intervals against the exact sums', () => {
    expect(results[1].section).toBe('intervals')
    expect(results[1].rows.map(({ what, met }) => [what, met])).toEqual([
      ['simulated.rate', true],
      ['simulated.difference', true],
      ['simulated.ratio', true],
    ])
    for (const { error } of results[1].rows) expect(error).toBeGreaterThan(0.005)
  })

  it('takes no error from audits that all went well: small groups at a small rate hardly ever miss', () => {
    const [, { rows }] = parityTasks(designOf({ groups: SMALL_GROUPS, audits: 3, seed: 2 }))[0]()
    expect(rows[0]).toMatchObject({ what: 'simulated.rate', measured: 1, met: true })
    expect(rows[0].error).toBeGreaterThan(0)
  })

  it('leaves the printed intervals out where the data choose the group', () => {
    const [, intervals] = parityTasks(designOf({ groups: SMALL_GROUPS.slice(0, 2), audits: 2 }))[0]()
    expect(intervals.rows).toEqual([])
  })
})

describe('powerTasks', () => {
  const sections = gatherSections(powerTasks(designOf({ audits: 30 })).map((task) => task())).sections
  const rowsOf = (id: string) => sections.find((section) => section.id === id)?.rows ?? []

  it('agrees with all eighteen figures computed apart (measures.md, D6)', () => {
    const known = rowsOf('power').filter(({ what }) => what === 'power.planted')
    expect(known).toHaveLength(18)
    expect(known.map(({ met }) => met)).toEqual(Array(18).fill(true))
  })

  it('measures the power at the rate that reports print as detectable: three in four, not four in five', () => {
    const promised = rowsOf('power').filter(({ what }) => what === 'power.promise')
    const at396 = promised.filter(({ images }) => images[0] === 396)
    expect(at396.map(({ measured }) => Number(measured.toFixed(3)))).toEqual([0.68, 0.737, 0.768])
    expect(at396.map(({ met }) => met)).toEqual([null, true, true])
    expect(at396.every(({ nominal }) => nominal === 0.8)).toBe(true)
  })

  it('finds planted gaps in whole audits as often as the exact sum says, and nobody else', () => {
    const audits = rowsOf('power').filter(({ what }) => what === 'power.audits' || what === 'power.others')
    expect(audits).toHaveLength(6)
    expect(audits.map(({ met }) => met)).toEqual(Array(6).fill(true))
  })

  it('flags a group on its margin as rarely as promised', () => {
    expect(rowsOf('margin')).toMatchObject([{ what: 'margin.audits', met: true, images: [396, 10_558] }])
  })

  it('has no figures from elsewhere for other sizes', () => {
    const own = powerTasks(designOf({ groups: SMALL_GROUPS, isReference: false, audits: 2 }))
    const rows = own.flatMap((task) => task().flatMap((some) => some.rows))
    expect(rows.filter(({ what }) => what === 'power.planted')).toEqual([])
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('recoveryTasks', () => {
  const [crime] = recoveryTasks(designOf({ audits: 60 })).map((task) => task()[0].rows)

  it('finds what Table 6 says of White and Indian, and calls nothing that is not so', () => {
    const found = (group: string, what: string) => crime.find((row) => row.group === group && row.what === what)
    expect(found('crime, White', 'recovery.higher')).toMatchObject({ measured: 1, note: 'right', met: true })
    expect(found('crime, Indian', 'recovery.higher')).toMatchObject({ measured: 1, note: 'right', met: true })
    expect(found('crime, East Asian', 'recovery.lower')).toMatchObject({ measured: 1, note: 'right', met: true })
    expect(found('crime, Black', 'recovery.higher')).toMatchObject({ measured: 0, note: 'wrong', met: true })
    expect(crime.filter(({ met }) => met === false)).toEqual([])
  })

  it('promises few wrong verdicts in a family, and that all adjusted intervals hold', () => {
    expect(crime[0]).toMatchObject({ what: 'family.wrong', target: { low: null, high: 0.05 }, comparisons: 7 })
    expect(crime[1]).toMatchObject({ what: 'recovery.all-rates', nominal: 0.95 })
  })

  it('deals the rates in turn to groups of another dataset, and needs three of them', () => {
    expect(recoveryTasks(designOf({ recoveryGroups: SMALL_GROUPS, isReference: false }))).toHaveLength(2)
    expect(recoveryTasks(designOf({ recoveryGroups: SMALL_GROUPS.slice(0, 2) }))).toEqual([])
  })
})

describe('calibrationTasks', () => {
  it('gives the same figures whatever ran before', () => {
    const design = designOf({ groups: SMALL_GROUPS, recoveryGroups: SMALL_GROUPS, isReference: false, audits: 3 })
    const first = calibrationTasks(design)
    const second = calibrationTasks(design)
    const simulated = [0, 3, 4]
    const forwards = simulated.map((place) => first[place]())
    const backwards = [...simulated].reverse().map((place) => second[place]())
    expect(backwards.reverse()).toEqual(forwards)
  })
})

describe('gatherSections', () => {
  it('puts rows into their sections and counts targets', () => {
    const row = (measured: number, high: number | null) =>
      calibrationRow({
        what: 'parity.rule',
        images: [],
        rates: [],
        measured,
        target: high === null ? null : { low: null, high },
      })
    const { sections, met, withTarget } = gatherSections([
      [{ section: 'paired', rows: [row(0, 1)] }],
      [
        { section: 'margin', rows: [row(2, 1), row(0, 1), row(0, null)] },
        { section: 'paired', rows: [row(0, null)] },
      ],
    ])
    expect(sections.map(({ id }) => id)).toEqual(['intervals', 'margin', 'parity', 'power', 'recovery', 'paired'])
    expect(sections.map((section) => [section.rows.length, section.met, section.withTarget])).toEqual([
      [0, 0, 0],
      [3, 1, 2],
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
      [2, 1, 1],
    ])
    expect([met, withTarget]).toEqual([2, 3])
  })
})
