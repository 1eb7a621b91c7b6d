import { describe, expect, it } from 'vitest'
import { countComparisons, effectiveReference, sidesToCompare } from '../../../src/audit/findings/comparisons.js'
import type { GroupedCells } from '../../../src/audit/measures/group-cells.js'

const grouped = (attribute: string, values: string[]): GroupedCells => ({
  groupBy: [attribute],
  groups: values.map((value) => [[attribute, value]]),
  cells: values.map((_, index) => [index]),
  comparable: values.map((value) => value !== 'unknown'),
})
const count = (images: number, total: number) => ({ count: images, total, nearUp: 0, nearDown: 0 })
const RACES = grouped('race', ['White', 'Black', 'Indian', 'unknown'])
const RACE_COUNTS = [count(30, 100), count(5, 50), count(1, 50), count(9, 9)]
const GENDERS = grouped('gender', ['Male', 'Female'])

describe('sidesToCompare', () => {
  it('compares each group with all other known images; unknown ones are in no rest', () => {
    expect(
      sidesToCompare(RACES, RACE_COUNTS, { kind: 'rest' }, { minimum: 30 }).map(({ group, reference }) => [
        group,
        reference.count,
        reference.total,
      ]),
    ).toEqual([
      [0, 6, 100],
      [1, 31, 150],
      [2, 35, 150],
    ])
  })

  it('makes one comparison of a two-valued attribute, led by the side with the higher rate', () => {
    const sides = sidesToCompare(GENDERS, [count(1, 100), count(9, 100)], { kind: 'rest' }, { minimum: 30 })
    expect(sides).toMatchObject([{ group: 1, referenceGroup: 0, reference: { count: 1, total: 100 } }])
  })

  it('leads a tie by declared order', () => {
    expect(sidesToCompare(GENDERS, [count(1, 100), count(1, 100)], { kind: 'rest' }, { minimum: 30 })).toMatchObject([
      { group: 0, referenceGroup: 1 },
    ])
  })

  it('never leads with a side without images', () => {
    const sides = sidesToCompare(GENDERS, [count(0, 0), count(0, 100)], { kind: 'rest' }, { minimum: 30 })
    expect(sides).toMatchObject([{ group: 1, referenceGroup: 0 }])
  })

  it('compares the side with the higher rate with everyone where the reference is overall', () => {
    const sides = sidesToCompare(GENDERS, [count(1, 100), count(9, 100)], { kind: 'overall' }, { minimum: 30 })
    expect(sides).toEqual([{ group: 1, referenceGroup: null, reference: count(1, 100) }])
  })

  it('keeps to the named reference of a two-valued attribute, also where its rate is the higher', () => {
    const named = (value: string) => ({ kind: 'named' as const, group: [['gender', value] as const] })
    for (const [reference, group] of [
      ['Male', 1],
      ['Female', 0],
    ] as const) {
      const sides = sidesToCompare(GENDERS, [count(9, 100), count(1, 100)], named(reference), { minimum: 30 })
      expect(sides).toMatchObject([{ group, referenceGroup: 1 - group }])
    }
  })

  it('compares two crossed groups each with the other', () => {
    const crossed = { ...GENDERS, groupBy: ['race', 'gender'] }
    const sides = sidesToCompare(crossed, [count(1, 100), count(9, 100)], { kind: 'rest' }, { minimum: 30 })
    expect(sides.map(({ group, reference }) => [group, reference.count])).toEqual([
      [0, 9],
      [1, 1],
    ])
  })

  it('adds up the near-ties of everyone else, each way', () => {
    const near = (nearUp: number, nearDown: number) => ({ count: 10, total: 50, nearUp, nearDown })
    const sides = sidesToCompare(RACES, [near(1, 2), near(10, 20), near(100, 200), near(9, 9)], { kind: 'rest' }, { minimum: 30 }) // prettier-ignore
    expect(sides.map(({ reference: { nearUp, nearDown } }) => [nearUp, nearDown])).toEqual([
      [110, 220],
      [101, 202],
      [11, 22],
    ])
  })

  it.each([
    ['of two equally low rates the first declared', [count(30, 100), count(1, 50), count(1, 50)], 1],
    ['a group with exactly the fewest images', [count(30, 100), count(5, 50), count(0, 30)], 2],
    ['no group with fewer images, however low its rate', [count(30, 100), count(5, 50), count(0, 29)], 1],
    ['any group with images where none has enough', [count(3, 10), count(1, 5), count(0, 0)], 1],
    ['the first where none has images', [count(0, 0), count(0, 0), count(0, 0)], 0],
  ])('takes as the best %s', (_, counts, best) => {
    const sides = sidesToCompare(RACES, [...counts, count(0, 9)], { kind: 'best' }, { minimum: 30 })
    expect(sides.map(({ referenceGroup }) => referenceGroup)).toEqual([best, best])
  })

  it('compares nothing where every value is unknown', () => {
    const unknown = grouped('race', ['unknown'])
    expect(sidesToCompare(unknown, [count(5, 50)], { kind: 'best' }, { minimum: 30 })).toEqual([])
  })

  it('takes the best group among those with enough subjects, where they are known', () => {
    const counts = [count(40, 200), count(10, 200), count(0, 60)]
    const three = { ...RACES, groups: RACES.groups.slice(0, 3), comparable: [true, true, true] }
    const bestOf = (unitsOf?: (group: number) => number) =>
      sidesToCompare(three, counts, { kind: 'best' }, { minimum: 30, ...(unitsOf === undefined ? {} : { unitsOf }) })[0]
        .referenceGroup
    expect(bestOf()).toBe(2)
    expect(bestOf((group) => [50, 50, 3][group])).toBe(1)
  })

  it('compares with the lowest rate when the reference is best', () => {
    expect(sidesToCompare(RACES, RACE_COUNTS, { kind: 'best' }, { minimum: 30 })).toMatchObject([
      { group: 0, referenceGroup: 2 },
      { group: 1, referenceGroup: 2 },
    ])
  })

  it('refuses a named reference that is not among the groups', () =>
    expect(() =>
      sidesToCompare(RACES, RACE_COUNTS, { kind: 'named', group: [['race', 'Other']] }, { minimum: 30 }),
    ).toThrow(new RangeError('the named reference [["race","Other"]] is not among the groups')))

  it('does not compare a named reference with itself', () => {
    const sides = sidesToCompare(RACES, RACE_COUNTS, { kind: 'named', group: [['race', 'White']] }, { minimum: 30 })
    expect(sides.map(({ group, referenceGroup }) => [group, referenceGroup])).toEqual([
      [1, 0],
      [2, 0],
    ])
  })
})

