import { describe, expect, it } from 'vitest'
import { outcomeTasks } from '../../../src/audit/findings/outcome-tasks.js'
import { spreadEstimates } from '../../../src/audit/findings/spread-estimates.js'
import type { SpreadEstimate } from '../../../src/audit/types/estimates.js'
import { CRIME, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { factsOf, raceScene, type Scene } from '../../support/facts.js'

const REPLICATION = [
  ['Black', 92, 1556],
  ['East Asian', 73, 1550],
  ['Indian', 66, 1516],
  ['Latino_Hispanic', 135, 1623],
  ['Middle Eastern', 147, 1209],
  ['Southeast Asian', 77, 1415],
  ['White', 767, 2085],
] as const

function spreadsOf(counts: Parameters<typeof raceScene>[0], changes: Partial<Scene> = {}): SpreadEstimate[] {
  const facts = factsOf(raceScene(counts, changes))
  return spreadEstimates(facts, outcomeTasks(facts))
}
const measureOf = ({ measures }: SpreadEstimate, name: string) => measures.find(({ measure }) => measure === name)

describe('spreadEstimates', () => {
  const [replication] = spreadsOf(REPLICATION)

  it('gives the summary measures of the replication (measures.md A9)', () => {
    const values = replication.measures.map(({ measure, value }) => [measure, Number(value?.toFixed(9))])
    expect(values).toEqual([
      ['gap', 0.324330087],
      ['max-min-ratio', 8.449763825],
      ['max-geometric-mean', 4.496143474],
      ['gini', 0.423246567],
      ['between-group-sd', 0.116240936],
    ])
  })

  it('names the groups at both ends', () => {
    expect(replication.highest).toEqual([['race', 'White']])
    expect(replication.lowest).toEqual([['race', 'Indian']])
    expect(replication.groups).toBe(7)
  })

  it('prints beside every figure what chance alone gives', () => {
    for (const { parity } of replication.measures) {
      expect(parity?.p).toBe(1 / 100) // none of 99 redistributions comes near
      expect(parity?.percentile95).toBeGreaterThanOrEqual(parity?.centre ?? NaN)
    }
    expect(measureOf(replication, 'gap')?.parity?.centre).toBeCloseTo(0.0227, 2) // measures.md A9: 0.0242 at 14.4 %
  })

  it('tests equal rates by the chi-squared curve where expected counts are large', () => {
    expect(replication.equalRates).toMatchObject({ degreesOfFreedom: 6, method: 'chi-squared' })
    expect(replication.equalRates.statistic).toBeCloseTo(1465.78791, 4) // scipy, measures.md A4
  })

  it('and by redistribution where they are small', () => {
    const [small] = spreadsOf([['A', 3, 40], ['B', 0, 40], ['C', 0, 40]]) // prettier-ignore
    expect(small.equalRates.method).toBe('permutation')
    expect((small.equalRates.p ?? NaN) * 100).toBeCloseTo(Math.round((small.equalRates.p ?? NaN) * 100), 9)
    expect(measureOf(small, 'max-min-ratio')).toMatchObject({ value: null, reason: 'zero-reference-rate' })
    expect(measureOf(small, 'max-min-ratio')?.parity).toMatchObject({ percentile95: null, unbounded: true })
    expect(measureOf(small, 'max-geometric-mean')).toMatchObject({ smoothed: true })
    expect(measureOf(replication, 'max-geometric-mean')).not.toHaveProperty('smoothed')
  })

  it('says at parity that a gap of this size is nothing but chance', () => {
    const fourteen = Array.from({ length: 14 }, (_, i) => [`g${i}`, 30 + ((7 * i) % 15), 750] as const)
    const gap = measureOf(spreadsOf(fourteen)[0], 'gap')
    expect(gap?.value).toBeCloseTo(14 / 750, 9)
    expect(gap?.parity?.centre).toBeCloseTo(0.027, 2) // measures.md A9: mean 0.0271
    expect(gap?.parity?.p).toBeGreaterThan(0.5)
  })

  it('has nothing to say of a single group with enough images', () => {
    const [single] = spreadsOf([['A', 3, 40], ['B', 0, 8]]) // prettier-ignore
    expect(single).toMatchObject({
      groups: 1,
      highest: null,
      lowest: null,
      reason: 'single-group',
      measures: [],
      equalRates: { statistic: null, degreesOfFreedom: null, p: null, reason: 'single-group' },
    })
  })

  it('leaves small and unknown groups out', () => {
    const [three] = spreadsOf([['A', 3, 40], ['B', 0, 29], ['C', 2, 30], ['D', 9, 50], ['unknown', 40, 40]]) // prettier-ignore
    expect(three.groups).toBe(3)
    expect(three.highest).toEqual([['race', 'D']])
  })

  it('leaves out groups of fewer subjects than the minimum, and groups of one image whatever the minimum', () => {
    const counts = [['A', 3, 40], ['B', 4, 40], ['C', 2, 40]] as const // prettier-ignore
    expect(spreadsOf(counts, { imagesPerSubject: 2 })[0]).toMatchObject({ groups: 0, reason: 'single-group' })
    const tiny = [['A', 1, 1], ['B', 0, 1], ['C', 1, 2], ['D', 1, 3]] as const // prettier-ignore
    expect(spreadsOf(tiny, { policy: { minimumImages: 1 } })[0].groups).toBe(2)
    expect(spreadsOf(tiny.slice(0, 3), { policy: { minimumImages: 1 } })[0]).toMatchObject({
      groups: 1,
      reason: 'single-group',
    })
  })

  it('offers no null where nobody is counted', () => {
    const [none] = spreadsOf([['A', 0, 40], ['B', 0, 40]]) // prettier-ignore
    expect(measureOf(none, 'gap')).toEqual({ measure: 'gap', value: 0, parity: null, parityReason: 'no-variation' })
    expect(measureOf(none, 'max-min-ratio')).toMatchObject({ value: null, reason: 'both-rates-zero' })
    expect(none.equalRates).toMatchObject({ statistic: null, p: null, reason: 'no-variation' })
  })

  it('offers no null where several images show one subject: redistributing images would break people apart', () => {
    const [clustered] = spreadsOf([['A', 10, 100], ['B', 20, 100]], { imagesPerSubject: 2 }) // prettier-ignore
    expect(measureOf(clustered, 'gap')).toEqual({
      measure: 'gap',
      value: 0.1,
      parity: null,
      parityReason: 'repeated-subjects',
    })
    expect(clustered.equalRates).toMatchObject({ p: null, reason: 'repeated-subjects' })
    expect(clustered.equalRates.statistic).not.toBeNull()
  })

  it('draws from the seed and the name of the comparison: another outcome moves nothing', () => {
    const alone = spreadsOf(REPLICATION)
    const beside = spreadsOf(REPLICATION, {
      probes: [probeOf({ measure: { kind: 'outcome-rate', outcomes: [NON_HUMAN, CRIME] } })],
    })
    expect(spreadsOf(REPLICATION)).toEqual(alone)
    expect(beside.find(({ outcome }) => outcome === 'crime')?.measures).toEqual(alone[0].measures)
  })

  it('is not asked of failures', () =>
    expect(spreadsOf(REPLICATION).every(({ probe }) => probe === 'denigration')).toBe(true))
})
