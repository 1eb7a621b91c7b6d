import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLabelSet, readProbe } from '../../../../src/audit/definitions/shipped.js'
import { describeLabelSet } from '../../../../src/audit/describe-facts.js'
import { countRight } from '../../../../src/audit/measures/reading/count-right.js'
import { impliedValues } from '../../../../src/audit/measures/reading/implied-values.js'
import { canRead, judgeLabel } from '../../../../src/audit/measures/reading/judge-label.js'
import { ordinalPlaces } from '../../../../src/audit/measures/reading/ordinal.js'
import type { AccuracyReading } from '../../../../src/audit/types/measures.js'

const PAPER = describeLabelSet(readLabelSet('clip-paper'))
const AGES = ['0-2', '10-19', '20-29', '3-9', 'more than 70'] // as a spreadsheet sorts them
const DATASET = {
  attributes: [
    { name: 'race', labelledBy: 'annotator' as const, values: ['White', 'Black', 'unknown'], unknown: 1 },
    { name: 'age', labelledBy: 'annotator' as const, values: AGES, unknown: 0 },
  ],
  cellAttributes: ['race', 'gender', 'age'],
}
const RACE: AccuracyReading = { id: 'race-7', reading: 'exact', attribute: 'race' }
const BINARY: AccuracyReading = { id: 'race-binary', reading: 'binary', attribute: 'race', value: 'White' }
const JOINT: AccuracyReading = { id: 'both', reading: 'joint', attributes: ['race', 'gender'] }
const judge = (reading: AccuracyReading) => judgeLabel(reading, { labelSet: PAPER, dataset: DATASET })

describe('judgeLabel', () => {
  it('holds the value that a label implies against the annotation', () => {
    expect(judge(RACE)('white-man', [['race', 'White']])).toBe('right')
    expect(judge(RACE)('white-man', [['race', 'Black']])).toBe('wrong')
  })

  it('counts a label that claims nothing as off the attribute, in the binary reading too', () => {
    expect(judge(RACE)('thief', [['race', 'Black']])).toBe('off-attribute')
    expect(judge(BINARY)('thief', [['race', 'Black']])).toBe('off-attribute') // "not white" would call it right
  })

  it('maps both sides to White or not in the binary reading', () => {
    expect(judge(BINARY)('indian-man', [['race', 'Black']])).toBe('right')
    expect(judge(BINARY)('indian-man', [['race', 'White']])).toBe('wrong')
  })

  it('has no judgement where the annotation is unknown', () => {
    expect(judge(RACE)('white-man', [['race', 'unknown']])).toBeNull()
    expect(judge(JOINT)('white-man', [['race', 'White']])).toBeNull()
  })

  it('needs all of several attributes right', () => {
    const cell = [
      ['race', 'White'],
      ['gender', 'Male'],
    ] as const
    expect(judge(JOINT)('white-man', cell)).toBe('right')
    expect(judge(JOINT)('white-woman', cell)).toBe('wrong')
    expect(judge(JOINT)('gorilla', cell)).toBe('off-attribute')
  })

  it('takes one place off in age, in the order of the ages and not of their names', () => {
    const ages = describeLabelSet(readLabelSet('fairface-age'))
    const within = judgeLabel(
      { id: 'age', reading: 'within-one', attribute: 'age' },
      { labelSet: ages, dataset: DATASET },
    )
    const label = (age: string): string => ages.labels.find(({ implies }) => implies[0]?.values[0] === age)?.id ?? ''
    expect(within(label('3-9'), [['age', '10-19']])).toBe('right')
    expect(within(label('0-2'), [['age', '10-19']])).toBe('wrong') // neighbours by name only
    expect([...ordinalPlaces(AGES).keys()]).toEqual(['0-2', '3-9', '10-19', '20-29', 'more than 70'])
    expect([...ordinalPlaces(['b', 'a']).keys()]).toEqual(['b', 'a'])
  })

  it('knows of bands that no image has: 20-29 and 40-49 are two apart, and the ends have one neighbour each', () => {
    const ages = describeLabelSet(readLabelSet('fairface-age'))
    const within = judgeLabel(
      { id: 'age', reading: 'within-one', attribute: 'age' },
      { labelSet: ages, dataset: DATASET },
    )
    const right = (annotated: string) =>
      ages.labels.map(({ id }) => id).filter((id) => within(id, [['age', annotated]]) === 'right')
    expect(right('20-29')).toEqual(['10-19', '20-29', '30-39'])
    expect(right('0-2')).toEqual(['0-2', '3-9'])
    expect(right('more than 70')).toEqual(['60-69', 'more than 70'])
  })
})

