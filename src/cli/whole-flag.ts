import { DefinitionError, quoted } from '../audit/errors.js'

/** The value of a flag that is a whole number, `least` or more, and at most `most`. `of`, after the number, says of what. Throws DefinitionError. */
export function wholeFlag(
  field: string,
  text: string,
  least = 0,
  { most = Number.MAX_SAFE_INTEGER, of = '' }: { readonly most?: number; readonly of?: string } = {},
): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  const range = most === Number.MAX_SAFE_INTEGER ? `, ${least} or more` : ` from ${least} to ${most}`
  const expected = `a whole number${of}${range}`
  throw new DefinitionError('flag.number', { at: 'command line', field, expected, received: quoted(text) })
}

/** The value of a flag that is a whole number from 1 to 4096; undefined where it was not given. Throws DefinitionError. */
export function upTo4096(field: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : wholeFlag(field, text, 1, { most: 4096 })
}
