import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readProbe } from '../../../../src/audit/definitions/shipped.js'
import { pooledAccuracy } from '../../../../src/audit/measures/attribute-accuracy/cross-table.js'
import { sharedPath } from '../../../support/shared.js'

const COUNTS = sharedPath('published/fairface-val-counts.csv')
const grid = (id: string) => {
  const found = readProbe('attribute-accuracy').publishedTables.find((table) => table.id === id)
  if (found === undefined) throw new Error(`no published table ${id}`)
  return found
}
const TABLE_5 = grid('clip-table-5')
const RACES = TABLE_5.columns.filter((column) => column !== 'average')

describe('pooledAccuracy', () => {
  it('weights by images, not by groups', () => {
    expect(pooledAccuracy([90, 100], [300, 100])).toBeCloseTo(92.5, 12)
    expect(pooledAccuracy([90, 100], [1, 1])).toBe(95)
  })

  it('refuses accuracies without as many sizes', () => {
    expect(() => pooledAccuracy([1], [])).toThrow(RangeError)
  })
})

describe.skipIf(COUNTS === null)('Table 5 of the paper, pooled with the counts of FairFace (needs ../shared)', () => {
  // read by the tests alone: the body of a group that is skipped runs all the same
  const rows = (): string[] =>
    readFileSync(COUNTS ?? '', 'utf8')
      .trim()
      .split('\n')
      .slice(1)
  const images = (race: string, gender: string | null): number =>
    rows()
      .map((row) => row.split(','))
      .filter(([r, g]) => r === race && (gender === null || g === gender))
      .reduce((sum, [, , , count]) => sum + Number(count), 0)
  const row = (name: string): number[] =>
    (TABLE_5.rows.find((one) => one.name === name)?.figures ?? []).slice(0, RACES.length).map(Number)
  const pooled = (name: string, gender: string | null, races = RACES): number =>
    pooledAccuracy(
      races.map((race) => row(name)[RACES.indexOf(race)]),
      races.map((race) => images(race, gender)),
    )
  const others = RACES.filter((race) => race !== 'White')

  it('prints the averages of the paper', () => {
    expect(pooled('Zero-Shot CLIP, Male', 'Male').toFixed(1)).toBe('96.9')
    expect(pooled('Zero-Shot CLIP, Female', 'Female').toFixed(1)).toBe('97.0')
    expect(pooled('Linear Probe Instagram, Female', 'Female').toFixed(1)).toBe('93.4')
    expect(pooled('Linear Probe Instagram, Male', 'Male').toFixed(1)).toBe('94.1')
    expect(pooled('Linear Probe CLIP, Male', 'Male').toFixed(1)).toBe('97.2')
    expect(pooled('Linear Probe CLIP, Female', 'Female').toFixed(1)).toBe('97.8')
    expect(pooled('Linear Probe CLIP, Both', null).toFixed(1)).toBe('97.5')
    expect(pooled('Zero-Shot CLIP, Female', 'Female')).toBeCloseTo(96.993, 3)
  })

  it('gives the gender column of Table 3 for White', () => {
    const white = ['Linear Probe CLIP', 'Zero-Shot CLIP', 'Linear Probe Instagram'].map((model) =>
      pooled(`${model}, Both`, null, ['White']).toFixed(1),
    )
    expect(white).toEqual(['96.5', '95.9', '93.2'])
    expect(grid('clip-table-3').rows.map(({ figures }) => figures[2])).toEqual(['94.2', ...white])
  })

  it('fills the two blanks', () => {
    expect(pooled('Zero-Shot CLIP, Both', null).toFixed(1)).toBe('96.9')
    expect(pooled('Linear Probe Instagram, Both', null).toFixed(1)).toBe('93.8')
  })

  it('gives the gender column of Table 4 exactly, without White', () => {
    expect(pooled('Linear Probe CLIP, Both', null, others).toFixed(1)).toBe('97.7')
    expect(pooled('Zero-Shot CLIP, Both', null, others).toFixed(1)).toBe('97.2')
    expect(pooled('Linear Probe Instagram, Both', null, others).toFixed(1)).toBe('93.9')
    const printed = grid('clip-table-4').rows.map(({ figures }) => figures[2])
    expect(printed).toEqual(['94.4', '97.7', '97.2', '93.9'])
  })

  it('does not print them as a mean of groups', () => {
    const macro = row('Zero-Shot CLIP, Female').reduce((sum, value) => sum + value, 0) / RACES.length
    expect(macro.toFixed(1)).toBe('97.1')
    const instagram = row('Linear Probe Instagram, Female').reduce((sum, value) => sum + value, 0) / RACES.length
    expect(instagram.toFixed(1)).toBe('93.5') // printed: 93.4
  })
})
