import type { Calibration, CalibrationRow, CalibrationSection } from '../types/calibration.js'
import { countedText, type Locale } from './locale.js'
import { numberWords } from './numbers.js'

/** A row of the calibration in words. */
export type CalibrationRowView = {
  /** What is measured; rows that measure the same are one block. */
  readonly what: string
  readonly group: string
  readonly images: string
  /** Group or sizes, whichever says more, with the rates: for a narrow place. */
  readonly where: string
  readonly rates: string
  readonly note: string
  readonly promised: string
  readonly measured: string
  readonly error: string
  readonly target: string
  readonly met: { readonly key: 'met' | 'missed' | 'read'; readonly word: string }
}

export type CalibrationBlockView = { readonly what: string; readonly rows: readonly CalibrationRowView[] }

export type CalibrationSectionView = {
  readonly id: string
  readonly title: string
  readonly intro: readonly string[]
  readonly met: string
  readonly mainId: string
  readonly mainCaption: string
  readonly main: readonly CalibrationBlockView[]
  /** Whether there are rows behind those to read first. */
  readonly hasMore: boolean
  readonly allId: string
  readonly all: readonly CalibrationBlockView[]
  readonly allSummary: string
}

export type CalibrationView = {
  readonly lang: string
  readonly title: string
  /** What this is and is not. */
  readonly lead: string
  readonly outcome: { readonly isMet: boolean; readonly sentence: string }
  readonly missed: readonly CalibrationBlockView[]
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly columns: string
  readonly sections: readonly CalibrationSectionView[]
}

/** A calibration in words and written numbers; nothing is computed. Throws when the locale lacks a sentence. */
export function toCalibrationView(calibration: Calibration, locale: Locale): CalibrationView {
  const { text } = locale
  const words = rowWords(locale)
  const missed = calibration.sections.flatMap(({ rows }) => rows.filter(({ met }) => met === false))
  return {
    lang: locale.id,
    title: text('calibration.title'),
    lead: text('calibration.lead'),
    outcome: {
      isMet: missed.length === 0,
      sentence:
        missed.length === 0
          ? text('calibration.all-met', { count: words.count(calibration.withTarget) })
          : countedText(locale, 'calibration.missed', missed.length, {
              count: words.count(missed.length),
              all: words.count(calibration.withTarget),
            }),
    },
    missed: inBlocks(missed, words.row),
    facts: factsOf(calibration, locale, words),
    columns: text('calibration.columns-note', { audits: words.count(calibration.audits) }),
    sections: calibration.sections
      .filter(({ rows }) => rows.length > 0)
      .map((section) => sectionView(section, calibration, locale, words)),
  }
}

function sectionView(
  { id, rows, met, withTarget }: CalibrationSection,
  { rule }: Calibration,
  { text }: Locale,
  words: RowWords,
): CalibrationSectionView {
  const { difference, ratio } = rule.margin
  const slots = { difference: words.points(difference), ratio: words.plain(ratio), alpha: words.share(rule.alpha) }
  return {
    id,
    title: text(`calibration.sections.${id}.title`),
    intro: ['what', 'read'].map((part) => text(`calibration.sections.${id}.${part}`, slots)),
    met: text('calibration.section-met', { met: words.count(met), all: words.count(withTarget) }),
    mainId: `${id}-main`,
    mainCaption: text('calibration.main-rows'),
    main: inBlocks(
      rows.filter(({ isMain }) => isMain),
      words.row,
    ),
    hasMore: rows.some(({ isMain }) => !isMain),
    allId: `${id}-all`,
    all: inBlocks(rows, words.row),
    allSummary: text('calibration.all-rows', { count: words.count(rows.length) }),
  }
}

/** Rows that measure the same under one heading, in the order in which they first come. */
function inBlocks(
  rows: readonly CalibrationRow[],
  words: (row: CalibrationRow) => CalibrationRowView,
): CalibrationBlockView[] {
  const blocks = new Map<string, CalibrationRowView[]>()
  for (const row of rows.map(words)) {
    const block = blocks.get(row.what)
    if (block === undefined) blocks.set(row.what, [row])
    else block.push(row)
  }
  return [...blocks].map(([what, inBlock]) => ({ what, rows: inBlock }))
}

