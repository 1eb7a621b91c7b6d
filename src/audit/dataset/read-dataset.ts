import { basename } from 'node:path'
import type { AttributeColumn, Dataset, ImagePart, Quarantine } from '../types/dataset.js'
import type { DatasetPlan } from '../types/definitions.js'
import { asPlanned } from './attribute-reading.js'
import { withNamedIntegers } from './containers/bare-integers.js'
import { encodeAttribute } from './attribute-column.js'
import { encodeNames } from './encode-names.js'
import { formatOf } from './formats.js'
import type { Layout } from './layout.js'
import { openJoins, readJoin } from './join-columns.js'
import { locateImages } from './locate-images.js'
import { refuseExcelDays } from './excel-dates.js'
import { collectRows } from './raw-columns.js'
import type { ImagePlace } from './raw-columns.js'
import { refuse } from './refusals.js'
import { findRepeatedRows } from './repeated-rows.js'
import { excludedRows } from './where.js'

/** Reads a label file into columns and finds its images. Every row stays a row: processed, excluded by a filter, or quarantined with a
 *  code. No image is opened. Throws DatasetError for a file that cannot be used as a whole, with all faults of one kind together.
 *  Formats: `formats.ts`. Memory: the image names, paths, and 2 bytes per row and attribute. */
export async function readDataset(plan: DatasetPlan): Promise<Dataset> {
  return (await readDatasetApart(plan, null)).dataset
}

/** The same with the attribute `apart` beside the dataset instead of in it; null, or one that the plan does not map, sets none apart. It names
 *  people: no filter, warning, reason or message quotes it, nor a subject, nor a row as a whole. */
export async function readDatasetApart(
  plan: DatasetPlan,
  apart: string | null,
): Promise<{ readonly dataset: Dataset; readonly identities: AttributeColumn | null }> {
  const format = formatOf(plan)
  const hidesCells = plan.map.some(({ attribute }) => attribute === apart)
  const table = await format.open(plan, hidesCells)
  const { own, joins } = await openJoins(plan, table)
  const layout = format.layout(own, table)
  const raw = await collectRows(table, layout, plan.labels)
  format.refuseDamaged?.(layout, raw, plan.labels)
  refuseExcelDays(layout, raw, plan.labels)

  const joined = []
  for (const join of joins) joined.push(await readJoin(join, raw.images))
  const found = [
    ...layout.attributes.map((one, index) => ({ at: plan.labels, layout: one, spellings: raw.spellings[index] })),
    ...joined.flatMap(({ columns }) => columns),
  ]
  const planned = withNamedIntegers(asPlanned(found.map((column) => column.layout), plan), table, plan) // prettier-ignore
  const all = found.map((column, index) => ({ ...column, layout: planned[index] }))
  const columns = all.filter(({ layout: { name } }) => name !== apart)
  const encoded = columns.map(({ at, layout: column, spellings }) =>
    encodeAttribute(column, spellings, { ...plan, labels: at }),
  )
  refuse(
    'value.unlisted',
    encoded.flatMap(({ faults }) => faults),
  )
  const attributes = encoded.map(({ column }) => column)
  const names = all.filter(({ layout: { name } }) => name === apart).map(encodeNames)
  const identities = names.length === 0 ? null : names[0].column

  const repeated = findRepeatedRows(raw, attributes, plan.labels, identities)
  const filtered = excludedRows(
    plan.where,
    attributes,
    columns.map((column) => column.layout),
  )
  const excluded = new Map([...filtered, ...raw.excluded])
  const unusable = [...repeated.quarantined, ...raw.quarantined]
  const isUnusable = new Set(unusable.map(([row]) => row))
  const isSkipped = (row: number): boolean => excluded.has(row) || isUnusable.has(row)
  const located = await locateImages(plan, raw, isSkipped, repeated.rowOfImage)

  const dataset = {
    id: plan.id,
    crop: plan.crop,
    licence: layout.licence,
    ...permittedUse(plan, layout),
    simulated: plan.simulated,
    sources: [
      ...(table.sources?.() ?? [{ file: basename(plan.labels), sha256: table.sha256(), rows: raw.images.length }]),
      ...joined.map(({ source }) => source),
    ],
    images: raw.images,
    ...(repeated.rowOfImage.size === raw.images.length ? { distinctNames: true as const } : {}),
    paths: located.paths,
    ...(raw.places === null || located.paths === null ? {} : { parts: raw.places.map(partOf) }),
    ...(table.containers === undefined || located.paths === null ? {} : { containers: table.containers() }),
    subjects: raw.subjects,
    attributes,
    excluded,
    quarantined: inRowOrder([...unusable, ...located.quarantined], excluded),
    warnings: [
      ...(format.warnings?.(plan, attributes) ?? []),
      ...(table.warnings?.() ?? []),
      ...[...encoded, ...names].flatMap(({ warnings }) => warnings),
      ...located.warnings,
    ],
  }
  return { dataset, identities }
}

/** What the plan says, else what the format knows. */
function permittedUse({ reading }: DatasetPlan, layout: Layout): Pick<Dataset, 'permittedUse'> {
  const said = reading?.permittedUse ?? layout.permittedUse ?? null
  return said === null ? {} : { permittedUse: said }
}

function partOf(place: ImagePlace | null): ImagePart | null {
  return place === null ? null : { member: place.inside?.member ?? null, box: place.box ?? null }
}

/** A row that a filter leaves out is excluded, whatever else is wrong with it: each row is counted once. */
function inRowOrder(
  quarantined: readonly (readonly [number, Quarantine])[],
  excluded: ReadonlyMap<number, string>,
): Map<number, Quarantine> {
  return new Map(quarantined.filter(([row]) => !excluded.has(row)).sort(([a], [b]) => a - b))
}
