import { describe, expect, it } from 'vitest'
import { movedDecisions } from '../../src/audit/moved-decisions.js'
import type { Decisions } from '../../src/audit/types/decisions.js'
import type { LabelSet } from '../../src/audit/types/definitions.js'

const labels = ['a', 'b', 'c'].map((id, index) => ({ id, outcome: index === 2 ? 'crime' : 'neutral' }))
const labelSet = { id: 'three', labels } as unknown as LabelSet // what it is made of besides is not looked at
const decided = (...winner: readonly number[]): Decisions => ({
  labelSet: 'three',
  winner: Int32Array.from(winner),
  runnerUp: new Int32Array(winner.length),
  scores: null,
  exactTies: new Uint8Array(winner.length),
})

describe('decisions that another precision moves', () => {
  it('are counted, and apart those that land in another outcome category', () => {
    const moved = movedDecisions(
      labelSet,
      { rows: [0, 1, 2, 3], before: decided(0, 0, 0, 2), after: decided(0, 1, 2, 2) },
      0.05,
    )
    expect(moved).toMatchObject({ labelSet: 'three', moved: 2, toAnotherOutcome: 1 })
  })

  it.each([
    { moved: 5, of: 256, isFew: true },
    { moved: 6, of: 256, isFew: false },
    { moved: 0, of: 73, isFew: true },
    { moved: 0, of: 72, isFew: false },
  ])('have an interval that ends at 5% or below as docs/models.md says: $moved of $of', ({ moved, of, isFew }) => {
    const rows = Array.from({ length: of }, (_, row) => row)
    const [before, after] = [decided(...rows.map(() => 0)), decided(...rows.map((row) => (row < moved ? 1 : 0)))]
    const { interval } = movedDecisions(labelSet, { rows, before, after }, 0.05)
    expect(interval[1] <= 0.05).toBe(isFew)
  })

  it('include an image that has no decision any more', () => {
    const rows = { rows: [0], before: decided(1), after: decided(-1) }
    expect(movedDecisions(labelSet, rows, 0.05)).toMatchObject({ moved: 1, toAnotherOutcome: 1 })
  })

  it('are looked for in the sample alone', () => {
    const rows = { rows: [1], before: decided(0, 1, 2), after: decided(1, 1, 0) }
    expect(movedDecisions(labelSet, rows, 0.05).moved).toBe(0)
  })

  it('come with a Wilson interval of their share (0 of 256: 0 to 1.48%)', () => {
    const rows = Array.from({ length: 256 }, (_, row) => row)
    const same = decided(...rows.map(() => 1))
    const { interval } = movedDecisions(labelSet, { rows, before: same, after: same }, 0.05)
    expect(interval[0]).toBe(0)
    expect(interval[1]).toBeCloseTo(1.959964 ** 2 / (256 + 1.959964 ** 2), 6)
  })
})
