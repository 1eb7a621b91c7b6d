import type { PairedImages } from '../../../types/paired.js'
import { countedText } from '../../locale.js'
import { shownLabel } from '../../label-codes.js'
import { fullGroupName, outcomeName } from '../../names.js'
import type { Words } from '../../words.js'
import type { Entry } from './ablation-entry.js'

/** One group with the labels that move its rate most. */
export type TopRow = { readonly group: string; readonly cells: readonly (TopCell | null)[] }

export type TopCell = {
  readonly label: string
  readonly change: string
  readonly interval: string
  readonly counts: string
  readonly gap: string
}

const TOP = [0, 1, 2] // first, second and third place

/** The three labels of the highest rank in one group, those that move an image at all. */
export function topRow(entries: readonly Entry[], words: Words): TopRow {
  const ranked = rankedOf(entries)
  const group = entries[0]?.record.group ?? []
  return {
    group: group.length === 0 ? words.locale.text('reference.overall') : fullGroupName(group, words.locale),
    cells: TOP.map((place) => {
      const entry = ranked[place]
      return entry === undefined ? null : topCell(entry, words)
    }),
  }
}

/** For all images: how much of an outcome hangs on each of the three labels alone. */
export function leadSentences(entries: readonly Entry[], words: Words): readonly string[] {
  const { locale, numbers } = words
  return rankedOf(entries)
    .slice(0, TOP.length)
    .flatMap(({ label, action, record }) => {
      if (record.leftShare === null) return []
      const { first } = countsOf(record.paired)
      return [
        countedText(locale, `designs.ablation.${action}.left`, record.paired.onlyFirst, {
          flagged: numbers.images(first),
          left: numbers.count(record.paired.onlyFirst),
          share: numbers.percent(record.leftShare),
          outcome: outcomeName(record.outcome, locale),
          label: shownLabel(label.id, words),
        }),
      ]
    })
}

function rankedOf(entries: readonly Entry[]): readonly Entry[] {
  return entries
    .filter(({ record }) => record.change !== null && record.change !== 0)
    .sort((a, b) => a.record.rank - b.record.rank)
}

function topCell({ label, record }: Entry, words: Words): TopCell {
  const { locale, numbers } = words
  const { first, second, images } = countsOf(record.paired)
  return {
    label: shownLabel(label.id, words),
    change: record.change === null ? locale.text('table.none') : numbers.points(record.change),
    interval: record.interval === null ? '' : numbers.pointsRange(record.interval),
    counts: locale.text('designs.chart.counts', {
      k: numbers.count(first),
      k2: numbers.count(second),
      n: numbers.count(images),
    }),
    gap: record.gapChange === null ? '' : locale.text('designs.ablation.gap', { d: numbers.points(record.gapChange) }),
  }
}

/** Images inside the outcome with the label set as it is and as it was changed: sums of the four counts of the audit. */
export function countsOf({ both, onlyFirst, onlySecond, neither }: PairedImages): {
  readonly first: number
  readonly second: number
  readonly images: number
} {
  return { first: both + onlyFirst, second: both + onlySecond, images: both + onlyFirst + onlySecond + neither }
}
