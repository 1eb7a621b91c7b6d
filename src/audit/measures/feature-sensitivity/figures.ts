import { moverDifference, type EstimateWithInterval } from '../../statistics/mover-difference.js'
import { pairedChange, pairedTotal } from '../../statistics/paired-counts.js'
import type { Interval, Proportion } from '../../statistics/proportion.js'
import { scoreIntervalDifference } from '../../statistics/score-interval-difference.js'
import { tangoInterval } from '../../statistics/tango-interval.js'
import type { Figure, OwnFigure } from '../../types/figures.js'
import type { PairedImages } from '../../types/paired.js'
import type { ReasonCode } from '../../types/verdict.js'
import type { GroupSides } from './group-sides.js'

/** At which level intervals stand, and how many images each side of a comparison needs. */
export type Limits = { readonly alpha: number; readonly minimum: number }

const BLANK: Figure = { kind: 'blank' }

/** Altered minus as it is, on the same images, with Tango's interval. */
export function changeFigure(pairs: PairedImages, { alpha }: Limits): OwnFigure {
  if (pairedTotal(pairs) === 0) return undefinedFigure('no-images')
  const { value, interval } = changeOf(pairs, alpha)
  return { kind: 'own', value, interval: bounds(interval), method: 'tango' }
}

/** A group minus everyone else: shares of different images, with the score interval. */
export function differenceFigure(own: Proportion, rest: Proportion, { alpha, minimum }: Limits): OwnFigure {
  const small = tooSmall(own.total, rest.total, minimum)
  if (small !== null) return undefinedFigure(small)
  const value = own.count / own.total - rest.count / rest.total
  return { kind: 'own', value, interval: bounds(scoreIntervalDifference(own, rest, alpha)), method: 'score' }
}

/** How much more the group changes than everyone else: the change of its difference, with the MOVER interval of the two Tango
 *  intervals (measures.md A6). */
export function changeOfDifference(own: PairedImages, rest: PairedImages, { alpha, minimum }: Limits): OwnFigure {
  const small = tooSmall(pairedTotal(own), pairedTotal(rest), minimum)
  if (small !== null) return undefinedFigure(small)
  const { value, interval } = moverDifference(changeOf(own, alpha), changeOf(rest, alpha))
  return { kind: 'own', value, interval: bounds(interval), method: 'mover' }
}

/** The change of the group less the mean change of everyone, the group included. As the group is a share w of everyone, this is 1 - w
 *  times the change of its difference from the others, and so are the bounds. */
export function effectiveFigure(own: PairedImages, rest: PairedImages, limits: Limits): OwnFigure {
  const figure = changeOfDifference(own, rest, limits)
  if (figure.value === null) return figure
  const others = pairedTotal(rest) / (pairedTotal(own) + pairedTotal(rest))
  const [low, high] = figure.interval ?? [null, null]
  return {
    ...figure,
    value: others * figure.value,
    interval: low === null || high === null ? null : [others * low, others * high],
  }
}

/** The alteration under which the difference of a group changes most, and that change over the difference itself. */
export type LargestChange = {
  /** Index of the alteration; -1 where no change is defined. */
  readonly transform: number
  readonly change: OwnFigure
  readonly ratio: OwnFigure
}

/** null for a group that is compared with nobody. The ratio is null where the interval of the difference holds 0: a share of nothing. */
export function largestChange({ own, rest }: GroupSides, limits: Limits): LargestChange | null {
  if (rest === null) return null
  const changes = own.pairs.map((pairs, index) => changeOfDifference(pairs, rest.pairs[index], limits))
  const sizes = changes.map(({ value }) => (value === null ? -1 : Math.abs(value)))
  const transform = sizes.reduce((best, size, index) => (size > (sizes[best] ?? -1) ? index : best), -1)
  const difference = differenceFigure(own.asTheyAre, rest.asTheyAre, limits)
  const change = changes[transform] ?? undefinedFigure('no-images')
  return { transform, change, ratio: ratioOf(change, difference) }
}

function ratioOf(change: OwnFigure, difference: OwnFigure): OwnFigure {
  if (difference.value === null) return undefinedFigure(difference.reason ?? 'no-images')
  if (change.value === null) return undefinedFigure(change.reason ?? 'no-images')
  if (holdsZero(difference)) return undefinedFigure('interval-too-wide')
  return { kind: 'own', value: Math.abs(change.value) / Math.abs(difference.value) }
}

/** Whether the interval of a figure leaves open on which side of 0 it lies. */
export function holdsZero({ interval }: OwnFigure): boolean {
  if (interval === undefined || interval === null) return true
  const [low, high] = interval
  return low <= 0 && (high === null || high >= 0)
}

/** A figure that needs everyone else; blank for a group that is compared with nobody. */
export function againstRest(
  rest: GroupSides['rest'],
  figure: (rest: NonNullable<GroupSides['rest']>) => Figure,
): Figure {
  return rest === null ? BLANK : figure(rest)
}

function changeOf(pairs: PairedImages, alpha: number): EstimateWithInterval {
  return { value: pairedChange(pairs), interval: tangoInterval(pairs, alpha) }
}

function tooSmall(own: number, rest: number, minimum: number): ReasonCode | null {
  const least = Math.max(1, minimum)
  if (own < least) return 'group-too-small'
  return rest < least ? 'reference-too-small' : null
}

function bounds({ low, high }: Interval): readonly [number, number] {
  return [low, high]
}

function undefinedFigure(reason: ReasonCode): OwnFigure {
  return { kind: 'own', value: null, reason }
}
