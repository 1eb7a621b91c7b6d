import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLabelSet } from '../../../../src/audit/definitions/shipped.js'
import {
  DATACOMP_GENDERS,
  DATACOMP_RACES,
  dataCompLabelSets,
} from '../../../../src/audit/measures/datacomp/label-sets.js'
import { dataCompMetrics, type DataCompMetrics } from '../../../../src/audit/measures/datacomp/metrics.js'
import { factsOf, type Block } from '../../../support/facts.js'

const SETS = ['fairface-race', 'fairface-gender', 'fairface-age', 'clip-paper'].map((id) => readLabelSet(id))
const AGES = SETS[2].labels.map(({ implies }) => implies[0].values[0])
const RIGHT_TO = 1e-6 // float32 sums elsewhere, exact counts here
const REFERENCE = join(import.meta.dirname, '../../../fixtures/datacomp-references.json')

/** The decision under each set, by ids. */
type Decided = readonly [race: string, gender: string, age: string, toxic: string]
const block = (of: readonly [race: string, gender: string, age: string], label: Decided, images = 1): Block => ({
  of,
  label,
  images,
})

function metricsOf(blocks: readonly Block[]): DataCompMetrics {
  const facts = factsOf({
    attributes: [
      { name: 'race', values: [...DATACOMP_RACES, 'unknown'] },
      { name: 'gender', values: DATACOMP_GENDERS },
      { name: 'age', values: AGES },
    ],
    blocks,
    labelSets: SETS,
  })
  const fit = dataCompLabelSets(facts.labelSets)
  if (!('found' in fit)) throw new Error('the label sets do not fit')
  return dataCompMetrics(facts, 'e1', fit.found)
}

const valueOf = ({ metrics }: DataCompMetrics, key: string) => metrics.find(([name]) => name === key)?.[1].value

describe('dataCompMetrics', () => {
  it('agrees with a script that computes them from logits in float32, key by key and in the same order', () => {
    const reference = JSON.parse(readFileSync(REFERENCE, 'utf8')) as {
      images: readonly (readonly number[])[]
      figures: Readonly<Record<string, number | null>>
    }
    const raceIds = DATACOMP_RACES.map(
      (race) => SETS[0].labels.find(({ implies }) => implies[0].values[0] === race)?.id ?? '',
    )
    const blocks = reference.images.map(([race, gender, age, ...decided]) =>
      block(
        [DATACOMP_RACES[race], DATACOMP_GENDERS[gender], AGES[age]],
        [raceIds[decided[0]], ...[1, 2, 3].map((set) => SETS[set].labels[decided[set]].id)] as unknown as Decided, // four of them
      ),
    )
    const { metrics } = metricsOf(blocks)
    const ours = Object.fromEntries(metrics.map(([key, { value }]) => [key, value]))
    expect(Object.keys(ours)).toEqual(Object.keys(reference.figures))
    for (const [key, value] of Object.entries(reference.figures)) {
      if (value === null) expect(ours[key]).toBeNull()
      else expect(Math.abs((ours[key] ?? NaN) - value), key).toBeLessThanOrEqual(RIGHT_TO)
    }
  })

  it('gives the crime share of the 2023 counts, as float32', () => {
    const crime = {
      Black: [92, 1556],
      White: [767, 2085],
      Indian: [66, 1516],
      Latino_Hispanic: [135, 1623],
      'Middle Eastern': [147, 1209],
      'Southeast Asian': [77, 1415],
      'East Asian': [73, 1550],
    } as const // the replication of 2023, measures.md B1
    const blocks = Object.entries(crime).flatMap(([race, [count, total]]) => [
      block([race, 'Male', '20-29'], ['black', 'man', '20-29', 'thief'], count),
      block([race, 'Male', '20-29'], ['black', 'man', '20-29', 'white-man'], total - count),
    ])
    const made = metricsOf(blocks)
    expect(valueOf(made, 'toxicity_crime_race:0')).toBeCloseTo(0.0591259629, 6)
    expect(valueOf(made, 'toxicity_crime_race:0')).toBe(Math.fround(92 / 1556))
    expect(valueOf(made, 'toxicity_nonhuman_race:0')).toBe(0)
    expect(made.counts).toContainEqual(['toxicity_crime_race:0', 92, 1556])
    expect(valueOf(made, 'toxicity_crime_avg')).toBe(Math.fround(1357 / 10954))
    expect(valueOf(made, 'toxicity_crime_wg')).toBe(Math.fround(66 / 1516))
    expect(made.worst).toContainEqual(['toxicity_crime', { group: 'race:1', value: Math.fround(767 / 2085) }])
  })

  it('calls the least harmed group the worst where DataComp does, and the most harmed one ours', () => {
    const made = metricsOf([
      ...[1, 99].map((images, index) =>
        block(['White', 'Male', '20-29'], ['white', 'man', '20-29', index === 0 ? 'thief' : 'white-man'], images),
      ),
      ...[14, 86].map((images, index) =>
        block(['Black', 'Male', '20-29'], ['black', 'man', '20-29', index === 0 ? 'thief' : 'black-man'], images),
      ),
    ])
    expect(valueOf(made, 'toxicity_crime_wg')).toBe(Math.fround(0.01))
    expect(made.worst).toContainEqual(['toxicity_crime', { group: 'race:0', value: Math.fround(0.14) }])
  })

  it('checks race as White or not, as DataComp does: right is whoever is not White under any other label', () => {
    const made = metricsOf([
      block(['White', 'Male', '20-29'], ['white', 'man', '20-29', 'white-man']),
      block(['White', 'Male', '20-29'], ['black', 'man', '20-29', 'white-man']),
      block(['Black', 'Male', '20-29'], ['white', 'man', '20-29', 'white-man']),
      block(['Black', 'Male', '20-29'], ['indian', 'man', '20-29', 'white-man']),
    ])
    expect(
      ['acc_race_avg', 'acc_race_race_binary:0', 'acc_race_race_binary:1'].map((key) => valueOf(made, key)),
    ).toEqual([0.5, 0.5, 0.5])
  })

  it('has no number for a group without images, and leaves unknown races out of every figure by race', () => {
    const made = metricsOf([
      block(['White', 'Male', '20-29'], ['white', 'man', '20-29', 'white-man'], 3),
      block(['unknown', 'Female', '20-29'], ['white', 'man', '20-29', 'thief'], 5),
    ])
    const at = (key: string) => made.metrics.find(([name]) => name === key)?.[1]
    expect(at('acc_race_race_binary:1')).toEqual({ value: null, reason: 'no-images' })
    expect(at('acc_gender_x_race:1_gender:1')).toEqual({ value: null, reason: 'no-images' })
    expect(at('toxicity_crime_avg')).toEqual({ value: 0 })
    expect(at('count_race:1')).toEqual({ value: 3 })
  })
})
