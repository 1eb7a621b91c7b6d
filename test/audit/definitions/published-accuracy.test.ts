import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { readProbe } from '../../../src/audit/definitions/shipped.js'
import { SHARED, sharedPath } from '../../support/shared.js'

const folder = sharedPath('published')
type Row = Readonly<Record<string, string>>

function rowsOf(name: string): readonly Row[] {
  const records: unknown = parse(readFileSync(`${folder}/${name}`), { columns: true })
  return records as Row[] // columns: true gives one object of text per row
}

const GRIDS = readProbe('attribute-accuracy').publishedTables

/** Every printed figure as [row, column, text]; race stands under both of its readings. */
function shipped(id: string): string[] {
  const grid = GRIDS.find((one) => one.id === id)
  return (grid?.rows ?? []).flatMap(({ name, figures }) =>
    figures.map((text, place) => [name, grid?.columns[place], text ?? ''].join(': ')),
  )
}

describe.skipIf(folder === null)(`the paper's tables of accuracy that are shipped (needs ${SHARED})`, () => {
  it.each(['3', '4'])('are those of Table %s, to the printed decimal', (table) => {
    const columns: Readonly<Record<string, readonly string[]>> = {
      race: ['race-7', 'race-binary'],
      gender: ['gender'],
      age: ['age-exact'],
    }
    const printed = rowsOf(`clip-table-${table}.csv`).flatMap(({ model, attribute, accuracy_percent }) =>
      columns[attribute].map((column) => [model, column, accuracy_percent].join(': ')),
    )
    expect(printed).toHaveLength(16)
    expect(shipped(`clip-table-${table}`)).toEqual(printed)
  })

  it('are those of Table 5, blanks included', () => {
    const printed = rowsOf('clip-table-5.csv').map(({ model, gender, race, accuracy_percent }) =>
      [`${model}, ${gender}`, race === 'Average' ? 'average' : race, accuracy_percent].join(': '),
    )
    expect(printed).toHaveLength(72)
    expect([...shipped('clip-table-5')].sort()).toEqual([...printed].sort())
  })

  it('can never be compared: model size, prompts and crop were not published', () => {
    expect(GRIDS.map(({ neverComparable }) => neverComparable)).not.toContain(null)
    expect(GRIDS.map(({ beside }) => beside)).toEqual([
      'accuracy/white',
      'accuracy/non-white',
      'accuracy/gender-by-race',
    ])
  })
})