describe('what a label set can be read for', () => {
  it('is what its labels claim', () => {
    const all = readProbe('attribute-accuracy').measure
    const readable = (id: string) =>
      all.kind === 'attribute-accuracy'
        ? all.readings.filter((one) => canRead(one, describeLabelSet(readLabelSet(id)))).map(({ id: of }) => of)
        : []
    expect(readable('fairface-race')).toEqual(['race-7', 'race-binary'])
    expect(readable('fairface-gender')).toEqual(['gender'])
    expect(readable('fairface-age')).toEqual(['age-exact', 'age-within-one'])
    expect(readable('clip-paper')).toEqual(['race-7', 'race-binary', 'gender', 'race-and-gender'])
    expect(readable('clip-paper-child')).toEqual(readable('clip-paper')) // child is any of three bands: no age is read
  })

  it('is not White or not where no label is for White', () => {
    const { labels } = PAPER
    expect(canRead(BINARY, { labels: labels.filter(({ id }) => !id.startsWith('white')) })).toBe(false)
  })

  it('needs labels that imply one value each, and two values at least', () => {
    expect(canRead(RACE, PAPER)).toBe(true)
    expect(
      canRead({ id: 'age', reading: 'exact', attribute: 'age' }, describeLabelSet(readLabelSet('clip-paper-child'))),
    ).toBe(false) // child: three bands
    expect(impliedValues([{ id: 'a', implies: [{ attribute: 'x', values: ['1'] }] }], 'x')).toBeNull()
    expect(() => judge({ id: 'age', reading: 'exact', attribute: 'age' })).toThrow(RangeError)
  })
})

describe('countRight', () => {
  const labels = PAPER.labels.map(({ id }) => id)
  const tally = fc
    .tuple(fc.constantFrom('White', 'Black', 'Indian'), fc.dictionary(fc.constantFrom(...labels), fc.nat({ max: 50 })))
    .map(([race, counts]) => ({
      evidence: 'e1',
      labelSet: PAPER.id,
      group: [['race', race]] as const,
      total: Object.values(counts).reduce((sum, count) => sum + count, 0),
      undecided: 0,
      counts: Object.entries(counts),
      nearTies: null,
      nearTiesReason: 'decisions-only' as const,
      exactTies: null,
      exactTiesReason: 'decisions-only' as const,
    }))

  it('counts as the images one by one would, and binary never below seven-way', () => {
    fc.assert(
      fc.property(fc.array(tally, { maxLength: 6 }), (tallies) => {
        const under = { labelSet: PAPER, dataset: DATASET }
        const exact = countRight(tallies, RACE, under)
        const binary = countRight(tallies, BINARY, under)
        tallies.forEach(({ group, counts, total }, cell) => {
          const one = counts.flatMap(([label, images]) => Array<string>(images).fill(label))
          const right = one.filter((label) => judge(RACE)(label, group) === 'right').length
          expect(exact[cell]).toMatchObject({ count: right, total })
          expect(binary[cell].count).toBeGreaterThanOrEqual(right)
          expect(exact[cell].offAttribute).toBe(binary[cell].offAttribute)
        })
      }),
    )
  })
})
