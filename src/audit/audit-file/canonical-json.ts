const SIGNIFICANT_DIGITS = 12 // beyond this, platforms may differ in the last bits of logarithms and powers
const LONGEST_LINE = 160

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** JSON text with one spelling per value: keys as they stand, integers exact, other numbers at 12 significant digits,
 *  undefined keys left out. Throws TypeError on NaN, Infinity or anything JSON cannot say. */
export function canonicalJson(value: unknown): string {
  return compact(value as Json) // the walk below refuses whatever is not JSON
}

/** The same value laid out for reading: whatever fits in one line of 160 characters stays in one line. */
export function readableJson(value: unknown): string {
  return `${layOut(value as Json, '')}\n`
}

function compact(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') throw new TypeError(`canonicalJson cannot write ${typeof value}`)
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) text += text === '' ? compact(item) : `,${compact(item)}`
    return `[${text}]`
  }
  for (const [key, item] of entriesOf(value)) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${compact(item)}`
  return `{${text}}`
}

function layOut(value: Json, indent: string): string {
  if (value === null || typeof value !== 'object') return compact(value)
  const short = compact(value)
  if (short.length + indent.length <= LONGEST_LINE) return short
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    return `[\n${(value as readonly Json[]).map((item) => inner + layOut(item, inner)).join(',\n')}\n${indent}]`
  }
  const lines = entriesOf(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${layOut(item, inner)}`)
  return `{\n${lines.join(',\n')}\n${indent}}`
}

function entriesOf(value: object): [string, Json][] {
  return Object.entries(value).filter(([, item]) => item !== undefined) as [string, Json][]
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value))
    throw new TypeError(`an audit cannot hold ${value}; undefined numbers are null with a reason`)
  if (Number.isInteger(value)) return String(value === 0 ? 0 : value)
  const shortest = String(value)
  if (shortest.length <= SIGNIFICANT_DIGITS + 1) return shortest // a point, and no more digits than are kept
  return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)))
}
