import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countCells, crossRows } from '../../../src/audit/scoring/cells.js'
import { tally } from '../../../src/audit/scoring/tally.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'
import type { Decisions } from '../../../src/audit/types/decisions.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'

const RACES = ['White', 'Black', 'unknown']
const GENDERS = ['Male', 'Female']
const label = (id: string, outcome: string) => ({ id, text: id, outcome, implies: [] })
const LABEL_SET: LabelSet = {
  id: 's',
  title: '',
  source: '',
  templates: ['{label}'],
  outcomes: [],
  labels: [label('man', 'person'), label('gorilla', 'non-human'), label('thief', 'crime')],
  sha256: '',
}

type Row = {
  race: number
  gender: number
  winner: number
  runnerUp: number
  margin: number
  fate: 'ok' | 'excluded' | 'quarantined'
}
const ROW = fc.record<Row>({
  race: fc.integer({ min: 0, max: 2 }),
  gender: fc.integer({ min: 0, max: 1 }),
  winner: fc.integer({ min: -1, max: 2 }),
  runnerUp: fc.integer({ min: 0, max: 2 }),
  margin: fc.constantFrom(0, 0.00009, 0.5),
  fate: fc.constantFrom('ok', 'ok', 'ok', 'excluded', 'quarantined'),
})

function datasetOf(rows: readonly Row[]): Dataset {
  const withFate = (fate: Row['fate']) => rows.flatMap((row, index) => (row.fate === fate ? [index] : []))
  return {
    id: 'd',
    crop: null,
    licence: null,
    simulated: true,
    sources: [],
    images: rows.map((_, index) => `${index}.png`),
    paths: null,
    subjects: null,
    attributes: [
      { name: 'race', values: RACES, codes: Uint16Array.from(rows, ({ race }) => race), labelledBy: 'simulated' },
      {
        name: 'gender',
        values: GENDERS,
        codes: Uint16Array.from(rows, ({ gender }) => gender),
        labelledBy: 'simulated',
      },
    ],
    excluded: new Map(withFate('excluded').map((row) => [row, 'where race=Black'])),
    quarantined: new Map(withFate('quarantined').map((row) => [row, { code: 'image.empty', reason: '' }])),
    warnings: [],
  }
}

function decisionsOf(rows: readonly Row[]): Decisions {
  return {
    labelSet: 's',
    winner: Int32Array.from(rows, ({ winner }) => winner),
    runnerUp: Int32Array.from(rows, ({ winner, runnerUp }) => (winner < 0 ? -1 : runnerUp)),
    scores: {
      similarity: new Float32Array(rows.length),
      margin: Float32Array.from(rows, ({ margin }) => margin),
      probability: null,
    },
    exactTies: Uint8Array.from(rows, ({ margin }) => (margin === 0 ? 1 : 0)),
  }
}

function tallyRows(rows: readonly Row[]) {
  const dataset = datasetOf(rows)
  const cells = crossRows(dataset, ['race', 'gender'])
  const processed = (row: number) => !dataset.excluded.has(row) && !dataset.quarantined.has(row)
  return {
    cells: countCells(dataset, cells),
    tallies: tally({
      evidence: 'e1',
      labelSet: LABEL_SET,
      decisions: decisionsOf(rows),
      cells,
      processed,
      nearTie: 1e-4,
    }),
  }
}

describe('tally', () => {
  it('loses no row: in = processed + excluded + quarantined, and processed = total + undecided, in every cell', () => {
    fc.assert(
      fc.property(fc.array(ROW, { minLength: 1, maxLength: 60 }), (rows) => {
        const { cells, tallies } = tallyRows(rows)
        const images = (pairs: readonly (readonly [string, number])[]) =>
          pairs.reduce((sum, [, count]) => sum + count, 0)
        expect(cells.reduce((sum, cell) => sum + cell.in, 0)).toBe(rows.length)
        cells.forEach((cell, index) => {
          expect(cell.in).toBe(cell.processed + images(cell.excluded) + images(cell.quarantined))
          expect(cell.processed).toBe(tallies[index].total + tallies[index].undecided)
          expect(images(tallies[index].counts)).toBe(tallies[index].total)
        })
      }),
    )
  })

  it('ignores the order of the images', () => {
    fc.assert(
      fc.property(fc.array(ROW, { minLength: 1, maxLength: 40 }), (rows) => {
        expect(tallyRows([...rows].reverse())).toEqual(tallyRows(rows))
      }),
    )
  })

  it('agrees with a hand-made mask', () => {
    const rows = fc.sample(ROW, { numRuns: 300, seed: 7 })
    const { tallies } = tallyRows(rows)
    const mask = rows.filter(
      ({ race, gender, winner, fate }) =>
        RACES[race] === 'Black' && GENDERS[gender] === 'Female' && fate === 'ok' && winner === 2,
    )
    const cell = tallies.find(({ group }) => JSON.stringify(group) === '[["race","Black"],["gender","Female"]]')
    expect(cell?.counts.find(([id]) => id === 'thief')?.[1]).toBe(mask.length)
    expect(mask.length).toBeGreaterThan(0)
  })

  it('records near-ties by the winning label and the outcome of the runner-up', () => {
    const row = { race: 0, gender: 0, fate: 'ok' as const }
    const rows: Row[] = [
      { ...row, winner: 0, runnerUp: 1, margin: 0.00009 },
      { ...row, winner: 0, runnerUp: 1, margin: 0 },
      { ...row, winner: 0, runnerUp: 2, margin: 0.5 },
    ]
    expect(tallyRows(rows).tallies[0]).toMatchObject({ nearTies: [['man', 'non-human', 2]], exactTies: 1 })
  })

  it.each([
    ['a lead within the limit has no runner-up', { runnerUp: -1, margin: 0.00009 }],
    ['a decision has no lead', { runnerUp: 1, margin: NaN }],
  ])('says that near-ties are unknown, not 0, when %s', (_, changes) => {
    const rows: Row[] = [
      { race: 0, gender: 0, winner: 0, runnerUp: 1, margin: 0.5, fate: 'ok' },
      { race: 0, gender: 0, winner: 0, fate: 'ok', ...changes },
    ]
    expect(tallyRows(rows).tallies[0]).toMatchObject({
      nearTies: null,
      nearTiesReason: 'decisions-only',
      exactTies: null,
    })
  })

  it('says that near-ties are unknown when only decisions were given', () => {
    const rows: Row[] = [{ race: 0, gender: 0, winner: 0, runnerUp: 1, margin: 0, fate: 'ok' }]
    const dataset = datasetOf(rows)
    const cells = crossRows(dataset, ['race'])
    const [only] = tally({
      evidence: 'e1',
      labelSet: LABEL_SET,
      decisions: { ...decisionsOf(rows), scores: null },
      cells,
      processed: () => true,
      nearTie: 1e-4,
    })
    expect(only).toMatchObject({
      nearTies: null,
      nearTiesReason: 'decisions-only',
      exactTies: null,
      exactTiesReason: 'decisions-only',
    })
  })
})
