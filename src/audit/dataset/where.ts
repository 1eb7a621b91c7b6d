import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { AttributeColumn } from '../types/dataset.js'
import type { WhereFilter } from '../types/definitions.js'
import type { AttributeLayout } from './layout.js'
import { didYouMean } from '../definitions/nearest-word.js'
import { fault, quotedList, refuse } from './refusals.js'

const AT = 'where'

/** Rows that the plan's filters leave out, each with the filter that did it (`where race=Black`). Throws DatasetError for an attribute
 *  or a value that the dataset does not have, and when no row is left. */
export function excludedRows(
  filters: readonly WhereFilter[],
  attributes: readonly AttributeColumn[],
  layouts: readonly AttributeLayout[],
): Map<number, string> {
  const faults: Fault[] = []
  const tests = filters.flatMap((filter) => {
    const index = attributes.findIndex(({ name }) => name === filter.attribute)
    if (index < 0) faults.push(unknownAttribute(filter, attributes))
    return index < 0 ? [] : [keepTest(filter, attributes[index], layouts[index], faults)]
  })
  refuse('where.unknown', faults)
  const excluded = new Map<number, string>()
  const rows = attributes[0]?.codes.length ?? 0
  for (let row = 0; row < rows; row++) {
    const failed = tests.find(({ codes, kept }) => !kept.has(codes[row]))
    if (failed !== undefined) excluded.set(row, failed.reason)
  }
  if (rows > 0 && excluded.size === rows) throw nothingLeft(filters, rows)
  return excluded
}

type KeepTest = { readonly codes: Uint16Array; readonly kept: ReadonlySet<number>; readonly reason: string }

function keepTest(filter: WhereFilter, column: AttributeColumn, layout: AttributeLayout, faults: Fault[]): KeepTest {
  const kept = new Set<number>()
  for (const value of filter.values) {
    const written = layout.aliases?.get(value) ?? value
    const code = column.values.indexOf(layout.declared?.aliases.get(written) ?? written)
    if (code < 0) faults.push(unknownValue(filter.attribute, value, column.values))
    else kept.add(code)
  }
  return { codes: column.codes, kept, reason: `where ${filter.attribute}=${filter.values.join(',')}` }
}

function unknownAttribute(filter: WhereFilter, attributes: readonly AttributeColumn[]): Fault {
  const names = attributes.map(({ name }) => name)
  const hint = didYouMean(filter.attribute, names)
  const expected = `an attribute of the dataset (${quotedList(names)})`
  return fault({ at: AT, expected, received: quoted(filter.attribute), hint })
}

function unknownValue(attribute: string, value: string, values: readonly string[]): Fault {
  const hint = didYouMean(value, values)
  return fault({ at: AT, field: attribute, expected: `one of ${quotedList(values)}`, received: quoted(value), hint })
}

function nothingLeft(filters: readonly WhereFilter[], rows: number): DatasetError {
  const said = filters.map(({ attribute, values }) => `${attribute}=${values.join(',')}`).join(' and ')
  return new DatasetError('where.nothing-left', {
    at: AT,
    expected: 'filters that leave at least one row',
    received: `${quoted(said)}, which leaves 0 of ${rows} rows`,
  })
}
