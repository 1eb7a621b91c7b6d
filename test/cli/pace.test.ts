import { describe, expect, it } from 'vitest'
import { pacemaker } from '../../src/cli/pace.js'

/** What is told after each second of a run that does so many images in each. */
function told(perSecond: readonly number[], total: number, found = 0) {
  let milliseconds = 0
  const pace = pacemaker(() => milliseconds)
  let done = found
  pace({ done, found, total })
  return perSecond.map((images) => {
    milliseconds += 1000
    done += images
    return pace({ done, found, total })
  })
}

const seconds = (count: number, images: number): number[] => Array<number>(count).fill(images)

describe('the time left', () => {
  it('is told exactly at a steady pace, and what the store had does not count', () => {
    const { rate, secondsLeft } = told(seconds(100, 20), 10_000, 5000)[99]
    expect([rate, secondsLeft]).toEqual([20, 150])
  })

  it('is not told while nothing is known', () => {
    const [first, second] = told([20, 20], 1_000_000)
    expect([first.secondsLeft, second.secondsLeft]).toEqual([null, null])
  })

  it('follows a machine that becomes half as fast, within the part of the run it looks back on', () => {
    const all = told([...seconds(100, 40), ...seconds(100, 20)], 100_000)
    expect(all[99].secondsLeft).toBe((100_000 - 4000) / 40)
    expect(all[199].secondsLeft).toBe((100_000 - 6000) / 20) // the mean since the start would say a third less
    expect(all[199].rate).toBe(30)
  })

  it('does not jump with single seconds that are slow', () => {
    const steady = told(seconds(120, 20), 100_000)
    const uneven = told(Array.from({ length: 120 }, (_, second) => (second % 2 === 0 ? 40 : 0)), 100_000) // prettier-ignore
    const [a, b] = [steady[119].secondsLeft ?? 0, uneven[119].secondsLeft ?? 0]
    expect(Math.abs(a - b) / a).toBeLessThan(0.03)
  })

  it('is nothing at the end', () => {
    expect(told([10], 10)[0]).toEqual({ rate: 10, secondsLeft: 0 })
  })
})