function factsOf(
  { groups, rule, seed, audits, tool }: Calibration,
  { text }: Locale,
  words: RowWords,
): CalibrationView['facts'] {
  const { minimumImages, margin, adjustment, policy, alpha, m } = rule
  const groupBy = groups.groupBy.join(' × ')
  const sizes = groups.sizes.map(({ images }) => words.count(images)).join(', ')
  const limits = {
    policy,
    alpha: words.share(alpha),
    minimum: words.count(minimumImages),
    difference: words.points(margin.difference),
    ratio: words.plain(margin.ratio),
    adjustment: text(`calibration.adjustments.${adjustment}`),
  }
  const named = (id: string, value: string) => ({ name: text(`calibration.facts.${id}`), value })
  return [
    named(
      'groups',
      groups.source === 'audit'
        ? text('calibration.groups-audit', { id: groups.auditId ?? '', groupBy })
        : text('calibration.groups-fairface', { groupBy }),
    ),
    named('sizes', sizes),
    named('limits', text('calibration.limits', limits)),
    named('comparisons', words.count(m)),
    named('audits', text('calibration.audits', { audits: words.count(audits), seed: String(seed) })),
    named('tool', `${tool.name} ${tool.version}`),
  ]
}

type RowWords = {
  readonly row: (row: CalibrationRow) => CalibrationRowView
  readonly count: (value: number) => string
  readonly plain: (value: number) => string
  readonly share: (value: number) => string
  readonly points: (value: number) => string
}

function rowWords(locale: Locale): RowWords {
  const { text } = locale
  const { count, plain, twoPlaces, settingPoints } = numberWords(locale)
  const rounded = (value: number): string => plain(Number(value.toFixed(2)))
  const share = (value: number): string => text('numbers.percent', { value: rounded(value * 100) })
  const amount = (value: number, unit: CalibrationRow['unit']): string => {
    switch (unit) {
      case 'share':
        return share(value)
      case 'times':
        return text('calibration.times', { value: twoPlaces(value) })
      case 'distance':
        return plain(Number(value.toFixed(3)))
    }
  }
  const row = (one: CalibrationRow): CalibrationRowView => {
    const key = one.met === null ? 'read' : one.met ? 'met' : 'missed'
    return {
      what: text(`calibration.what.${one.what}`),
      group: one.group ?? '',
      images: imagesOf(one),
      where: text('calibration.where', {
        of: one.group === null || one.images.length === 2 ? imagesOf(one) : one.group,
        rates: ratesOf(one),
      }),
      rates: ratesOf(one),
      note: one.note === null ? '' : text(`calibration.notes.${one.note}`),
      promised: one.nominal === null ? '' : share(one.nominal),
      measured: amount(one.measured, one.unit),
      error:
        one.error === 0 ? text('calibration.exact') : text('calibration.error', { value: amount(one.error, one.unit) }),
      target: targetOf(one),
      met: { key, word: text(`calibration.met.${key}`) },
    }
  }
  const imagesOf = ({ images, comparisons }: CalibrationRow): string => {
    const sizes =
      images.length > 2
        ? text('calibration.all-groups', { count: count(images.length) })
        : images.map(count).join(text('calibration.against'))
    return comparisons === null ? sizes : text('calibration.with-m', { sizes, m: count(comparisons) })
  }
  const ratesOf = ({ what, rates }: CalibrationRow): string => {
    const [first, second, third, fourth] = rates.map(share)
    if (what.startsWith('paired.difference'))
      return text('calibration.rates-paired-pair', { first, second, third, fourth })
    if (rates.length > 2) return text('calibration.as-planted')
    if (second === undefined) return first
    const isPaired = /^(paired|size|coverage\.(tango|newcombe-paired))/.test(what)
    return text(isPaired ? 'calibration.rates-paired' : 'calibration.rates-pair', { first, second })
  }
  const targetOf = ({ target, unit }: CalibrationRow): string => {
    if (target === null) return text('calibration.no-target')
    const [low, high] = [target.low, target.high].map((value) => (value === null ? null : amount(value, unit)))
    if (low === null || low === undefined) return text('calibration.at-most', { high: high ?? '' })
    if (high === null || high === undefined) return text('calibration.at-least', { low })
    return text('numbers.range', { low, high })
  }
  return { row, count, plain, share, points: settingPoints }
}
