import { describe, expect, it } from 'vitest'
import { majorityDecisions } from '../../../src/audit/dataset/majority-decisions.js'
import type { Decisions } from '../../../src/audit/types/decisions.js'
import { labelSetOf } from './decisions-fixture.js'

const SET = labelSetOf('s', ['x', 'y', 'z'])
const said = (...winner: number[]): Decisions => ({
  labelSet: 's',
  winner: Int32Array.from(winner),
  runnerUp: new Int32Array(winner.length).fill(-1),
  scores: null,
  exactTies: new Uint8Array(winner.length),
})

describe('majorityDecisions', () => {
  it('takes what most said; ties stay undecided and are counted; silence is not a tie', () => {
    const { decisions, ties } = majorityDecisions(
      [said(0, 0, 2, -1, -1), said(0, 1, 2, 1, -1), said(1, 2, 0, -1, -1)],
      SET,
    )
    expect([...decisions.winner]).toEqual([0, -1, 2, 1, -1])
    expect(ties).toBe(1)
  })
})
