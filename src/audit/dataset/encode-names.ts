import { basename } from 'node:path'
import type { AttributeColumn, Warning } from '../types/dataset.js'
import { UNKNOWN } from '../types/groups.js'
import { encodeAttribute, lookAlikes } from './attribute-column.js'
import type { JoinedColumn } from './join-columns.js'
import type { Spellings } from './spellings.js'

/** Turns a column of names of people into codes. Its warnings say on which lines of the file the names stand, never a name. */
export function encodeNames({ at, layout, spellings }: JoinedColumn): {
  readonly column: AttributeColumn
  readonly warnings: readonly Warning[]
} {
  const { column } = encodeAttribute({ ...layout, declared: null }, spellings, { labels: at, unknownValues: 'keep' })
  return { column, warnings: lookAlikeLines(column, spellings, at) }
}

function lookAlikeLines({ name, values }: AttributeColumn, spellings: Spellings, at: string): Warning[] {
  const alike = lookAlikes(values.filter((value) => value !== UNKNOWN))
  if (alike.length === 0) return []
  const lineOf = new Map(spellings.texts.map((text, index) => [text, spellings.firstLine[index]] as const))
  const lines = alike
    .map((group) => group.map((text) => lineOf.get(text) ?? 0).sort((a, b) => a - b))
    .sort(([a], [b]) => a - b)
    .slice(0, 20)
    .map((group) => group.join(' and '))
  const message = `${name}: names that differ only in case or spacing are kept apart, as of different people; in ${basename(at)} they stand on the lines ${lines.join('; ')}`
  return [{ code: 'value.look-alike', count: alike.length, message }]
}
