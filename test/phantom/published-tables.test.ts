import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { SHARED, sharedPath } from '../support/shared.js'
import { TABLE_6, TABLE_7 } from './published-tables.js'

const isThere = sharedPath('published') !== null

describe.skipIf(!isThere)(`the tables that the phantom plants${isThere ? '' : ' (skipped: no ../shared)'}`, () => {
  it('are Table 6 as kept with the published figures', () => {
    expect(rowsOf('clip-table-6.csv')).toEqual(TABLE_6.map(({ outcome, race, percent }) => [outcome, race, percent]))
  })

  it('are Table 7 as kept with the published figures', () => {
    const nameOf = (labelSet: string) => (labelSet === 'clip-paper' ? 'default' : 'default+child')
    expect(rowsOf('clip-table-7.csv')).toEqual(
      TABLE_7.map(({ labelSet, age, percent }) => [nameOf(labelSet), age, percent]),
    )
  })
})

function rowsOf(file: string): string[][] {
  return parse(readFileSync(join(SHARED, 'published', file), 'utf8'), { from_line: 2 })
}
