import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'

/** As many faults as one message prints; a reader stops collecting here, so that a wholly wrong file costs no memory. */
export const MOST_FAULTS = 20

/** A fault whose hint may be absent. */
export function fault(parts: Omit<Fault, 'hint'> & { readonly hint?: string | null }): Fault {
  const { hint, ...rest } = parts
  return hint === undefined || hint === null ? rest : { ...rest, hint }
}

/** Throws all faults of a file together as one DatasetError, if there are any. */
export function refuse(code: string, faults: readonly Fault[]): void {
  if (faults.length > 0) throw new DatasetError(code, faults)
}

const LONGEST_LIST = 40 // a header of a thousand columns helps nobody

/** User words as a list that is safe to print: `"file", "age", "race"`. */
export function quotedList(words: readonly string[]): string {
  const shown = words.slice(0, LONGEST_LIST).map((word) => quoted(word))
  const more = words.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

export function rowsInWords(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}
