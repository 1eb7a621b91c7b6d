import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { Facts } from '../types/facts.js'

/** The rule of the product says 95 %, whatever level a policy chose for its verdicts: a wider one would reproduce more. */
const STATUS_ALPHA = 0.05

export type PublishedStatus = {
  readonly status: 'reproduces' | 'differs' | 'not-comparable' | null
  readonly statusReason?: string
}

/** What a run must share with a source before its figures are compared; null with the reason why they never can be. */
export type Comparability = {
  readonly neverComparable: string | null
  readonly conditions: { readonly crop: string; readonly promptsSha256: string } | null
}

/** Whether a published figure is reproduced (published-figures.md, rule of the product): `reproduces` if some value that prints as it lies in
 *  our 95 % interval for the same quantity, `differs` if none does. `range`: all values that would print as the figure, as shares. */
export function statusOfFigure(
  [low, high]: readonly [low: number, high: number],
  ours: { readonly count: number; readonly total: number },
): PublishedStatus {
  if (ours.total === 0) return { status: 'not-comparable', statusReason: 'no images' }
  const own = wilsonInterval(ours, STATUS_ALPHA)
  return { status: high >= own.low && low <= own.high ? 'reproduces' : 'differs' }
}

/** Why the figures of a source are not compared with a run under one label set, or null. */
export function whyNotComparable(facts: Facts, source: Comparability, labelSet: string | null): string | null {
  if (source.neverComparable !== null) return source.neverComparable
  if (source.conditions === null) return null
  const { crop, promptsSha256 } = source.conditions
  const own = facts.labelSets.find(({ id }) => id === labelSet)
  if (own?.promptsSha256 !== promptsSha256) return 'other wording of the prompts'
  if (facts.dataset.crop === crop) return null
  return facts.dataset.crop === null ? 'crop not stated' : 'other crop'
}

/** All values that would print as a percentage: 14.4 is anything from 0.1435 to 0.1445. */
export function printedRange(text: string): readonly [low: number, high: number] {
  const half = 0.5 / 10 ** (text.split('.')[1]?.length ?? 0)
  return [(Number(text) - half) / 100, (Number(text) + half) / 100]
}
