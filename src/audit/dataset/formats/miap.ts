import type { DatasetPlan } from '../../types/definitions.js'
import { UNKNOWN } from '../../types/groups.js'
import { boxNumbers, boxOf, paddingOf, type WrittenBox } from '../boxes.js'
import { withComputed, type RowRule } from '../computed-columns.js'
import { openCsv } from '../csv.js'
import { missingColumn } from '../label-table.js'
import type { LabelTable } from '../label-table.js'
import type { AttributeLayout, Layout } from '../layout.js'
import { refuse } from '../refusals.js'
import { declaredAttribute, namedLayout } from './named-layout.js'

const ID = 'ImageID'
const PERSON = '/m/01g317' // the class "person" of Open Images
const [GENDER, AGE] = ['GenderPresentation', 'AgePresentation']
const COLUMNS = [ID, 'XMin', 'XMax', 'YMin', 'YMax', 'LabelName', 'IsGroupOf', 'IsDepictionOf']
const HINT = 'Name open_images_extended_miap_boxes_val.csv, or that of another split, with --labels.'

/** open_images_extended_miap_boxes_*.csv: one row per box. The picture of a row is its box, its name `ImageID.jpg#1`, `#2`, ... in the order of the
 *  file. Boxes of groups and of depictions are left out, and counted. Throws DatasetError. */
export async function openMiap(plan: DatasetPlan): Promise<LabelTable> {
  const table = await openCsv(plan.labels, plan.reading)
  refuse('dataset.header', COLUMNS.filter((column) => !table.header.includes(column)).map((column) => ({ ...missingColumn(`${plan.labels}:1`, 'header', column, table.header), hint: HINT }))) // prettier-ignore
  return withComputed(table, [], boxRule(plan, table))
}

/** Rows have no number of their own: two of one box that say different things are two people. */
function boxRule(plan: DatasetPlan, { header }: LabelTable): RowRule {
  const padding = paddingOf(plan)
  const number = boxNumbers()
  return {
    from: [...COLUMNS, ...[GENDER, AGE].filter((column) => header.includes(column))],
    of: ([image, left, right, top, bottom, ...said]) => {
      const written: WrittenBox = [left, top, between(left, right), between(top, bottom)]
      const part = number(image, [left, right, top, bottom], said)
      const excluded = whyLeftOut(said[0], said[1], said[2])
      return { part, ...boxOf(written, 'share', padding), ...(excluded === null ? {} : { excluded }) }
    },
  }
}

function whyLeftOut(label: string, isGroup: string, isDepiction: string): string | null {
  if (isGroup === '1') return 'IsGroupOf: more people than one in the box'
  if (isDepiction === '1') return 'IsDepictionOf: a drawing or a statue, say'
  return label === PERSON ? null : 'LabelName: not a person'
}

/** '' where an end is no number, which is no box. */
function between(from: string, to: string): string {
  const width = Number(to) - Number(from)
  return from === '' || to === '' || Number.isNaN(width) ? '' : String(width)
}

/** The layout of MIAP: gender presentation and age presentation as annotators perceived them; the photo as subject. */
export function miapLayout(plan: DatasetPlan, table: LabelTable): Layout {
  const seen = (name: string, column: string, values: readonly string[], note: string): AttributeLayout => ({
    ...declaredAttribute(name, values, { labelledBy: 'annotator', note, aliases: new Map([['Unknown', UNKNOWN]]) }),
    column,
  })
  return namedLayout(plan, table, {
    image: `{${ID}}.jpg`,
    subject: ID,
    attributes: [
      seen('gender', GENDER, ['Predominantly Feminine', 'Predominantly Masculine'], 'gender presentation'),
      seen('age', AGE, ['Young', 'Middle', 'Older'], 'age presentation'),
    ],
    labelledBy: 'annotator',
    hint: HINT,
  })
}