describe('countComparisons', () => {
  const totals = [100, 50, 20, 9]

  it('counts comparisons with enough images on both sides', () => {
    expect(countComparisons(RACES, totals, { kind: 'rest' }, 30)).toEqual({ size: 3, eligible: 2 })
  })

  it('counts every pair when the data choose the best reference (measures.md C19)', () => {
    expect(countComparisons(RACES, [100, 50, 40, 9], { kind: 'best' }, 30)).toEqual({ size: 2, eligible: 3 })
  })

  it('counts no pair with a group below the minimum, and every pair from there on', () => {
    expect(countComparisons(RACES, [100, 30, 29, 9], { kind: 'best' }, 30)).toEqual({ size: 2, eligible: 1 })
  })

  it('counts a two-valued attribute once, if both sides have enough images', () => {
    expect(countComparisons(GENDERS, [100, 30], { kind: 'rest' }, 30)).toEqual({ size: 1, eligible: 1 })
    expect(countComparisons(GENDERS, [100, 29], { kind: 'rest' }, 30)).toEqual({ size: 1, eligible: 0 })
    expect(countComparisons(GENDERS, [29, 100], { kind: 'rest' }, 30)).toEqual({ size: 1, eligible: 0 })
  })
})

describe('effectiveReference', () => {
  const white = { kind: 'named' as const, group: [['race', 'White'] as const] }

  it('applies a named reference where it names every attribute, and rest elsewhere', () => {
    expect(effectiveReference(white, ['race'])).toEqual(white)
    expect(effectiveReference(white, ['gender'])).toEqual({ kind: 'rest' })
    expect(effectiveReference(white, ['race', 'gender'])).toEqual({ kind: 'rest' })
  })

  it('does not take a reference apart: a name of two letters stays one name (measures.md C16)', () => {
    const ab = { kind: 'named' as const, group: [['g', 'ab'] as const] }
    expect(effectiveReference(ab, ['g'])).toEqual(ab)
  })
})
