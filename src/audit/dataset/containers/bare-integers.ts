import { quoted } from '../../errors.js'
import type { DatasetPlan } from '../../types/definitions.js'
import { UNKNOWN } from '../../types/groups.js'
import type { LabelTable } from '../label-table.js'
import type { AttributeLayout } from '../layout.js'
import { fault, refuse } from '../refusals.js'

/** Gives the integers of columns that name none of them the values of the plan, in their order from 0; below 0 is unknown. Bands of numbers need no names.
 *  Throws DatasetError for the others: datasets in circulation number the same groups differently, so nobody can know. */
export function withNamedIntegers(
  layouts: readonly AttributeLayout[],
  table: Pick<LabelTable, 'bareIntegers'>,
  { labels }: Pick<DatasetPlan, 'labels'>,
): AttributeLayout[] {
  const bareIntegers = table.bareIntegers?.() ?? []
  const isBare = ({ column, bins }: AttributeLayout): boolean => bareIntegers.includes(column) && bins === undefined
  refuse(
    'value.bare-integer',
    layouts
      .filter((layout) => isBare(layout) && layout.declared === null)
      .map(({ name, column }) =>
        fault({
          at: labels,
          field: quoted(name),
          expected: 'names of the groups',
          received: `integers without names in the column ${quoted(column)}`,
          hint: `Give them in the plan, in the order from 0: attributes: { ${name}: { column: ${column}, values: [...] } }`,
        }),
      ),
  )
  return layouts.map((layout) => (isBare(layout) ? byNumber(layout) : layout))
}

function byNumber(layout: AttributeLayout): AttributeLayout {
  const values = layout.declared?.values ?? []
  const numbers = values.map((value, index) => [String(index), value] as const)
  const aliases = new Map([['-1', UNKNOWN], ...numbers, ...(layout.declared?.aliases ?? [])])
  return { ...layout, declared: { values, aliases } }
}
