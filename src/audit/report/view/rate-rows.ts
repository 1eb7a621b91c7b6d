import type { Comparison, Contrast, RateRecord } from '../../types/derived.js'
import { groupName, referenceName } from '../names.js'
import { findingTexts } from '../sentences.js'
import {
  severityView,
  verdictOfContrast,
  verdictOfRate,
  type SeverityView,
  type VerdictView,
} from '../verdict-words.js'
import type { Words } from '../words.js'
import { detectableSentence, labelErrors, type LabelErrorsView } from './label-errors.js'
import type { Steadied } from './steadied.js'

/** One group's row: what a table prints, and under `drawn` the bare numbers that a chart places on its scale. */
export type RateRow = {
  readonly group: string
  readonly counts: string
  /** How many subjects these images show; empty where images are taken as independent. */
  readonly subjects: string
  readonly rate: string
  readonly interval: string
  /** The rate drawn towards the mean of the table's groups, with its interval; empty where there is none. */
  readonly steadied: string
  readonly steadiedInterval: string
  readonly reference: string
  readonly referenceCounts: string
  readonly referenceRate: string
  readonly referenceInterval: string
  readonly difference: string
  readonly differenceRange: string
  readonly ratio: string
  readonly ratioRange: string
  readonly detectable: string
  readonly p: string
  /** The p adjusted within the family, always exploratory; empty where there is none. */
  readonly q: string
  readonly labelErrors: LabelErrorsView
  readonly verdict: VerdictView
  readonly severity: SeverityView
  /** What the verdict rests on, or why there is none, in one short sentence. */
  readonly note: string
  /** The finding in whole sentences, with what would change it and what could have been found; empty when there is no contrast. */
  readonly sentence: string
  readonly drawn: Drawn
}

export type Drawn = {
  readonly rate: number | null
  readonly interval: readonly [number, number] | null
  readonly referenceRate: number | null
  readonly referenceInterval: readonly [number, number] | null
  readonly margins: readonly [number, number] | null
  /** Smallest true rate that would probably have been found. */
  readonly detectableRate: number | null
}

/** Rows of one outcome under one `groupBy`, in the order of the audit: one per contrast, and one for every group that has none
 *  (a value that is not known, or the group that the others are compared with). */
export function rateRows(
  rates: readonly RateRecord[],
  words: Words,
  steadiedRates: Steadied['rates'] = new Map(),
): RateRow[] {
  return rates.flatMap((rate) => {
    const contrasts = words.index.contrastsOfRate(rate.id)
    const cells = { ...rateCells(rate, words), ...steadiedCells(rate, steadiedRates, words) }
    return contrasts.length === 0
      ? [{ ...cells, ...cellsWithoutContrast(rate, words) }]
      : contrasts.map((contrast) => ({ ...cells, ...contrastCells(rate, contrast, words) }))
  })
}

type RateCells = Pick<RateRow, 'group' | 'counts' | 'subjects' | 'rate' | 'interval'>
type SteadiedCells = Pick<RateRow, 'steadied' | 'steadiedInterval'>
type ContrastCells = Omit<RateRow, keyof RateCells | keyof SteadiedCells>

function contrastCells(rate: RateRecord, contrast: Contrast, words: Words): ContrastCells {
  const { index, locale, numbers } = words
  const reference = index.rate(contrast.sides[1].rate)
  const finding = index.findingOf(contrast.id)
  const texts = finding === undefined ? null : findingTexts(finding, words)
  const errors = labelErrors(contrast, words)
  return {
    reference: referenceName(contrast.sides[1], locale),
    referenceCounts: numbers.ofTotal(reference.count, reference.total),
    referenceRate: reference.value === null ? locale.text('numbers.no-images') : numbers.percent(reference.value),
    referenceInterval: reference.interval === null ? '' : numbers.percentRange(reference.interval),
    difference: comparisonValue(contrast.difference, numbers.points, words),
    differenceRange: contrast.difference.adjusted === null ? '' : numbers.pointsRange(contrast.difference.adjusted),
    ratio: comparisonValue(contrast.ratio, numbers.ratio, words),
    ratioRange: contrast.ratio.adjusted === null ? '' : numbers.ratioRange(contrast.ratio.adjusted),
    detectable: contrast.detectableRate === null ? locale.text('table.none') : numbers.percent(contrast.detectableRate),
    p: contrast.p === null ? locale.text('table.none') : numbers.pValue(contrast.p),
    q: contrast.q === null ? '' : numbers.pValue(contrast.q),
    labelErrors: errors,
    verdict: verdictOfContrast(contrast, words),
    severity: severityView(finding, words),
    note: texts?.note ?? '',
    sentence:
      texts === null
        ? ''
        : [texts.sentence, errors.worstSentence, errors.randomSentence, detectableSentence(contrast, words)]
            .filter(Boolean)
            .join(' '),
    drawn: {
      rate: rate.value,
      interval: rate.interval,
      referenceRate: reference.value,
      referenceInterval: reference.interval,
      margins: contrast.margins,
      detectableRate: contrast.detectableRate,
    },
  }
}

function cellsWithoutContrast(rate: RateRecord, words: Words): ContrastCells {
  const { index, locale } = words
  const none = locale.text('table.none')
  return {
    reference: none,
    referenceCounts: '',
    referenceRate: '',
    referenceInterval: '',
    difference: none,
    differenceRange: '',
    ratio: none,
    ratioRange: '',
    detectable: none,
    p: none,
    q: '',
    labelErrors: { fewest: none, random: '', worstSentence: '', randomSentence: '' },
    verdict: verdictOfRate(rate, words),
    severity: null,
    note: locale.text(index.isReference(rate.id) ? 'table.is-reference' : 'table.not-compared'),
    sentence: '',
    drawn: {
      rate: rate.value,
      interval: rate.interval,
      referenceRate: null,
      referenceInterval: null,
      margins: null,
      detectableRate: null,
    },
  }
}

function rateCells(rate: RateRecord, { locale, numbers }: Words): RateCells {
  return {
    group: rate.group === null ? locale.text('reference.overall') : groupName(rate.group, locale),
    counts: numbers.ofTotal(rate.count, rate.total),
    subjects: rate.subjects === undefined ? '' : numbers.subjects(rate.subjects),
    rate: rate.value === null ? locale.text('numbers.no-images') : numbers.percent(rate.value),
    interval: rate.interval === null ? '' : numbers.percentRange(rate.interval),
  }
}

function steadiedCells({ id }: RateRecord, rates: Steadied['rates'], { locale }: Words): SteadiedCells {
  const found = rates.get(id)
  return { steadied: found?.rate ?? locale.text('table.none'), steadiedInterval: found?.interval ?? '' }
}

function comparisonValue(comparison: Comparison, write: (value: number) => string, { locale }: Words): string {
  if (comparison.value !== null) return write(comparison.value)
  return comparison.reason === undefined ? locale.text('table.none') : locale.text(`reasons.${comparison.reason}`)
}
