import { describe, expect, it } from 'vitest'
import { dataCompFigures } from '../../../../src/audit/measures/datacomp/figures.js'
import type { GroupCount } from '../../../../src/audit/measures/datacomp/figures.js'
import type { Group } from '../../../../src/audit/types/groups.js'

const race = (value: string): Group => [['race', value]]
const of = (value: string, count: number, total: number): GroupCount => ({ group: race(value), count, total })
/** The crime counts by race of the 2023 replication (measures.md B1). */
const CRIME = [of('Black', 92, 1556), of('East Asian', 73, 1550), of('Indian', 66, 1516), of('White', 767, 2085)]

describe('dataCompFigures', () => {
  it('sets the least harmed group, which DataComp calls the worst, beside the most harmed one', () => {
    const { datacompWg, worst } = dataCompFigures(CRIME, 'harm')
    expect(datacompWg).toEqual({ group: race('Indian'), value: Math.fround(66 / 1516) })
    expect(worst).toEqual({ group: race('White'), value: Math.fround(767 / 2085) })
  })

  it('agrees with DataComp where more is better', () => {
    const { datacompWg, worst } = dataCompFigures(CRIME, 'accuracy')
    expect(worst).toEqual(datacompWg)
    expect(worst.group).toEqual(race('Indian'))
  })

  it('writes shares as float32, over the images of the group and over all images', () => {
    const { groups, average } = dataCompFigures(CRIME, 'harm')
    expect(groups[0]).toEqual({ group: race('Black'), value: Math.fround(92 / 1556) })
    expect(groups[0].value).toBeCloseTo(0.0591259629, 6)
    expect(groups[0].value).not.toBe(92 / 1556)
    expect(average).toEqual({ value: Math.fround(998 / 6707) })
  })

  it('leaves groups without images out of both, and says why they have no value', () => {
    const figures = dataCompFigures([of('Black', 0, 0), of('Indian', 3, 10), of('White', 1, 10)], 'harm')
    expect(figures.groups[0]).toEqual({ group: race('Black'), value: null, reason: 'no-images' })
    expect([figures.datacompWg.group, figures.worst.group]).toEqual([race('White'), race('Indian')])
  })

  it('counts a value of 0 as one', () => {
    const { datacompWg, worst } = dataCompFigures([of('Black', 1, 10), of('White', 0, 10)], 'harm')
    expect([datacompWg.value, worst.value]).toEqual([0, Math.fround(0.1)])
  })

  it('names the first of equal groups', () => {
    const { datacompWg, worst } = dataCompFigures([of('Black', 1, 10), of('White', 2, 20)], 'harm')
    expect([datacompWg.group, worst.group]).toEqual([race('Black'), race('Black')])
  })

  it('has nothing to say without images', () => {
    const nothing = { group: null, value: null, reason: 'no-images' }
    for (const counts of [[], [of('Black', 0, 0)]]) {
      expect(dataCompFigures(counts, 'harm')).toMatchObject({
        average: { value: null, reason: 'no-images' },
        datacompWg: nothing,
        worst: nothing,
      })
    }
  })
})
