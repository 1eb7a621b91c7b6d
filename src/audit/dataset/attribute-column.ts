import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { AttributeColumn, Warning } from '../types/dataset.js'
import { UNKNOWN } from '../types/groups.js'
import { binOf } from './attribute-bins.js'
import type { AttributeLayout } from './layout.js'
import { nearestWord } from '../definitions/nearest-word.js'
import type { Spellings } from './spellings.js'
import { fault, quotedList, rowsInWords } from './refusals.js'

export type EncodedAttribute = {
  readonly column: AttributeColumn
  readonly faults: readonly Fault[]
  readonly warnings: readonly Warning[]
}

/** Cells that say nothing about the person. */
const UNKNOWN_SPELLINGS = new Set(['', 'N/A', 'n/a', UNKNOWN])
/** An answer that is respected: counted as unknown, but named in a warning with its own spelling. */
const NOT_SAID = 'prefer not to say'

/** Turns the spellings of one column into an attribute. Declared values and bands of numbers keep their own order, others come in byte order, so
 *  that the order of the rows moves nothing; `unknown` comes last, and only where it occurs. A value outside a declared list, or what is no number
 *  where numbers are banded, is a fault, or `unknown` with a warning when the plan keeps unknown values. Nothing is trimmed or case-folded. */
export function encodeAttribute(
  layout: AttributeLayout,
  spellings: Spellings,
  plan: { readonly labels: string; readonly unknownValues: 'refuse' | 'keep' },
): EncodedAttribute {
  const meanings = spellings.texts.map((text) => meaningOf(text, layout))
  const unlisted = indicesWhere(meanings, (meaning) => meaning === null)
  const keep = plan.unknownValues === 'keep'
  const values = valuesOf(meanings, layout)
  if (values.length > MOST_VALUES) throw tooManyValues(layout, values.length, plan.labels)
  const codeOf = new Map(values.map((value, code) => [value, code] as const))
  const codeOfSpelling = meanings.map((meaning) => codeOf.get(meaning ?? UNKNOWN) ?? 0)
  return {
    column: {
      name: layout.name,
      values,
      codes: codesOf(spellings, codeOfSpelling),
      labelledBy: layout.labelledBy,
      ...readAs(layout, spellings, meanings),
    },
    faults: keep ? [] : unlisted.map((index) => unlistedFault(layout, spellings, index, plan.labels)),
    warnings: [
      ...(keep ? keptWarning(layout.name, spellings, unlisted) : []),
      ...notSaidWarning(layout.name, spellings),
      ...lookAlikeWarning(layout, values),
    ],
  }
}

/** The value that a cell means, or null when a declared list does not have it. */
function meaningOf(cell: string, { aliases, bins, declared }: AttributeLayout): string | null {
  const text = aliases?.get(cell) ?? cell
  if (UNKNOWN_SPELLINGS.has(text) || text === NOT_SAID) return UNKNOWN
  if (bins !== undefined) return binOf(text, bins)
  if (declared === null) return text
  if (declared.values.includes(text)) return text
  return declared.aliases.get(text) ?? null
}

function codesOf({ codes }: Spellings, codeOfSpelling: readonly number[]): Uint16Array {
  const found = new Uint16Array(codes.length)
  for (let row = 0; row < found.length; row++) found[row] = codeOfSpelling[codes[row]]
  return found
}

/** What a reader must know to find the values in the label file: other spellings that were met, bands of numbers, how values came about. */
function readAs(
  { aliases, bins, declared, note }: AttributeLayout,
  { texts, rows }: Spellings,
  meanings: readonly (string | null)[],
): Pick<AttributeColumn, 'aliases' | 'bins' | 'note'> {
  const met = texts.flatMap((text, index) => {
    const isAlias = aliases?.has(text) === true || (bins === undefined && declared?.aliases.has(text) === true)
    return isAlias ? [[text, meanings[index] ?? UNKNOWN, rows[index]] as const] : []
  })
  return {
    ...(met.length === 0 ? {} : { aliases: sortedByBytes(met, ([text]) => text) }),
    ...(bins === undefined ? {} : { bins: bins.edges }),
    ...(note === undefined ? {} : { note }),
  }
}

