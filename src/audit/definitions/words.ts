import { quoted } from '../errors.js'
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

/** A file name or field as it may be printed on a terminal: control and direction characters escaped, nothing cut. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must not reach a terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
