const SIGNIFICANT_DIGITS = 12 // beyond this, platforms may differ in the last bits of logarithms and powers
const LONGEST_LINE = 160

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** JSON text with one spelling per value: keys as they stand, integers exact, other numbers at 12 significant digits,
 *  undefined keys left out. Throws TypeError on NaN, Infinity or anything JSON cannot say. */
export function canonicalJson(value: unknown): string {
  return isSpelledAlike(value) ? JSON.stringify(value) : compact(value as Json) // the walk below refuses whatever is not JSON
}

/** The same value laid out for reading: whatever fits in one line of 160 characters stays in one line. */
export function readableJson(value: unknown): string {
  return `${layOut(value as Json, '')}\n`
}

/** Whether JSON.stringify, which is several times faster, writes a value as it is written here: as it does a saved audit, whose numbers were
 *  rounded when it was written. */
function isSpelledAlike(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) || (Number.isFinite(value) && isRounded(value))
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value !== 'object' || 'toJSON' in value) return false
  if (Array.isArray(value)) {
    for (const item of value) if (!isSpelledAlike(item)) return false // every() passes over holes
    return true
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false // a boxed text, for one, is written as a text
  return Object.values(value).every((item) => item === undefined || isSpelledAlike(item))
}

/** The length of its shortest spelling shows it of most numbers. */
function isRounded(value: number): boolean {
  const notDigits = 1 + (value < 0 ? 1 : 0) + (Math.abs(value) < 1 ? 1 : 0) // the point, the sign, the zero before the point
  return (
    String(value).length <= SIGNIFICANT_DIGITS + notDigits || Number(value.toPrecision(SIGNIFICANT_DIGITS)) === value
  )
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
