import type { Fault } from '../../errors.js'
import type { LabelledBy } from '../../types/dataset.js'
import type { DatasetPlan } from '../../types/definitions.js'
import { imageNameOf } from '../image-name.js'
import { missingColumn } from '../label-table.js'
import type { LabelTable } from '../label-table.js'
import { IMAGE, SUBJECT, isAttribute, mappedColumn } from '../layout.js'
import type { AttributeLayout, Layout } from '../layout.js'
import { refuse } from '../refusals.js'
import { termsOf } from './terms.js'

/** What a dataset that is known by name has, under the names of its own columns. */
export type NamedDataset = {
  readonly image: string
  /** null: nothing says which images show one person. */
  readonly subject: string | null
  readonly attributes: readonly AttributeLayout[]
  /** Read where the file has their column. */
  readonly optional?: readonly AttributeLayout[]
  /** Who made its other columns, which the plan may map. */
  readonly labelledBy: LabelledBy
  /** How to mend a file that lacks a column. */
  readonly hint: string
}

/** The layout of a dataset that is known by name. The plan's map gives a column another name and adds attributes. Throws DatasetError that lists the
 *  header for a column that is not there. */
export function namedLayout(plan: DatasetPlan, table: LabelTable, dataset: NamedDataset): Layout {
  const has = (column: string): boolean => table.header.includes(column)
  const renamed = (attribute: AttributeLayout): AttributeLayout => ({
    ...attribute,
    column: mappedColumn(plan, attribute.name) ?? attribute.column,
    ...(plan.simulated ? { labelledBy: 'simulated' } : {}),
  })
  const own = [
    ...dataset.attributes.map(renamed),
    ...(dataset.optional ?? []).map(renamed).filter(({ name, column }) => has(column) || mappedColumn(plan, name) !== null), // prettier-ignore
  ]
  const ownNames = own.map(({ name }) => name)
  const added = plan.map
    .filter(({ attribute }) => isAttribute(attribute) && !ownNames.includes(attribute))
    .map(({ attribute, column }) =>
      renamed({ name: attribute, column, labelledBy: dataset.labelledBy, declared: null }),
    )
  const attributes = [...own, ...added]
  const image = imageNameOf(mappedColumn(plan, IMAGE) ?? dataset.image, table.header)
  const subject = mappedColumn(plan, SUBJECT) ?? dataset.subject
  const needed = [image.column, ...(subject === null ? [] : [subject]), ...attributes.map(({ column }) => column)]
  if (table.headerIsComplete) refuse('dataset.header', missingFaults(plan, table, needed, dataset.hint))
  return { image, subject, attributes, ...termsOf(plan) }
}

function missingFaults(plan: DatasetPlan, { header }: LabelTable, needed: readonly string[], hint: string): Fault[] {
  return [...new Set(needed)]
    .filter((column) => !header.includes(column))
    .map((column) => {
      const fault = missingColumn(`${plan.labels}:1`, 'header', column, header)
      return { ...fault, hint: fault.hint === undefined ? hint : `${fault.hint} ${hint}` }
    })
}

/** An attribute with a list of values, in the column of its name unless another is given. */
export function declaredAttribute(
  name: string,
  values: readonly string[],
  rest: Pick<AttributeLayout, 'labelledBy'> & Partial<AttributeLayout>,
): AttributeLayout {
  return { name, column: name, declared: { values, aliases: new Map() }, ...rest }
}
