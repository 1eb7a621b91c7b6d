import type { ReasonCode } from '../types/verdict.js'
import type { Words } from './words.js'

/** Why a number is not there, in words. A part of the report may word a reason in its own way, under `<part>.reasons`. */
export function reasonText(
  reason: ReasonCode | undefined,
  part: 'spread' | 'equal-mix' | 'figures',
  { locale }: Words,
): string {
  if (reason === undefined) return locale.text('table.none')
  const own = `${part}.reasons.${reason}`
  return locale.text(locale.has(own) ? own : `reasons.${reason}`)
}
