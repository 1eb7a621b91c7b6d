import type { Wording } from '../../../types/figures.js'
import { shownLabel } from '../../label-codes.js'
import { printable } from '../../names.js'
import type { Words } from '../../words.js'

const LABEL_SLOTS: ReadonlySet<string> = new Set(['label', 'query'])

/** A sentence with its slots filled: how a number is written follows from the name of its slot. Throws where the locale lacks it. */
export function worded({ id, values }: Wording, words: Words): string {
  const { locale, numbers } = words
  const slots = values.map(
    ([slot, value]) => [slot, typeof value === 'string' ? text(slot, value) : number(slot, value)] as const,
  )
  return locale.text(id, Object.fromEntries(slots))

  function text(slot: string, value: string): string {
    return LABEL_SLOTS.has(slot) ? shownLabel(value, words) : printable(value)
  }

  function number(slot: string, value: number): string {
    if (slot.endsWith('Share')) return numbers.percent(value)
    if (slot.endsWith('P')) return numbers.pValue(value)
    return Number.isInteger(value) ? numbers.count(value) : numbers.significant(value)
  }
}
