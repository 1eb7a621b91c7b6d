import { describe, expect, it } from 'vitest'
import {
  comparisonsOf,
  judgedGroups,
  sizedPairs,
  totalImages,
  typicalPairs,
} from '../../../src/audit/calibration/design.js'
import { POLICY } from '../../support/definitions.js'

const groups = (...images: number[]) => ({
  groups: images.map((size, place) => ({ name: `g${place}`, images: size })),
  policy: POLICY,
})

describe('the sizes of a design', () => {
  it('judge groups from the minimum on', () => {
    expect(judgedGroups(groups(29, 30, 31)).map(({ images }) => images)).toEqual([30, 31])
  })

  it('make one comparison of each judged group, and one of two groups', () => {
    expect(comparisonsOf(groups(29, 30, 31))).toBe(2)
    expect(comparisonsOf(groups(100, 100))).toBe(1)
    expect(comparisonsOf(groups(5, 5, 5))).toBe(1)
  })

  it('set every size once beside everyone else, smallest first', () => {
    expect(sizedPairs(groups(50, 40, 50, 20))).toEqual([
      { name: 'g1', images: 40, rest: 120 },
      { name: 'g0', images: 50, rest: 110 },
    ])
  })

  it('leave out a group beside whom everyone else is too few', () => {
    expect(sizedPairs(groups(500, 20, 9)).map(({ images }) => images)).toEqual([])
    expect(sizedPairs(groups(500, 30)).map(({ images }) => images)).toEqual([30, 500])
  })

  it('take the smallest, the median and the largest', () => {
    expect(typicalPairs(groups(40, 50, 60, 70, 80)).map(({ images }) => images)).toEqual([40, 60, 80])
    expect(typicalPairs(groups(40, 50)).map(({ images }) => images)).toEqual([40, 50])
    expect(typicalPairs(groups(40, 40)).map(({ images }) => images)).toEqual([40])
  })

  it('add up all images', () => {
    expect(totalImages(groups(1, 2, 3).groups)).toBe(6)
  })
})
