import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { pooledAccuracy } from '../../../../src/audit/measures/attribute-accuracy/cross-table.js'
import { SHARED, sharedPath } from '../../../support/shared.js'

const folder = sharedPath('published')
type Row = Readonly<Record<string, string>>

function rowsOf(name: string): readonly Row[] {
  const records: unknown = parse(readFileSync(`${folder}/${name}`), { columns: true })
  return records as Row[] // columns: true gives one object of text per row
}

const RACES = ['Black', 'White', 'Indian', 'Latino_Hispanic', 'Middle Eastern', 'Southeast Asian', 'East Asian']
const [LR, ZS, INSTAGRAM] = ['Linear Probe CLIP', 'Zero-Shot CLIP', 'Linear Probe Instagram']

describe('pooledAccuracy', () => {
  it('weighs each group by its images', () => {
    expect(pooledAccuracy([90, 100], [300, 100])).toBe(92.5)
  })

  it('refuses accuracies without group sizes', () => {
    expect(() => pooledAccuracy([90], [1, 2])).toThrow(RangeError)
    expect(() => pooledAccuracy([], [])).toThrow(RangeError)
  })
})

describe.skipIf(folder === null)(`the paper's Table 5 pooled over FairFace's counts (needs ${SHARED})`, () => {
  const table = folder === null ? [] : rowsOf('clip-table-5.csv')
  const counts = folder === null ? [] : rowsOf('fairface-val-counts.csv')
  const images = (race: string, gender: string): number =>
    counts
      .filter((row) => row['race'] === race && (gender === 'Both' || row['gender'] === gender))
      .reduce((sum, row) => sum + Number(row['count']), 0)
  const accuracy = (model: string, gender: string, race: string): number =>
    Number(
      table.find((row) => row['model'] === model && row['gender'] === gender && row['race'] === race)?.accuracy_percent,
    )
  const row = (model: string, gender: string, races: readonly string[] = RACES) =>
    [races.map((race) => accuracy(model, gender, race)), races.map((race) => images(race, gender))] as const
  /** As the paper does where it pools both genders: over the fourteen cells. */
  const cells = (model: string, races: readonly string[]) =>
    ['Male', 'Female']
      .map((gender) => row(model, gender, races))
      .reduce(
        ([shares, sizes], [more, larger]) =>
          [
            [...shares, ...more],
            [...sizes, ...larger],
          ] as const,
      )
  const printed = (value: number): string => value.toFixed(1)
  const macro = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

  it('gives the printed averages of both genders', () => {
    expect(printed(pooledAccuracy(...row(ZS, 'Male')))).toBe('96.9')
    expect(printed(pooledAccuracy(...row(ZS, 'Female')))).toBe('97.0')
    expect(printed(pooledAccuracy(...row(INSTAGRAM, 'Male')))).toBe('94.1')
    expect(printed(pooledAccuracy(...row(INSTAGRAM, 'Female')))).toBe('93.4')
    expect(['Male', 'Female'].map((gender) => printed(pooledAccuracy(...row(LR, gender))))).toEqual(['97.2', '97.8'])
  })

  it('is not the mean over races, which prints other figures', () => {
    const [female] = row(ZS, 'Female')
    expect(printed(macro(female))).toBe('97.1')
    expect(pooledAccuracy(...row(ZS, 'Female'))).toBeCloseTo(96.993, 3)
    expect(macro(female)).toBeCloseTo(97.086, 3)
    const [instagram] = row(INSTAGRAM, 'Female')
    expect(printed(macro(instagram))).toBe('93.5')
  })

  it('without White is the gender column of Table 4', () => {
    const others = RACES.filter((race) => race !== 'White')
    const column = [LR, ZS, INSTAGRAM].map((model) => pooledAccuracy(...row(model, 'Both', others)))
    expect(column.map(printed)).toEqual(['97.7', '97.2', '93.9'])
    const table4 = rowsOf('clip-table-4.csv').filter(({ attribute }) => attribute === 'gender')
    expect(column.map(printed)).toEqual(
      [LR, ZS, INSTAGRAM].map((model) => table4.find((one) => one['model'] === model)?.accuracy_percent),
    )
  })

  it('of White alone is the gender column of Table 3', () => {
    const table3 = rowsOf('clip-table-3.csv').filter(({ attribute }) => attribute === 'gender')
    for (const model of [LR, ZS, INSTAGRAM])
      expect(printed(accuracy(model, 'Both', 'White'))).toBe(
        table3.find((one) => one['model'] === model)?.accuracy_percent,
      )
  })

  it('fills the two averages that the paper leaves blank, from the rows of both genders', () => {
    expect(printed(pooledAccuracy(...row(ZS, 'Both')))).toBe('96.9')
    expect(printed(pooledAccuracy(...row(INSTAGRAM, 'Both')))).toBe('93.8')
    expect(printed(pooledAccuracy(...row(LR, 'Both')))).toBe('97.5')
    expect(printed(pooledAccuracy(...cells(ZS, RACES)))).toBe('96.9')
  })
})
