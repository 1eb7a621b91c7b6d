import { quoted } from '../../errors.js'
import type { Fault } from '../../errors.js'
import type { DatasetPlan } from '../../types/definitions.js'
import type { AttributeLayout, DeclaredValues, Layout } from '../layout.js'
import { imageNameOf } from '../image-name.js'
import { IMAGE, SUBJECT, isAttribute, mappedColumn, missingColumns } from '../layout.js'
import { missingColumn } from '../label-table.js'
import type { LabelTable } from '../label-table.js'
import { nearestWord } from '../../definitions/nearest-word.js'
import { fault, quotedList, refuse } from '../refusals.js'
import { termsOf } from './terms.js'

/** Values as FairFace writes them, in its own order (joojs/fairface: README and prediction script). `70+` is the script's spelling. */
export const FAIRFACE_VALUES: ReadonlyMap<string, DeclaredValues> = new Map([
  [
    'age',
    declared(['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70'], {
      from: '70+',
      to: 'more than 70',
    }),
  ],
  ['gender', declared(['Male', 'Female'])],
  [
    'race',
    declared(['White', 'Black', 'Latino_Hispanic', 'East Asian', 'Southeast Asian', 'Indian', 'Middle Eastern']),
  ],
  ['service_test', declared(['True', 'False'])],
])

const IMAGE_COLUMN = 'file'
const REQUIRED = ['race', 'gender', 'age']
const OPTIONAL = 'service_test'

function declared(values: readonly string[], alias?: { from: string; to: string }): DeclaredValues {
  return { values, aliases: new Map(alias === undefined ? [] : [[alias.from, alias.to]]) }
}

/** The layout of a FairFace label file: `file,age,gender,race,service_test` in any order, the last one optional, a column renamed or
 *  added only by the plan's map. Throws DatasetError that lists the header for any other column. */
export function fairFaceLayout(plan: DatasetPlan, table: LabelTable): Layout {
  const image = imageNameOf(mappedColumn(plan, IMAGE) ?? IMAGE_COLUMN, table.header)
  const subject = mappedColumn(plan, SUBJECT)
  const own = REQUIRED.map((name) => ownAttribute(plan, name))
  const service = ownAttribute(plan, OPTIONAL)
  if (table.header.includes(service.column)) own.push(service)
  const added = plan.map
    .filter(({ attribute }) => isAttribute(attribute) && !FAIRFACE_VALUES.has(attribute))
    .map(({ attribute, column }) => ({ name: attribute, column, labelledBy: 'unknown' as const, declared: null }))
  const layout = { image, subject, attributes: [...own, ...added], ...termsOf(plan) }
  refuse('fairface.header', headerFaults(plan, layout, table))
  return layout
}

function ownAttribute(plan: DatasetPlan, name: string): AttributeLayout {
  return {
    name,
    column: mappedColumn(plan, name) ?? name,
    labelledBy: plan.simulated ? 'simulated' : 'annotator',
    declared: FAIRFACE_VALUES.get(name) ?? null,
  }
}

function headerFaults(plan: DatasetPlan, layout: Layout, { header, ...table }: LabelTable): Fault[] {
  const mapped = missingColumns(plan, { header, ...table })
  const mappedNames = new Set(
    plan.map.map(({ attribute, column }) => (attribute === IMAGE ? layout.image.column : column)),
  )
  const needed = [layout.image.column, ...layout.attributes.map(({ column }) => column)]
  const missing = needed
    .filter((column) => !header.includes(column) && !mappedNames.has(column))
    .map((column) => missingColumn(`${plan.labels}:1`, 'header', column, header))
  const allowed = new Set([IMAGE_COLUMN, ...FAIRFACE_VALUES.keys(), ...needed, ...mappedNames])
  const strange = header.filter((column) => !allowed.has(column)).map((column) => strangeColumn(plan, column, header))
  return [...mapped, ...missing, ...strange]
}

function strangeColumn(plan: DatasetPlan, column: string, header: readonly string[]): Fault {
  const absent = [IMAGE_COLUMN, ...FAIRFACE_VALUES.keys()].filter((name) => !header.includes(name))
  const meant = nearestWord(column, absent)
  const otherwise = 'For a file with other columns use --dataset csv and --map attribute=column'
  return fault({
    at: `${plan.labels}:1`,
    field: 'header',
    expected: 'the columns file,age,gender,race,service_test',
    received: `also ${quotedList([column])}`,
    hint: meant === null ? otherwise : `Did you mean ${quoted(meant)}? ${otherwise}`,
  })
}
