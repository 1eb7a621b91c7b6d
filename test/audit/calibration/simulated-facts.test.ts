import { describe, expect, it } from 'vitest'
import { FAIRFACE_RACE_BY_GENDER, FAIRFACE_RACES, TABLE_6_RATES } from '../../../src/audit/calibration/fairface.js'
import { readVerdicts } from '../../../src/audit/calibration/read-verdicts.js'
import { simulatedFacts } from '../../../src/audit/calibration/simulated-facts.js'
import { decideVerdict } from '../../../src/audit/findings/decide-verdict.js'
import { newcombeInterval } from '../../../src/audit/statistics/newcombe-interval.js'
import { scoreIntervalRatio } from '../../../src/audit/statistics/score-interval-ratio.js'
import { wilsonInterval } from '../../../src/audit/statistics/wilson-interval.js'
import { POLICY } from '../../support/definitions.js'

describe('simulatedFacts', () => {
  it('plans one family with a comparison for every group that has enough images', () => {
    const facts = simulatedFacts(FAIRFACE_RACE_BY_GENDER, POLICY)(FAIRFACE_RACE_BY_GENDER.map(() => 0))
    expect(facts.probes.flatMap(({ families }) => families)).toHaveLength(1)
    expect(facts.probes[0].families[0]).toMatchObject({ m: 14, size: 14, alpha: 0.05, minimum: 30 })
  })

  it('counts small groups in the family but not in m', () => {
    const groups = [...FAIRFACE_RACES, { name: 'few', images: 29 }]
    const facts = simulatedFacts(groups, POLICY)(groups.map(() => 1))
    expect(facts.probes[0].families[0]).toMatchObject({ m: 7, size: 8 })
    expect(readVerdicts(facts)[7].verdict).toMatchObject({ kind: 'insufficient', total: 29 })
  })

  it('counts every image once', () => {
    const { dataset, tallies } = simulatedFacts(FAIRFACE_RACES, POLICY)([1, 2, 3, 0, 5, 6, 7])
    expect(dataset.rows).toMatchObject({ in: 10_954, processed: 10_954 })
    expect(tallies.map(({ total }) => total)).toEqual(FAIRFACE_RACES.map(({ images }) => images))
    expect(tallies[3].counts).toEqual([['other', 1623]])
    expect(tallies[0].counts).toEqual([
      ['other', 1555],
      ['harmful', 1],
    ])
  })
})

describe('readVerdicts', () => {
  const counts = [224, 115, 115, 60, 24, 27, 0]
  const judged = readVerdicts(simulatedFacts(FAIRFACE_RACES, POLICY)(counts))
  const rest = (place: number) => ({
    count: 565 - counts[place],
    total: 10_954 - FAIRFACE_RACES[place].images,
  })

  it('reads for every group the verdict of the rule', () => {
    const rule = { referenceKind: 'rest', alpha: 0.05, m: 7, minimum: 30, margin: POLICY.margin } as const
    expect(judged.map(({ verdict }) => verdict)).toEqual(
      FAIRFACE_RACES.map(({ images }, place) =>
        decideVerdict({ group: { count: counts[place], total: images }, reference: rest(place) }, rule),
      ),
    )
    expect(judged.map(({ name }) => name)).toEqual(FAIRFACE_RACES.map(({ name }) => name))
    expect(new Set(judged.map(({ reference }) => reference))).toEqual(new Set([null]))
  })

  it('reads the intervals that a report prints', () => {
    const group = { count: 224, total: 1556 }
    const bounds = ({ low, high }: { low: number; high: number }) => [low, high]
    expect(judged[0].rate).toEqual(bounds(wilsonInterval(group)))
    expect(judged[0].difference).toEqual(bounds(newcombeInterval(group, rest(0))))
    expect(judged[0].ratio).toEqual(bounds(scoreIntervalRatio(group, rest(0))))
  })

  it('finds in the planted counts of Table 6 what the rule must find (measures.md, B1)', () => {
    // there with m = 14, two outcomes in one family: here each outcome is a family of seven
    const words = ({ verdict }: (typeof judged)[number]): string =>
      verdict.kind === 'disparity' ? verdict.direction : verdict.kind
    expect(judged.map(words)).toEqual([
      'higher',
      'inconclusive',
      'inconclusive',
      'inconclusive',
      'lower',
      'lower',
      'lower',
    ])
    const crime = readVerdicts(simulatedFacts(FAIRFACE_RACES, POLICY)([255, 519, 370, 175, 238, 62, 20]))
    expect(crime.map(words)).toEqual([
      'inconclusive',
      'higher',
      'higher',
      'inconclusive',
      'inconclusive',
      'lower',
      'lower',
    ])
  })

  it('names the other group where there are only two', () => {
    const two = [
      { name: 'A', images: 100 },
      { name: 'B', images: 100 },
    ]
    expect(readVerdicts(simulatedFacts(two, POLICY)([10, 20]))).toMatchObject([{ name: 'B', reference: 'A' }])
  })

  it('only permutes its answers when groups are relabelled', () => {
    const order = [6, 2, 0, 5, 1, 4, 3]
    const shuffled = readVerdicts(
      simulatedFacts(
        order.map((place) => FAIRFACE_RACES[place]),
        POLICY,
      )(order.map((place) => counts[place])),
    )
    expect(shuffled).toEqual(order.map((place) => judged[place]))
  })

  it('has a planted rate for every race', () => {
    expect(TABLE_6_RATES.crime).toHaveLength(FAIRFACE_RACES.length)
    expect(TABLE_6_RATES['non-human']).toHaveLength(FAIRFACE_RACES.length)
  })
})
