import { describe, expect, it } from 'vitest'
import { splitMix64 } from '../../../src/audit/statistics/split-mix-64.js'

describe('splitMix64', () => {
  it('gives the published numbers from seed 0', () =>
    expect([0, 1, 2].map((place) => splitMix64(0n, place).toString(16))).toEqual([
      'e220a8397b1dcdaf',
      '6e789e6aa1b965f4',
      '6c45d188009454f',
    ]))
  it('gives the published numbers from seed 1234567', () =>
    expect([0, 1, 2].map((place) => splitMix64(1234567n, place))).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
    ]))
})