function valuesOf(meanings: readonly (string | null)[], { bins, declared }: AttributeLayout): string[] {
  const found = new Set(meanings.map((meaning) => meaning ?? UNKNOWN))
  const inFile = [...found].filter((value) => value !== UNKNOWN)
  const known = bins?.names ?? declared?.values ?? sortedByBytes(inFile, (value) => value)
  return found.has(UNKNOWN) ? [...known, UNKNOWN] : [...known]
}

/** Order of the UTF-8 bytes: the same on every machine and in every locale. */
function sortedByBytes<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, bytes: Buffer.from(textOf(item)) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ item }) => item)
}

const MOST_VALUES = 65_535 // codes are 16 bits wide

function tooManyValues(layout: AttributeLayout, values: number, at: string): DatasetError {
  return new DatasetError('value.too-many', {
    at,
    field: layout.name,
    expected: `at most ${MOST_VALUES} values`,
    received: `${values} in the column ${quoted(layout.column)}`,
    hint: 'A column of ids or measurements is not an attribute; map a column of groups',
  })
}

function unlistedFault(layout: AttributeLayout, spellings: Spellings, index: number, labels: string): Fault {
  const text = spellings.texts[index]
  const { bins, declared } = layout
  const values = bins === undefined ? [...(layout.aliases?.keys() ?? []), ...(declared?.values ?? [])] : []
  const meant = nearestWord(text, values)
  const keep = 'set unknownValues to keep, to count it as unknown'
  return fault({
    at: `${labels}:${spellings.firstLine[index]}`,
    field: layout.name,
    expected: bins === undefined ? `one of ${quotedList(values)}` : `a number from ${bins.edges[0]} on`,
    received: `${quoted(text)} (${rowsInWords(spellings.rows[index])})`,
    hint: meant === null ? `Correct it, or ${keep}` : `Did you mean ${quoted(meant)}? Correct it, or ${keep}`,
  })
}

function keptWarning(name: string, spellings: Spellings, unlisted: readonly number[]): Warning[] {
  if (unlisted.length === 0) return []
  const count = unlisted.reduce((sum, index) => sum + spellings.rows[index], 0)
  const named = unlisted
    .map((index) => `${quoted(spellings.texts[index])} (${rowsInWords(spellings.rows[index])})`)
    .sort()
  const message = `${name}: values outside the dataset's list are counted as unknown: ${named.slice(0, 20).join(', ')}`
  return [{ code: 'value.unlisted', count, message }]
}

function notSaidWarning(name: string, spellings: Spellings): Warning[] {
  const index = spellings.texts.indexOf(NOT_SAID)
  if (index < 0) return []
  const message = `${name}: "${NOT_SAID}" is counted as unknown`
  return [{ code: 'value.prefer-not-to-say', count: spellings.rows[index], message }]
}

/** Without a declared list "black " is a group of its own; whoever reads the report must know that it stands beside "black". */
function lookAlikeWarning({ name, declared, bins }: AttributeLayout, values: readonly string[]): Warning[] {
  if (declared !== null || bins !== undefined) return []
  const alike = lookAlikes(values)
  if (alike.length === 0) return []
  const named = alike.slice(0, 20).map((group) => group.map((value) => quoted(value)).join(' and '))
  const message = `${name}: values that differ only in case or spacing are kept apart: ${named.join('; ')}`
  return [{ code: 'value.look-alike', count: alike.length, message }]
}

/** Values that differ only in case, in spacing at their ends or in Unicode form, together. */
export function lookAlikes(values: readonly string[]): string[][] {
  const byFold = new Map<string, string[]>()
  for (const value of values) {
    const folded = value.normalize('NFC').trim().toLowerCase()
    byFold.set(folded, [...(byFold.get(folded) ?? []), value])
  }
  return [...byFold.values()].filter((group) => group.length > 1)
}

function indicesWhere<T>(items: readonly T[], holds: (item: T) => boolean): number[] {
  return items.flatMap((item, index) => (holds(item) ? [index] : []))
}
