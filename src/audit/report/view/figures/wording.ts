import type { Wording } from '../../../types/figures.js'
import { printable } from '../../names.js'
import type { Words } from '../../words.js'

/** A sentence with its slots filled: how a number is written follows from the name of its slot. Throws where the locale lacks it. */
export function worded({ id, values }: Wording, { locale, numbers }: Words): string {
  const slots = values.map(
    ([slot, value]) => [slot, typeof value === 'string' ? printable(value) : number(slot, value)] as const,
  )
  return locale.text(id, Object.fromEntries(slots))

  function number(slot: string, value: number): string {
    if (slot.endsWith('Share')) return numbers.percent(value)
    if (slot.endsWith('P')) return numbers.pValue(value)
    return Number.isInteger(value) ? numbers.count(value) : numbers.significant(value)
  }
}
