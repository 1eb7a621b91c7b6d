import { quoted, type Fault } from '../errors.js'
import type { DatasetFormat } from '../types/definitions.js'
import type { Reading } from '../types/reading.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { ColumnChoice, PlanSettings, ReadingSettings } from './plan-settings.js'
import { oneOf } from './words.js'

/** A name in a map that is no attribute but the box of a person: `box=left,top,width,height`. */
const BOX = 'box'
const SIDES = 4

/** The map of a plan without its box, and how rows are read as far as the plan says. Adds a fault for a box that is not four columns, and for what the
 *  format has no use for. */
export function planReading(
  { map = [], reading = {} }: Pick<PlanSettings, 'map' | 'reading'>,
  format: DatasetFormat | undefined,
  faults: Fault[],
): { readonly map: readonly ColumnChoice[]; readonly reading?: Reading } {
  const inMap = map.find(({ attribute }) => attribute === BOX)?.column.split(',')
  const { boxUnit = 'pixel', boxColumns: columns = inMap, ...rest } = reading
  if (columns !== undefined && columns.length !== SIDES) faults.push(notFour(columns))
  faults.push(...uselessFaults(reading, columns, format))
  const read: Reading = {
    ...rest,
    ...(columns === undefined ? {} : { box: { columns, unit: boxUnit } }),
  }
  const others = map.filter(({ attribute }) => attribute !== BOX)
  return Object.keys(read).length === 0 ? { map: others } : { map: others, reading: read }
}

function notFour(columns: readonly string[]): Fault {
  return {
    at: COMMAND_LINE,
    field: '--map box',
    expected: 'four columns: left, top, width, height',
    received: columns.map((column) => quoted(column)).join(', '),
    hint: 'Write for example --map box=x,y,w,h',
  }
}

/** What only some formats can do something with: [key, formats]. */
const ONLY: readonly (readonly [key: keyof ReadingSettings, formats: readonly DatasetFormat[]])[] = [
  ['boxColumns', ['csv', 'jsonl']],
  ['boxUnit', ['csv', 'jsonl']],
  ['boxPadding', ['csv', 'jsonl', 'facet', 'miap']],
  ['deadZone', ['lfw']],
  ['skinTone', ['facet']],
]

function uselessFaults(
  reading: ReadingSettings,
  columns: readonly string[] | undefined,
  format: DatasetFormat | undefined,
): Fault[] {
  if (format === undefined) return []
  const given = { ...reading, ...(columns === undefined ? {} : { boxColumns: columns }) }
  return ONLY.filter(([key, formats]) => given[key] !== undefined && !formats.includes(format)).map(
    ([key, formats]) => ({
      at: COMMAND_LINE,
      field: `dataset.${key === 'boxColumns' ? 'columns.box' : key}`,
      expected: `the format ${oneOf(formats)}, which can do something with it`,
      received: quoted(format),
      hint: 'Leave it out.',
    }),
  )
}
