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

  it('counts a two-valued attribute once', () => {
    expect(countComparisons(GENDERS, [100, 100], { kind: 'rest' }, 30)).toEqual({ size: 1, eligible: 1 })
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
