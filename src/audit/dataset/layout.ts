import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { LabelledBy } from '../types/dataset.js'
import type { DatasetPlan } from '../types/definitions.js'
import type { Bins } from '../types/reading.js'
import { missingColumn } from './label-table.js'
import type { LabelTable } from './label-table.js'
import { imageNameOf, type ImageName } from './image-name.js'
import { fault, quotedList, refuse } from './refusals.js'

/** Values that a dataset declares, in its own order, and other spellings in circulation that mean the same. */
export type DeclaredValues = { readonly values: readonly string[]; readonly aliases: ReadonlyMap<string, string> }

/** Where one attribute stands in the label file; `declared` is null when the file itself says which values there are. */
export type AttributeLayout = {
  readonly name: string
  readonly column: string
  readonly labelledBy: LabelledBy
  readonly declared: DeclaredValues | null
  /** Other spellings that are taken as another cell before anything else. */
  readonly aliases?: ReadonlyMap<string, string>
  /** Cells are numbers, and these bands are the values. */
  readonly bins?: Bins
  /** How its values come about, where that is not told by who labelled it. */
  readonly note?: string
}

/** Which column of a label file holds what. */
export type Layout = {
  readonly image: ImageName
  readonly subject: string | null
  readonly attributes: readonly AttributeLayout[]
  readonly licence: string | null
  /** What the dataset may be used for, in a sentence. Absent or null: not stated. */
  readonly permittedUse?: string | null
}

/** Attributes of this name in a map are not attributes but the columns of the image, of the row's id and of the subject. */
export const IMAGE = 'image'
export const ID = 'id'
export const SUBJECT = 'subject'
const RESERVED = [IMAGE, ID, SUBJECT]

/** Whether a name in a map is that of an attribute. */
export function isAttribute(name: string): boolean {
  return !RESERVED.includes(name)
}

const USUAL_IMAGE_COLUMNS = ['image', 'file', 'file_name']

/** Reads the columns of a generic CSV or JSONL file from the plan's map. Nothing is guessed from a name, but for an image column
 *  called exactly image, file or file_name. Throws DatasetError that lists the header. */
export function mappedLayout(plan: DatasetPlan, table: LabelTable): Layout {
  const attributes = plan.map.filter(({ attribute }) => isAttribute(attribute))
  const faults: Fault[] = []
  if (attributes.length === 0) faults.push(nothingMapped(plan, table.header))
  faults.push(...missingColumns(plan, table))
  refuse('dataset.map', faults)
  const image = imageNameIn(plan, table.header)
  return {
    image,
    // people in one photo are not independent of each other
    subject: mappedColumn(plan, SUBJECT) ?? (plan.reading?.box === undefined ? null : image.column),
    attributes: attributes.map(({ attribute, column }) => ({
      name: attribute,
      column,
      labelledBy: plan.simulated ? 'simulated' : 'unknown',
      declared: null,
    })),
    licence: plan.licence,
  }
}

function imageNameIn(plan: DatasetPlan, header: readonly string[]): ImageName {
  return imageNameOf(mappedColumn(plan, IMAGE) ?? usualImageColumn(plan, header), header)
}

/** The column that image names are made from. */
export function imageCellOf(plan: DatasetPlan, header: readonly string[]): string {
  return imageNameIn(plan, header).column
}

/** The column that the plan maps to an attribute, or null. Throws DatasetError when it maps two. */
export function mappedColumn(plan: DatasetPlan, attribute: string): string | null {
  const columns = plan.map.filter((entry) => entry.attribute === attribute).map(({ column }) => column)
  if (columns.length < 2) return columns[0] ?? null
  throw new DatasetError('dataset.map', {
    at: plan.labels,
    field: 'map',
    expected: `one column for ${quoted(attribute)}`,
    received: quotedList(columns),
  })
}

/** A fault for every mapped column that the table lacks. */
export function missingColumns(plan: DatasetPlan, table: LabelTable): Fault[] {
  if (!table.headerIsComplete) return []
  for (const { attribute } of plan.map) mappedColumn(plan, attribute)
  return plan.map
    .map(({ attribute, column }) => ({
      attribute,
      column: attribute === IMAGE ? imageNameOf(column, table.header).column : column,
    }))
    .filter(({ column }) => !table.header.includes(column))
    .map(({ attribute, column }) => missingColumn(plan.labels, `map ${quoted(attribute)}`, column, table.header))
}

function nothingMapped(plan: DatasetPlan, header: readonly string[]): Fault {
  return fault({
    at: plan.labels,
    field: 'map',
    expected: 'at least one attribute mapped to a column',
    received: 'none',
    hint: `Add for example --map race=COLUMN; the columns are ${quotedList(header)}`,
  })
}

function usualImageColumn(plan: DatasetPlan, header: readonly string[]): string {
  const found = USUAL_IMAGE_COLUMNS.filter((column) => header.includes(column))
  if (found.length === 1) return found[0]
  throw new DatasetError('dataset.map', {
    at: plan.labels,
    field: 'map "image"',
    expected: 'one column called image, file or file_name',
    received: `the columns ${quotedList(header)}`,
    hint: 'Name the column of the image files with --map image=COLUMN',
  })
}
