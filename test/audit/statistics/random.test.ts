import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, randomFromState } from '../../../src/audit/statistics/random.js'

const many = <Item>(length: number, draw: () => Item): Item[] => Array.from({ length }, draw)

// All fixed numbers: the specification, A7. The first row is the published output of xoshiro128** 1.1.
describe('randomFromState', () => {
  it('gives the published numbers from the state 1, 2, 3, 4', () =>
    expect(many(10, randomFromState([1, 2, 3, 4]).next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]))
  it('starts seed 42 from the state of the specification', () => {
    const state = [0x2feb6e95, 0xbdd73226, 0xb266f103, 0x28efe333]
    expect(many(20, randomFromState(state).next)).toEqual(many(20, createRandom(42).next))
  })
  it('refuses a state of zeros', () =>
    expect(() => randomFromState([0, 0, 0, 0])).toThrow(
      new RangeError('randomFromState expected a state word above 0 but received none'),
    ))
})

describe('createRandom', () => {
  it('gives the numbers of seed 42', () =>
    expect(many(4, createRandom(42).next)).toEqual([1776835114, 4165204688, 17111135, 2317295270]))
  it('gives the numbers of a named stream', () =>
    expect(many(4, createRandom(42, 'bootstrap/denigration/race=Black').next)).toEqual([
      4110904364, 1273316806, 3206622016, 2381047447,
    ]))
  it('draws uniforms of 53 bits', () =>
    expect(many(3, createRandom(42).uniform)).toEqual([0.4137016681565887, 0.003983993377814743, 0.6500837027638867]))
  it('draws below ten', () => {
    const random = createRandom(42)
    expect(many(12, () => random.below(10))).toEqual([4, 8, 5, 0, 3, 2, 1, 1, 6, 7, 7, 6])
  })
  it('shuffles from the end', () =>
    expect(createRandom(42).shuffle([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([4, 7, 3, 6, 0, 5, 1, 2]))
  it('draws binomials by the inverse of the cumulative table', () => {
    const random = createRandom(42)
    expect(many(10, () => random.binomial(30, 0.05))).toEqual([1, 0, 2, 2, 3, 2, 2, 0, 1, 2])
  })
  it('takes the same seed as a number and as a 64-bit integer', () =>
    expect(createRandom(42n).next()).toBe(createRandom(42).next()))
  it('takes the whole range of seeds', () => expect(() => createRandom(2n ** 64n - 1n)).not.toThrow())
  it.each([-1, 1.5, NaN, 2 ** 60, 2n ** 64n])('refuses a seed of %s', (seed) =>
    expect(() => createRandom(seed)).toThrow(
      new RangeError(`createRandom expected a whole seed from 0 to 2^64 - 1 but received ${seed}`),
    ),
  )
})

describe('a generator', () => {
  it('stays below any limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.nat(), (limit, seed) => {
        const drawn = createRandom(seed).below(limit)
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < limit).toBe(true)
      }),
    )
  })
  it.each([0, 1.5, 2 ** 32 + 1, NaN])('refuses a limit of %s', (limit) =>
    expect(() => createRandom(1).below(limit)).toThrow(
      new RangeError(`below expected a whole limit from 1 to 2^32 but received ${limit}`),
    ),
  )
  it('shuffles a copy and loses nothing', () => {
    const items = Object.freeze(['a', 'b', 'c', 'd'])
    expect(createRandom(7).shuffle(items).sort()).toEqual(items)
  })
  it('draws binomials whose mean is the total times the rate', () => {
    const random = createRandom(3)
    const draws = many(20000, () => random.binomial(118, 0.144))
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
    const standardError = Math.sqrt((118 * 0.144 * 0.856) / draws.length)
    expect(Math.abs(mean - 118 * 0.144)).toBeLessThan(4 * standardError)
  })
})
