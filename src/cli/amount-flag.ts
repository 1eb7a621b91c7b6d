import { DefinitionError, quoted } from '../audit/errors.js'

/** The value of a flag that is an amount of money, 0 or more. Throws DefinitionError. */
export function amountFlag(field: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text))) return Number(text)
  const expected = 'an amount such as 1.20, 0 or more'
  throw new DefinitionError('flag.number', { at: 'command line', field, expected, received: quoted(text) })
}
