import { scaleLinear, scaleSqrt } from 'd3-scale'
import type { RateRecord } from '../../../types/derived.js'
import type { FunnelEstimate } from '../../../types/estimates.js'
import { countedText, type Locale } from '../../locale.js'
import { groupName, shortened } from '../../names.js'
import { verdictOfRate, type VerdictKey } from '../../verdict-words.js'
import type { Words } from '../../words.js'

/** Rates of many groups against their numbers of images, with the limits that chance alone gives. The lines are drawn in a box of
 *  100 × 100 that is stretched over the plot; marks and text are placed in percent across and CSS pixels down, and keep their size. */
export type FunnelChart = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly plotHeight: number
  readonly axisY: number
  readonly axisLabelY: number
  readonly axisLabel: string
  readonly upLabel: string
  readonly ticksX: readonly {
    readonly x: string
    readonly label: string
    readonly anchor: 'start' | 'middle' | 'end'
  }[]
  readonly ticksY: readonly { readonly y: string; readonly textY: string; readonly label: string }[]
  /** Between the limits. */
  readonly band: string
  readonly overallY: string
  /** Groups of which many are drawn: one path of dots for each verdict. */
  readonly dots: readonly { readonly key: VerdictKey; readonly path: string }[]
  /** Groups with a disparity, drawn in their own shape. */
  readonly marks: readonly { readonly key: VerdictKey; readonly x: string; readonly y: string }[]
  readonly names: readonly {
    readonly x: string
    readonly y: string
    readonly anchor: 'start' | 'end'
    readonly name: string
  }[]
  readonly sentence: string
  readonly table: {
    readonly id: string
    readonly summary: string
    readonly caption: string
    readonly rows: readonly { readonly images: string; readonly limits: string }[]
  }
}

const PLOT_HEIGHT = 260
const TOP = 34 // the words of the upright axis stand above the plot
const AXIS_HEIGHT = 46
const EDGES = [3, 97] // percent of the width: room for half a mark at both ends
const MOST_NAMES = 3
const LONGEST_NAME = 22
const NAME_HEIGHT = 16
const EVERY_OTHER = 2 // in the table: half of the places at which the limits are drawn are enough to read

