import { DefinitionError, quoted } from '../audit/errors.js'
import type { NumberAsked } from '../audit/types/pace.js'

/** The value of a flag that is a whole number, `least` or more, and at most `most`. `of`, after the number, says of what; `or`, at the end, what else
 *  would have been taken. Throws DefinitionError. */
export function wholeFlag(
  field: string,
  text: string,
  least = 0,
  { most = Number.MAX_SAFE_INTEGER, of = '', or = '' }: { readonly most?: number; readonly of?: string; readonly or?: string } = {}, // prettier-ignore
): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  const range = most === Number.MAX_SAFE_INTEGER ? `, ${least} or more` : ` from ${least} to ${most}`
  const expected = `a whole number${of}${range}${or}`
  throw new DefinitionError('flag.number', { at: 'command line', field, expected, received: quoted(text) })
}

/** The value of a flag that is a whole number from 1 to 4096, or `auto`; undefined where it was not given. Throws DefinitionError. */
export function upTo4096OrAuto(field: string, text: string | undefined): NumberAsked | undefined {
  return text === undefined || text === 'auto' ? text : wholeFlag(field, text, 1, { most: 4096, or: ', or auto' })
}
