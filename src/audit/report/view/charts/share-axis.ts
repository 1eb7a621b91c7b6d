import { scaleLinear } from 'd3-scale'
import type { Words } from '../../words.js'

/** The axis under rows of marks: shares from 0, in percent of the drawing's width across and CSS pixels down, so that text keeps its size. */
export type ShareAxis = {
  readonly height: number
  readonly axisY: number
  readonly gridEndY: number
  readonly axisLabel: string
  readonly ticks: readonly AxisTick[]
}

export type AxisTick = {
  readonly x: string
  readonly label: string
  readonly anchor: 'start' | 'middle' | 'end'
}

const AXIS_HEIGHT = 44
const EDGES = [1.5, 98.5] // percent of the width: room for half a mark at both ends
const SMALLEST_END = 0.001

/** An axis that ends at `highest` or a little above, under rows that are `bottom` pixels high. `across`: where a share stands, in percent of the
 *  width; `end`: the share at the right end. */
export function shareAxis(
  highest: number,
  bottom: number,
  { locale, numbers }: Pick<Words, 'locale' | 'numbers'>,
): { readonly axis: ShareAxis; readonly across: (share: number) => number; readonly end: number } {
  const scale = scaleLinear([0, Math.max(highest, SMALLEST_END)], EDGES).nice(4)
  const end = scale.domain()[1] ?? 1
  const ticks = scale.ticks(4)
  return {
    axis: {
      ...axisUnder(bottom),
      axisLabel: locale.text('chart.axis'),
      ticks: ticks.map((tick, i) => ({
        x: percentOfWidth(scale(tick)),
        label: numbers.settingPercent(tick),
        anchor: i === 0 ? 'start' : i === ticks.length - 1 && tick === end ? 'end' : 'middle',
      })),
    },
    across: scale,
    end,
  }
}

/** Where an axis stands under rows that are `bottom` pixels high. */
export function axisUnder(bottom: number): Pick<ShareAxis, 'height' | 'axisY' | 'gridEndY'> {
  return { height: bottom + AXIS_HEIGHT, axisY: bottom + 18, gridEndY: bottom + 4 }
}

/** A place across, as SVG takes it. */
export function percentOfWidth(place: number): string {
  return `${place.toFixed(1)}%`
}
