import type { SpreadEstimate, SpreadMeasure } from '../../types/estimates.js'
import { countedText } from '../locale.js'
import { designName, groupByName, groupName, outcomeName } from '../names.js'
import type { NumberWords } from '../numbers.js'
import { reasonText } from '../reason-text.js'
import type { Words } from '../words.js'

/** How far the groups of one grouping lie apart: outcomes down, measures across, each with what chance alone gives under it. */
export type SpreadTable = {
  readonly id: string
  readonly summary: string
  readonly caption: string
  readonly note: string
  readonly columns: readonly string[]
  readonly rows: readonly SpreadRow[]
}

export type SpreadRow = {
  readonly outcome: string
  readonly groups: string
  readonly extremes: string
  readonly cells: readonly SpreadCell[]
}

/** A figure and what stands under it: what chance alone gives, or how the figure was found. */
export type SpreadCell = { readonly value: string; readonly under: string }

const WRITTEN_AS: Readonly<Record<SpreadMeasure, keyof Pick<NumberWords, 'points' | 'ratio'>>> = {
  gap: 'points',
  'max-min-ratio': 'ratio',
  'max-geometric-mean': 'ratio',
  gini: 'ratio', // as ratios below 2: two places
  'between-group-sd': 'points',
}
const MEASURES = ['gap', 'max-min-ratio', 'max-geometric-mean', 'gini', 'between-group-sd'] as const

/** The spread of every outcome of one grouping; null where the audit has none. */
export function spreadTable(id: string, estimates: readonly SpreadEstimate[], words: Words): SpreadTable | null {
  const [first] = estimates
  if (first === undefined) return null
  const { locale, numbers, index, audit } = words
  const { minimum } = index.family(first.family)
  const bySubject = audit.facts.subjectCounts.length > 0
  const slots = {
    groupBy: groupByName(first.groupBy, locale),
    labelSet: designName(first.evidence ?? '', first.labelSet ?? '', words),
  }
  return {
    id,
    summary: locale.text('spread.summary', slots),
    caption: locale.text('spread.caption', slots),
    note: bySubject
      ? locale.text('spread.note-subjects', { minimum: numbers.subjects(minimum) })
      : locale.text('spread.note', { minimum: numbers.images(minimum) }),
    columns: [
      locale.text('spread.extremes'),
      ...MEASURES.map((measure) => locale.text(`spread.measures.${measure}`)),
      locale.text('spread.equal-rates'),
    ],
    rows: estimates.map((estimate) => ({
      outcome: outcomeName(estimate.outcome, locale),
      groups: countedText(locale, 'spread.groups', estimate.groups, { count: numbers.count(estimate.groups) }),
      extremes: extremes(estimate, words),
      cells: [...MEASURES.map((measure) => measureCell(measure, estimate, words)), equalRates(estimate, words)],
    })),
  }
}

/** The distance between the largest and the smallest rate in one sentence, never without what chance alone gives. */
export function gapSentence(estimate: SpreadEstimate | undefined, words: Words): string {
  if (estimate === undefined) return ''
  const { locale, numbers } = words
  const { highest, lowest } = estimate
  const gap = estimate.measures.find(({ measure }) => measure === 'gap')
  if (gap === undefined || gap.value === null || highest === null || lowest === null) {
    return locale.text('spread.gap-none', { reason: reasonText(gap?.reason ?? estimate.reason, 'spread', words) })
  }
  if (gap.parityReason === 'no-variation') return locale.text('spread.gap-alike')
  const slots = {
    gap: numbers.points(gap.value),
    highest: groupName(highest, locale),
    lowest: groupName(lowest, locale),
  }
  if (gap.parity === null) {
    return locale.text('spread.gap-without-chance', { ...slots, reason: reasonText(gap.parityReason, 'spread', words) })
  }
  return locale.text('spread.gap', { ...slots, ...chance('gap', gap.parity, words) })
}

function extremes({ highest, lowest, reason }: SpreadEstimate, words: Words): string {
  if (highest === null || lowest === null) return reasonText(reason, 'spread', words)
  return words.locale.text('spread.pair', {
    highest: groupName(highest, words.locale),
    lowest: groupName(lowest, words.locale),
  })
}

function measureCell(measure: SpreadMeasure, { measures }: SpreadEstimate, words: Words): SpreadCell {
  const { locale, numbers } = words
  const found = measures.find((one) => one.measure === measure)
  if (found === undefined) return { value: locale.text('table.none'), under: '' }
  if (found.value === null) return { value: reasonText(found.reason, 'spread', words), under: '' }
  const smoothed = found.smoothed === true ? [locale.text('spread.smoothed')] : []
  const beside =
    found.parity === null
      ? locale.text('spread.no-chance', { reason: reasonText(found.parityReason, 'spread', words) })
      : locale.text('spread.chance', {
          ...chance(measure, found.parity, words),
          p: numbers.pValue(found.parity.p),
        })
  return { value: numbers[WRITTEN_AS[measure]](found.value), under: [beside, ...smoothed].join('; ') }
}

type Parity = NonNullable<SpreadEstimate['measures'][number]['parity']>

function chance(measure: SpreadMeasure, { centre, percentile95, unbounded }: Parity, words: Words) {
  const { locale, numbers } = words
  const write = numbers[WRITTEN_AS[measure]]
  const missing = locale.text(unbounded === true ? 'spread.any-size' : 'numbers.not-defined')
  return {
    centre: centre === null ? missing : write(centre),
    limit: percentile95 === null ? missing : write(percentile95),
  }
}

function equalRates({ equalRates: { p, method, reason } }: SpreadEstimate, words: Words): SpreadCell {
  if (p === null) return { value: reasonText(reason, 'spread', words), under: '' }
  return { value: words.numbers.pValue(p), under: words.locale.text(`spread.methods.${method}`) }
}
