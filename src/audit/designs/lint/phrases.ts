import { quoted } from '../../errors.js'

const MOST_LISTED = 6 // more names than this are not read

/** `a, b and c`; of many the first six and how many more. */
export function listed(items: readonly string[]): string {
  if (items.length > MOST_LISTED + 1)
    return `${items.slice(0, MOST_LISTED).join(', ')} and ${items.length - MOST_LISTED} more`
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`
}

/** Texts of labels or templates in quotation marks, as {@link listed} lists them. */
export function listedTexts(texts: readonly string[]): string {
  return listed(texts.map((text) => quoted(text)))
}

/** `1 label`, `1,356 images`. */
export function counted(count: number, noun: string): string {
  return `${withCommas(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `the only harmless label`, `both harmful labels`, `all 14 harmless labels`. */
export function allOf(count: number, noun: string): string {
  if (count === 1) return `the only ${noun}`
  return count === 2 ? `both ${noun}s` : `all ${withCommas(count)} ${noun}s`
}

/** A sentence begins with a capital letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function withCommas(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
