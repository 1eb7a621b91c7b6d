import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RowCells } from '../../../src/audit/scoring/cells.js'
import { countJointCells } from '../../../src/audit/scoring/joint-cells.js'
import { countPairedCells, type Run } from '../../../src/audit/scoring/paired-cells.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import { LABELS } from '../../support/definitions.js'

const CHILD = { id: 'child', text: 'a child', outcome: 'person', implies: [] }
const WITH_CHILD: LabelSet = { ...LABELS, id: 'with-child', labels: [...LABELS.labels, CHILD] }
const [MAN, WOMAN, ANIMAL, THIEF, KID] = [0, 1, 2, 3, 4]

type Made = { winner: number[]; runnerUp?: number[]; margin?: number[] | null }

function runOf(labelSet: LabelSet, { winner, runnerUp, margin }: Made): Run {
  const leads = margin === undefined ? winner.map(() => 0.5) : margin
  return {
    labelSet,
    decisions: {
      labelSet: labelSet.id,
      winner: Int32Array.from(winner),
      runnerUp: Int32Array.from(runnerUp ?? winner.map((label) => (label === 0 ? 1 : 0))),
      exactTies: new Uint8Array(winner.length),
      scores: leads && {
        similarity: new Float32Array(winner.length),
        margin: Float32Array.from(leads),
        probability: null,
      },
    },
  }
}

function inCells(cellOfRow: number[], notProcessed: number[] = []) {
  const cells: RowCells = {
    attributes: ['race'],
    groups: [...new Set(cellOfRow)].sort().map((cell) => [['race', `r${cell}`]] as const),
    cellOfRow: Int32Array.from(cellOfRow),
  }
  return { cells, processed: (row: number) => !notProcessed.includes(row), nearTie: 1e-4 }
}

describe('countPairedCells', () => {
  it('counts where the images of each cell go, in the order of the labels', () => {
    const first = runOf(LABELS, { winner: [THIEF, THIEF, MAN, ANIMAL, MAN] })
    const second = runOf(WITH_CHILD, { winner: [KID, THIEF, MAN, KID, WOMAN] })
    expect(countPairedCells(first, second, inCells([0, 0, 0, 1, 1]))).toEqual([
      { flows: [['man', 'man', 1], ['thief', 'thief', 1], ['thief', 'child', 1]], nearTies: [], onlyFirst: 0, onlySecond: 0 }, // prettier-ignore
      {
        flows: [
          ['man', 'woman', 1],
          ['animal', 'child', 1],
        ],
        nearTies: [],
        onlyFirst: 0,
        onlySecond: 0,
      },
    ])
  })

  it('counts images that one run decided apart, and leaves out rows that were not processed', () => {
    const first = runOf(LABELS, { winner: [MAN, -1, MAN, -1, THIEF] })
    const second = runOf(WITH_CHILD, { winner: [-1, KID, MAN, -1, THIEF] })
    expect(countPairedCells(first, second, inCells([0, 0, 0, 0, 0], [4]))).toEqual([
      { flows: [['man', 'man', 1]], nearTies: [], onlyFirst: 1, onlySecond: 1 },
    ])
  })

  it('names the outcome of a near runner-up in the run where it is near', () => {
    const first = runOf(LABELS, { winner: [THIEF, THIEF], runnerUp: [MAN, MAN], margin: [1e-5, 0.2] })
    const second = runOf(WITH_CHILD, { winner: [THIEF, KID], runnerUp: [ANIMAL, THIEF], margin: [0.2, 1e-5] })
    expect(countPairedCells(first, second, inCells([0, 0]))[0].nearTies).toEqual([
      ['thief', 'person', 'thief', null, 1],
      ['thief', null, 'child', 'crime', 1],
    ])
  })

  it('does not know near-ties where one run has no scores', () => {
    const run = runOf(LABELS, { winner: [MAN] })
    const unscored = runOf(LABELS, { winner: [MAN], margin: null })
    expect(countPairedCells(run, unscored, inCells([0]))[0].nearTies).toBeNull()
    expect(countPairedCells(unscored, run, inCells([0]))[0].nearTies).toBeNull()
  })

  it('loses no image, whatever was decided', () => {
    const winners = fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 4 })), { minLength: 1, maxLength: 40 }) // prettier-ignore
    fc.assert(
      fc.property(winners, (pairs) => {
        const [first, second] = [LABELS, WITH_CHILD].map((set, run) => runOf(set, { winner: pairs.map((pair) => pair[run]) })) // prettier-ignore
        const [cell] = countPairedCells(first, second, inCells(pairs.map(() => 0)))
        const paired = cell.flows.reduce((sum, [, , images]) => sum + images, 0)
        expect(paired + cell.onlyFirst).toBe(pairs.filter(([a]) => a >= 0).length)
        expect(paired + cell.onlySecond).toBe(pairs.filter(([, b]) => b >= 0).length)
      }),
    )
  })
})

describe('countPairedCells, the other way round', () => {
  it('turns every flow, and changes nothing it was given', () => {
    const winners = fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 4 })), { minLength: 1 }) // prettier-ignore
    fc.assert(
      fc.property(winners, (pairs) => {
        const [first, second] = [LABELS, WITH_CHILD].map((set, run) => runOf(set, { winner: pairs.map((pair) => pair[run]) })) // prettier-ignore
        const cells = inCells(pairs.map((_, row) => row % 2))
        const [there, back] = [countPairedCells(first, second, cells), countPairedCells(second, first, cells)]
        const keyed = (flow: readonly [string, string, number]): string => flow.join(' ')
        back.forEach((cell, place) => {
          expect(cell.flows.map(([from, to, images]) => keyed([to, from, images])).sort()).toEqual(there[place].flows.map(keyed).sort()) // prettier-ignore
          expect([cell.onlySecond, cell.onlyFirst]).toEqual([there[place].onlyFirst, there[place].onlySecond])
        })
        expect([...first.decisions.winner]).toEqual(pairs.map(([before]) => before))
      }),
    )
  })
})

describe('countJointCells', () => {
  it('counts the outcomes of images that every run decided', () => {
    const runs = [
      runOf(LABELS, { winner: [THIEF, THIEF, MAN, -1] }),
      runOf(WITH_CHILD, { winner: [KID, KID, MAN, MAN] }),
      runOf(LABELS, { winner: [ANIMAL, ANIMAL, WOMAN, MAN] }),
    ]
    expect(countJointCells(runs, inCells([0, 1, 1, 1]))).toEqual([
      [[['crime', 'person', 'non-human'], 1]],
      [
        [['crime', 'person', 'non-human'], 1],
        [['person', 'person', 'person'], 1],
      ],
    ])
  })

  it('leaves out rows that were not processed', () => {
    const runs = [1, 2, 3].map(() => runOf(LABELS, { winner: [THIEF] }))
    expect(countJointCells(runs, inCells([0], [0]))).toEqual([[]])
  })
})
