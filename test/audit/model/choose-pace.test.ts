import { describe, expect, it } from 'vitest'
import { batchesToTry, choosePace, DEFAULT_BATCH, threadsToTry } from '../../../src/audit/model/choose-pace.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import type { PaceTrial } from '../../../src/audit/types/pace.js'

const measured = (value: number, imagesPerSecond: number): PaceTrial => ({ value, kind: 'measured', imagesPerSecond })
const refused = (value: number): PaceTrial => ({ value, kind: 'refused', code: 'model.memory' })
const USUAL = 8

describe('choosePace', () => {
  it.each<readonly [string, readonly PaceTrial[], number]>([
    ['the fastest', [measured(2, 11), measured(4, 12), measured(8, 10)], 4],
    ['another one from 3% faster on', [measured(4, 103), measured(8, 100)], 4],
    ['the usual one where another is faster by less', [measured(4, 102.9), measured(8, 100)], USUAL],
    ['the usual one where it is the fastest', [measured(4, 7), measured(8, 10)], USUAL],
    ['the usual one where all are equal', [measured(4, 10), measured(8, 10)], USUAL],
    ['nothing that was refused', [measured(4, 10), measured(8, 10), refused(16)], USUAL],
    ['the smaller of two that are as fast', [measured(2, 12), measured(4, 12), measured(8, 10)], 2],
    ['the usual one where no time was measured', [measured(4, 0), measured(8, 0)], USUAL],
  ])('takes %s', (_, trials, taken) => {
    expect(choosePace(USUAL, trials)).toBe(taken)
  })

  it('takes the same in whatever order and on however fast a machine, and never one that gains less than 3%', () => {
    const random = createRandom(42, 'paces')
    for (let round = 0; round < 500; round++) {
      const trials = [2, 4, USUAL, 16].map((value) => measured(value, 90 + random.below(20)))
      const taken = choosePace(USUAL, trials)
      const rate = (value: number): number => trials.flatMap((trial) => (trial.value === value && trial.kind === 'measured' ? [trial.imagesPerSecond] : []))[0] // prettier-ignore
      expect(choosePace(USUAL, random.shuffle(trials))).toBe(taken)
      expect(choosePace(USUAL, trials.map(({ value }) => measured(value, 1024 * rate(value))))).toBe(taken) // prettier-ignore
      expect(taken === USUAL || rate(taken) >= 1.03 * rate(USUAL)).toBe(true)
    }
  })
})

describe('what is tried', () => {
  it.each([
    [1, [1]],
    [2, [1, 2]],
    [3, [1, 3]],
    [4, [2, 4]],
    [16, [4, 8, 16]],
    [96, [24, 48, 96]],
  ])('of %i cores are all, half, and of many a quarter', (cores, threads) => {
    expect(threadsToTry(cores)).toEqual(threads)
  })

  it('has the usual batch in it, which is the largest on a CPU and the smallest elsewhere', () => {
    expect(Math.max(...batchesToTry(true))).toBe(DEFAULT_BATCH)
    expect(Math.min(...batchesToTry(false))).toBe(DEFAULT_BATCH)
  })
})
