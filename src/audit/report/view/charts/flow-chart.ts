import { scaleLinear } from 'd3-scale'
import type { FlowTest } from '../../../types/paired.js'
import { printable, shortened } from '../../names.js'
import type { Words } from '../../words.js'
import type { Sides } from '../designs/sides.js'

/** Where the same images went, as bands between two columns of categories. Bands are drawn in a box of 100 across that is stretched
 *  over the width, and in CSS pixels down; names are placed in percent and keep their size. */
export type FlowChart = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly from: string
  readonly to: string
  readonly bands: readonly { readonly isStay: boolean; readonly series: number; readonly path: string }[]
  readonly nodes: readonly FlowNode[]
}

type FlowNode = {
  readonly side: 'from' | 'to'
  readonly x: string
  readonly anchor: 'start' | 'end'
  readonly textX: string
  readonly y: string
  readonly height: string
  readonly nameY: string
  readonly countY: string
  readonly name: string
  readonly images: string
}

const IMAGES_HEIGHT = 210
const TOP = 26
const BETWEEN = 34 // two lines of text beside the thinnest band
const LEFT = 34
const RIGHT = 64.5
const NODE_WIDTH = 1.5
const LONGEST_NAME = 13

/** null where no image moved, or where there is nothing to draw. `categories` are those of both sides, in order. */
export function flowChart(
  id: string,
  { images, moved, outcomes }: FlowTest,
  categories: readonly string[],
  sides: Sides,
  words: Words,
): FlowChart | null {
  if (images === 0 || moved === 0) return null
  const { locale, numbers } = words
  const thick = scaleLinear([0, images], [0, IMAGES_HEIGHT])
  const flows = categories.flatMap((from) =>
    categories.flatMap((to) => {
      const found = outcomes.find(([a, b]) => a === from && b === to)
      return found === undefined || found[2] === 0 ? [] : [{ from, to, images: found[2] }]
    }),
  )
  const left = stacked(categories, (category) => flows.filter(({ from }) => from === category), thick)
  const right = stacked(
    categories,
    (category) => categories.flatMap((from) => flows.filter((flow) => flow.from === from && flow.to === category)),
    thick,
  )
  const bands = flows.map((flow) => {
    const [a, b] = [left.startOf.get(flow) ?? 0, right.startOf.get(flow) ?? 0]
    const tall = thick(flow.images)
    const middle = (LEFT + NODE_WIDTH + RIGHT) / 2
    const [x1, x2] = [LEFT + NODE_WIDTH, RIGHT]
    const at = (value: number): string => value.toFixed(1)
    return {
      isStay: flow.from === flow.to,
      series: categories.indexOf(flow.from),
      path:
        `M${x1} ${at(a)}C${middle} ${at(a)} ${middle} ${at(b)} ${x2} ${at(b)}V${at(b + tall)}` +
        `C${middle} ${at(b + tall)} ${middle} ${at(a + tall)} ${x1} ${at(a + tall)}Z`,
    }
  })
  const nodesOf = (side: 'from' | 'to', nodes: Stack['nodes']): FlowNode[] =>
    nodes.map(({ category, y, images: inside }) => ({
      side,
      x: `${side === 'from' ? LEFT : RIGHT}%`,
      anchor: side === 'from' ? 'end' : 'start',
      textX: `${side === 'from' ? LEFT - 1.5 : RIGHT + NODE_WIDTH + 1.5}%`,
      y: y.toFixed(1),
      height: Math.max(1, thick(inside)).toFixed(1),
      nameY: (y + thick(inside) / 2 - 3).toFixed(1),
      countY: (y + thick(inside) / 2 + 12).toFixed(1),
      name: shortened(printable(category), LONGEST_NAME),
      images: numbers.count(inside),
    }))
  return {
    id,
    title: locale.text('charts.flow.title', sides),
    description: locale.text('charts.flow.description', sides),
    height: Math.ceil(Math.max(left.bottom, right.bottom) + 8),
    from: sides.first,
    to: sides.second,
    // those that stay lie underneath
    bands: [...bands.filter(({ isStay }) => isStay), ...bands.filter(({ isStay }) => !isStay)],
    nodes: [...nodesOf('from', left.nodes), ...nodesOf('to', right.nodes)],
  }
}

type Flow = { readonly from: string; readonly to: string; readonly images: number }
type Stack = {
  readonly nodes: readonly { readonly category: string; readonly y: number; readonly images: number }[]
  readonly startOf: ReadonlyMap<Flow, number>
  readonly bottom: number
}

/** One column: categories from the top down, and where in it each band begins. Empty categories are left out. */
function stacked(
  categories: readonly string[],
  flowsOf: (category: string) => readonly Flow[],
  thick: (images: number) => number,
): Stack {
  const startOf = new Map<Flow, number>()
  const nodes: { category: string; y: number; images: number }[] = []
  let y = TOP + BETWEEN / 2
  for (const category of categories) {
    const own = flowsOf(category)
    if (own.length === 0) continue
    let inside = 0
    for (const flow of own) {
      startOf.set(flow, y + thick(inside))
      inside += flow.images
    }
    nodes.push({ category, y, images: inside })
    y += thick(inside) + BETWEEN
  }
  return { nodes, startOf, bottom: y - BETWEEN / 2 }
}
