import { describe, expect, it } from 'vitest'
import { excludedRows } from '../../../src/audit/dataset/where.js'
import type { AttributeColumn } from '../../../src/audit/types/dataset.js'
import { refusal } from './helpers.js'

const race: AttributeColumn = {
  name: 'race',
  values: ['White', 'Black', 'unknown'],
  codes: Uint16Array.from([0, 1, 1, 2]),
  labelledBy: 'annotator',
}
const age: AttributeColumn = {
  name: 'age',
  values: ['0-2', 'more than 70'],
  codes: Uint16Array.from([0, 0, 1, 1]),
  labelledBy: 'annotator',
}
const layouts = [
  { name: 'race', column: 'race', labelledBy: 'annotator' as const, declared: null },
  {
    name: 'age',
    column: 'age',
    labelledBy: 'annotator' as const,
    declared: { values: age.values, aliases: new Map([['70+', 'more than 70']]) },
  },
]
const run = (...filters: [string, ...string[]][]) =>
  excludedRows(
    filters.map(([attribute, ...values]) => ({ attribute, values })),
    [race, age],
    layouts,
  )

describe('excludedRows', () => {
  it('excludes nothing without a filter', () => expect(run()).toEqual(new Map()))

  it('keeps the named values and says which filter left a row out', () =>
    expect(run(['race', 'Black'])).toEqual(
      new Map([
        [0, 'where race=Black'],
        [3, 'where race=Black'],
      ]),
    ))

  it('names the first filter that a row fails', () =>
    expect([...run(['race', 'White', 'Black'], ['age', '0-2'])]).toEqual([
      [2, 'where age=0-2'],
      [3, 'where race=White,Black'],
    ]))

  it('knows the aliases of the dataset', () => expect([...run(['age', '70+']).keys()]).toEqual([0, 1]))

  it('refuses an attribute and a value that are not there, both together', async () => {
    const error = await refusal(() => run(['rase', 'White'], ['race', 'Blak']))
    expect(error.message).toBe(
      'where: expected an attribute of the dataset ("race", "age") but received "rase". Did you mean "race"?\n' +
        'where: race: expected one of "White", "Black", "unknown" but received "Blak". Did you mean "Black"?',
    )
  })

  it('refuses filters that leave nothing', async () =>
    expect((await refusal(() => run(['race', 'White'], ['age', '70+']))).message).toContain('leaves 0 of 4 rows'))
})