/** null where the audit has no limits for these groups. */
export function funnelChart(
  id: string,
  estimate: FunnelEstimate | undefined,
  rates: readonly RateRecord[],
  words: Words,
  slots: { readonly outcome: string; readonly groupBy: string; readonly labelSet: string },
): FunnelChart | null {
  if (estimate === undefined || estimate.value === null || estimate.limits.length < 2) return null
  const { locale, numbers } = words
  const groups = rates.flatMap((rate) => {
    const { key } = verdictOfRate(rate, words)
    return rate.value === null || key === 'none' ? [] : [{ rate, value: rate.value, key }]
  })
  const [first] = estimate.limits
  const last = estimate.limits.at(-1)
  if (first === undefined || last === undefined) return null
  const judged = groups.filter(({ key }) => key !== 'insufficient')
  const highest = Math.max(...(judged.length > 0 ? judged : groups).map(({ value }) => value), estimate.value)
  const across = scaleSqrt([first[0], last[0]], EDGES)
  const up = scaleLinear([0, highest], [PLOT_HEIGHT, TOP]).nice(4)
  const top = up.domain()[1] ?? 1
  const yOf = (share: number): number => up(Math.min(share, top)) // tiny groups may lie above the scale: they stand at its top
  const boxed = (images: number, share: number): string =>
    `${across(images).toFixed(1)} ${((yOf(share) / PLOT_HEIGHT) * 100).toFixed(1)}`
  const upper = estimate.limits.map(([images, , high]) => boxed(images, high))
  const lower = [...estimate.limits].reverse().map(([images, low]) => boxed(images, low))
  const marked = groups.filter(({ key }) => key === 'higher' || key === 'lower')
  const ticksX = across.ticks(5)
  return {
    id,
    title: locale.text('charts.funnel.title', slots),
    description: locale.text('charts.funnel.description', slots),
    height: PLOT_HEIGHT + AXIS_HEIGHT,
    plotHeight: PLOT_HEIGHT,
    axisY: PLOT_HEIGHT + 18,
    axisLabelY: PLOT_HEIGHT + 38,
    axisLabel: locale.text('charts.funnel.axis'),
    upLabel: locale.text('chart.axis'),
    ticksX: apart(ticksX, across).map((tick) => ({
      x: `${across(tick).toFixed(1)}%`,
      label: numbers.count(tick),
      anchor: across(tick) > 92 ? 'end' : across(tick) < 8 ? 'start' : 'middle',
    })),
    ticksY: up.ticks(4).map((tick) => ({
      y: up(tick).toFixed(1),
      textY: (up(tick) - 4).toFixed(1),
      label: numbers.settingPercent(tick),
    })),
    band: `M${[...upper, ...lower].join('L')}Z`,
    overallY: yOf(estimate.value).toFixed(1),
    dots: DOTTED.map((key) => ({
      key,
      path: groups
        .filter((group) => group.key === key)
        .map(({ rate, value }) => `M${boxed(rate.total, value)}h0`)
        .join(''),
    })).filter(({ path }) => path !== ''),
    marks: marked.map(({ key, rate, value }) => ({
      key,
      x: `${across(rate.total).toFixed(1)}%`,
      y: yOf(value).toFixed(1),
    })),
    names: namesOf(marked, { across, yOf }, locale),
    sentence: countedText(locale, 'charts.funnel.sentence', estimate.outside, {
      ...slots,
      outside: numbers.count(estimate.outside),
      groups: numbers.count(estimate.groups),
      counts: numbers.ofTotal(estimate.count, estimate.total),
      rate: numbers.percent(estimate.value),
    }),
    table: {
      id: `${id}-ft`,
      summary: locale.text('charts.funnel.table-summary', slots),
      caption: locale.text('charts.funnel.table-caption', slots),
      rows: estimate.limits
        .filter((_, place) => place % EVERY_OTHER === 0 || place === estimate.limits.length - 1)
        .map(([images, low, high]) => ({ images: numbers.images(images), limits: numbers.percentRange([low, high]) })),
    },
  }
}

/** Ticks with room for their numbers: a root scale crowds them to the right. */
function apart(ticks: readonly number[], across: (images: number) => number): number[] {
  let last = -Infinity
  return ticks.filter((tick) => {
    const isFar = across(tick) - last > 13
    if (isFar) last = across(tick)
    return isFar
  })
}

const DOTTED: readonly VerdictKey[] = ['insufficient', 'inconclusive', 'within', 'reference']

type Marked = { readonly rate: RateRecord; readonly value: number; readonly key: VerdictKey }
type Scales = { readonly across: (images: number) => number; readonly yOf: (share: number) => number }

/** The highest of the marked groups by name, on the side where there is room, none over another. */
function namesOf(marked: readonly Marked[], { across, yOf }: Scales, locale: Locale): FunnelChart['names'] {
  const highest = marked
    .filter(({ key }) => key === 'higher')
    .sort((a, b) => b.value - a.value)
    .slice(0, MOST_NAMES)
  let lowest = -Infinity
  return highest.map(({ rate, value }) => {
    const x = across(rate.total)
    const y = Math.max(yOf(value), lowest + NAME_HEIGHT)
    lowest = y
    const isLeft = x > 60
    return {
      x: `${(isLeft ? x - 1.5 : x + 1.5).toFixed(1)}%`,
      y: (y + 4).toFixed(1),
      anchor: isLeft ? 'end' : 'start',
      name: shortened(rate.group === null ? '' : groupName(rate.group, locale), LONGEST_NAME),
    }
  })
}
