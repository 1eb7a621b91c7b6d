import type { Contrast } from '../../types/derived.js'
import type { StandardisedEstimate, StandardisedValue } from '../../types/estimates.js'
import type { ReasonCode } from '../../types/verdict.js'
import { countedText } from '../locale.js'
import { designName, groupByName, groupName, outcomeName } from '../names.js'
import { reasonText } from '../reason-text.js'
import type { Words } from '../words.js'

/** Differences of one grouping at an equal mix of other attributes, beside the plain ones: one row per outcome and group. */
export type EqualMixTable = {
  readonly id: string
  readonly summary: string
  readonly caption: string
  readonly outcomes: readonly { readonly outcome: string; readonly rows: readonly EqualMixRow[] }[]
  /** Long tables are closed until they are asked for. */
  readonly isLong: boolean
}

export type EqualMixRow = {
  readonly group: string
  /** "against everyone else" */
  readonly reference: string
  /** Group and reference, in this order; empty where the audit holds no such comparison. */
  readonly counts: readonly string[]
  readonly plain: Figure
  /** Group and reference at an equal mix, in this order; or why there are none. */
  readonly rates: readonly string[]
  readonly difference: Figure
  readonly common: Figure
  readonly same: string
  readonly strata: string
  /** What was left out; empty where nothing was. */
  readonly leftOut: string
}

type Figure = { readonly value: string; readonly interval: string }

const MOST_OPEN_ROWS = 6

/** Every difference at an equal mix, one table per label set, grouping and mix, in the order of the audit. */
export function equalMix(words: Words): readonly EqualMixTable[] {
  const tables = new Map<string, StandardisedEstimate[]>()
  for (const estimate of words.audit.derived.estimates) {
    if (estimate.kind !== 'standardised') continue
    const { probe, evidence, labelSet, groupBy, over } = estimate
    const key = JSON.stringify([probe, evidence, labelSet, groupBy, over])
    const found = tables.get(key)
    if (found === undefined) tables.set(key, [estimate])
    else found.push(estimate)
  }
  return [...tables.values()].flatMap((estimates, i) => table(`m${i}`, estimates, words))
}

function table(id: string, estimates: readonly StandardisedEstimate[], words: Words): EqualMixTable[] {
  const [first] = estimates
  if (first === undefined) return []
  const { locale, numbers } = words
  const slots = {
    groupBy: groupByName(first.groupBy, locale),
    over: groupByName(first.over, locale),
    labelSet: designName(first.evidence ?? '', first.labelSet ?? '', words),
    rows: numbers.count(estimates.length),
  }
  return [
    {
      id,
      summary: countedText(locale, 'equal-mix.summary', estimates.length, slots),
      caption: locale.text('equal-mix.caption', slots),
      outcomes: [...new Set(estimates.map(({ outcome }) => outcome))].map((outcome) => ({
        outcome: outcomeName(outcome, locale),
        rows: estimates.filter((estimate) => estimate.outcome === outcome).map((estimate) => row(estimate, words)),
      })),
      isLong: estimates.length > MOST_OPEN_ROWS,
    },
  ]
}

function row(estimate: StandardisedEstimate, words: Words): EqualMixRow {
  const { locale, numbers, index } = words
  const reference = estimate.reference === null ? locale.text('reference.rest') : groupName(estimate.reference, locale)
  const contrast = index.contrastOf(estimate)
  const { rates, difference, common, commonReason, strata, strataLeftOut, imagesLeftOut } = estimate
  const none = { value: locale.text('table.none'), interval: '' }
  return {
    group: groupName(estimate.group, locale),
    reference: locale.text('equal-mix.against', { reference }),
    counts: (contrast?.sides ?? []).map(({ rate }) => {
      const { count, total } = index.rate(rate)
      return numbers.ofTotal(count, total)
    }),
    plain: contrast === undefined ? none : plainDifference(contrast, words),
    rates: rates === null ? [why(estimate.reason, words)] : rates.map((rate) => rateText(rate, words)),
    difference: difference === null ? none : figure(difference, words),
    common: common === null ? { ...none, value: why(commonReason, words) } : figure(common, words),
    same: same(estimate, words),
    strata: numbers.count(strata),
    leftOut:
      strataLeftOut === 0
        ? ''
        : locale.text('equal-mix.left-out', {
            strata: numbers.count(strataLeftOut),
            images: numbers.images(imagesLeftOut),
          }),
  }
}

/** The plain interval: that at an equal mix is not adjusted either. */
function plainDifference({ difference }: Contrast, words: Words): Figure {
  const { numbers } = words
  const { value, interval, reason } = difference
  if (value === null) return { value: why(reason, words), interval: '' }
  return { value: numbers.points(value), interval: interval === null ? '' : numbers.pointsRange(interval) }
}

function rateText({ value, interval }: StandardisedValue, { numbers, locale }: Words): string {
  return interval === null
    ? numbers.percent(value)
    : locale.text('equal-mix.with-interval', {
        rate: numbers.percent(value),
        interval: numbers.percentRange(interval),
      })
}

function figure({ value, interval, intervalReason }: StandardisedValue, words: Words): Figure {
  const { numbers } = words
  return {
    value: numbers.points(value),
    interval: interval === null ? why(intervalReason, words) : numbers.pointsRange(interval),
  }
}

function same({ sameInAllStrata }: StandardisedEstimate, words: Words): string {
  const { p, reason } = sameInAllStrata ?? { p: null }
  return p === null ? why(reason, words) : words.numbers.pValue(p)
}

function why(reason: ReasonCode | undefined, words: Words): string {
  return reasonText(reason, 'equal-mix', words)
}
