import type { ShrunkenEstimate } from '../../types/estimates.js'
import type { Words } from '../words.js'

/** Steadied rates of one table, by the id of the raw rate, and the sentence that says what they are. */
export type Steadied = {
  readonly note: string
  readonly rates: ReadonlyMap<string, { readonly rate: string; readonly interval: string }>
}

/** Steadied rates in words; no rates and no note where the audit has no estimate. */
export function steadied(estimate: ShrunkenEstimate | undefined, { locale, numbers }: Words): Steadied {
  if (estimate === undefined) return { note: '', rates: new Map() }
  const { mean, strength, complete, reason } = estimate
  if (mean === null || strength === null) {
    const why = reason === undefined ? locale.text('numbers.not-defined') : locale.text(`reasons.${reason}`)
    return { note: locale.text('steadied.none', { reason: why }), rates: new Map() }
  }
  return {
    note: locale.text(complete === true ? 'steadied.complete' : 'steadied.note', {
      mean: numbers.percent(mean),
      strength: numbers.count(strength),
    }),
    rates: new Map(
      estimate.rates.map(({ rate, value, interval }) => [
        rate,
        { rate: numbers.percent(value), interval: numbers.percentRange(interval) },
      ]),
    ),
  }
}
