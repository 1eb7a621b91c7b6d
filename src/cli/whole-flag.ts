import { DefinitionError, quoted } from '../audit/errors.js'

/** The value of a flag that is a whole number, `least` or more. Throws DefinitionError. */
export function wholeFlag(field: string, text: string, least = 0): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
  const expected = `a whole number, ${least} or more`
  throw new DefinitionError('flag.number', { at: 'command line', field, expected, received: quoted(text) })
}
