import { FAIRFACE_BANDS } from '../types/age-bands.js'
import type { AttributeReading } from '../types/reading.js'
import { binNames } from './bin-names.js'
import { delimiterOf } from './delimiter.js'
import type { WrittenDataset } from './plan-dataset-schema.js'
import type { ColumnChoice, ReadingSettings } from './plan-settings.js'

type WrittenAttribute = NonNullable<WrittenDataset['attributes']> extends Map<string, infer One> ? One : never

/** Which column holds what, from the three ways to write it: `map`, `columns`, and `column` of an attribute. */
export function writtenMap({ map, columns = {}, attributes }: WrittenDataset): ColumnChoice[] {
  const { image, id, subject, split } = columns
  return [
    ...[...(map ?? [])].map(([attribute, column]) => ({ attribute, column })),
    ...Object.entries({ image, id, subject, split }).flatMap(([attribute, column]) =>
      column === undefined ? [] : [{ attribute, column }],
    ),
    ...[...(attributes ?? [])].flatMap(([attribute, { column }]) => (column === undefined ? [] : [{ attribute, column }])), // prettier-ignore
  ]
}

/** How rows are read, as far as the plan says; undefined where it says nothing. */
export function writtenReading(dataset: WrittenDataset): ReadingSettings | undefined {
  const { attributes, columns, boxUnit, boxPadding, delimiter, encoding, deadZone, skinTone, permittedUse } = dataset
  const read: ReadingSettings = {
    ...(attributes === undefined ? {} : { attributes: [...attributes].flatMap(readingOf) }),
    ...(columns?.box === undefined ? {} : { boxColumns: columns.box }),
    ...(boxUnit === undefined ? {} : { boxUnit }),
    ...(boxPadding === undefined ? {} : { boxPadding }),
    ...(delimiter === undefined ? {} : { delimiter: delimiterOf(delimiter) }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(deadZone === undefined ? {} : { deadZone }),
    ...(skinTone === undefined ? {} : { skinTone }),
    ...(permittedUse === undefined ? {} : { permittedUse }),
  }
  return Object.keys(read).length === 0 ? undefined : read
}

function readingOf([name, written]: readonly [string, WrittenAttribute]): AttributeReading[] {
  const { values, aliases, labelledBy, bins } = written
  if (values === undefined && aliases === undefined && labelledBy === undefined && bins === undefined) return []
  return [
    {
      name,
      ...(values === undefined ? {} : { values }),
      ...(aliases === undefined ? {} : { aliases: [...aliases] }),
      ...(labelledBy === undefined ? {} : { labelledBy }),
      ...(bins === undefined
        ? {}
        : { bins: bins === 'fairface' ? FAIRFACE_BANDS : { edges: bins, names: binNames(bins) } }),
    },
  ]
}
