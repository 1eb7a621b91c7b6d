import { escaped, quoted } from '../errors.js'
import { nearestWord } from './nearest-word.js'

/** `a, b or c`: the allowed words of a field, for the "expected" part of a message. */
export function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nothing'
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

/** `Did you mean "labels"?`, or undefined when no allowed word is near. */
export function didYouMean(word: string, allowed: readonly string[]): string | undefined {
  const nearest = nearestWord(word, allowed)
  return nearest === null ? undefined : `Did you mean ${quoted(nearest)}?`
}

/** The form under which two texts count as the same: Unicode NFC, no space at the ends, upper and lower case alike. */
export function folded(text: string): string {
  return text.normalize('NFC').trim().toUpperCase().toLowerCase().normalize('NFC')
}

/** A file name or field as it may be printed on a terminal: as {@link escaped}, nothing cut. */
export function printable(text: string): string {
  return escaped(text)
}
