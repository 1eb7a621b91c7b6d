import { quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import { didYouMean } from '../definitions/nearest-word.js'
import type { DatasetPlan } from '../types/definitions.js'
import { UNKNOWN } from '../types/groups.js'
import type { AttributeReading } from '../types/reading.js'
import type { AttributeLayout } from './layout.js'
import { fault, quotedList, refuse } from './refusals.js'

/** Columns as their format lays them out, with what the plan says of an attribute over it. Throws DatasetError for an attribute that the dataset
 *  does not have, and for an alias of a value that it cannot have. */
export function asPlanned(layouts: readonly AttributeLayout[], plan: DatasetPlan): AttributeLayout[] {
  const readings = plan.reading?.attributes ?? []
  const planned = layouts.map((layout) => {
    const reading = readings.find(({ name }) => name === layout.name)
    return reading === undefined ? layout : withReading(layout, reading, plan)
  })
  const names = layouts.map(({ name }) => name)
  refuse('dataset.attributes', [
    ...readings.filter(({ name }) => !names.includes(name)).map(({ name }) => unknownAttribute(name, names, plan)),
    ...readings.flatMap((reading) => aliasFaults(reading, planned, plan)),
  ])
  return planned
}

function withReading(layout: AttributeLayout, reading: AttributeReading, plan: DatasetPlan): AttributeLayout {
  const { values, aliases = [], bins, labelledBy } = reading
  const declared = values === undefined ? layout.declared : { values, aliases: new Map<string, string>() }
  const { bins: bands, ...rest } = layout
  return {
    ...rest,
    ...(bands === undefined || values !== undefined ? {} : { bins: bands }),
    declared,
    labelledBy: plan.simulated ? layout.labelledBy : (labelledBy ?? layout.labelledBy),
    ...(bins === undefined ? {} : { bins }),
    ...(aliases.length === 0 ? {} : { aliases: new Map([...(layout.aliases ?? []), ...aliases]) }),
  }
}

function unknownAttribute(name: string, names: readonly string[], plan: DatasetPlan): Fault {
  return fault({
    at: plan.labels,
    field: `attributes ${quoted(name)}`,
    expected: `an attribute of the dataset (${quotedList(names)})`,
    received: quoted(name),
    hint: didYouMean(name, names) ?? 'Give it a column: under attributes, with column:',
  })
}

/** Where the values are known, an alias of another one is a slip of the pen. */
function aliasFaults(
  { name, aliases = [] }: AttributeReading,
  layouts: readonly AttributeLayout[],
  plan: DatasetPlan,
): Fault[] {
  // prettier-ignore
  const layout = layouts.find((one) => one.name === name)
  const declared = layout?.declared ?? null
  if (declared === null || layout?.bins !== undefined) return []
  const isValue = (text: string): boolean => text === UNKNOWN || declared.values.includes(text)
  return aliases.flatMap(([from, to]) =>
    isValue(declared.aliases.get(to) ?? to)
      ? []
      : [
          fault({
            at: plan.labels,
            field: `attributes ${quoted(name)}: aliases ${quoted(from)}`,
            expected: `one of ${quotedList(declared.values)}`,
            received: quoted(to),
            hint: didYouMean(to, declared.values),
          }),
        ],
  )
}
