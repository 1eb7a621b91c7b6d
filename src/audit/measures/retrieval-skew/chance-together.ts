import { permutationPValue } from '../../statistics/permutation-p-value.js'
import { quantile } from '../../statistics/quantile.js'
import type { Random } from '../../statistics/random.js'
import type { Chance } from '../../types/chance.js'
import type { RetrievalObserved, TopFigure } from '../../types/observed/retrieval-skew.js'
import { centreOfBias, furtherOut } from './chance-of-top.js'
import { topDrawer, type QueryTop, type TopNumbers } from './draw-tops.js'
import { TOP_FIGURES, type TopRules } from './top-figures.js'

/** Figures that have a limit of chance of their own, beyond which queries are counted. */
export const LIMITED = ['maxSkew', 'ndkl'] as const
export type Limited = (typeof LIMITED)[number]

const ROUNDING = 1e-9 // a top that equals the limit in counts must not pass it in the last digits of a logarithm

/** Whether a figure lies beyond what 95 of 100 random tops reach. */
export function isBeyond(value: number, limit: number): boolean {
  return value > limit + ROUNDING
}

/** Some queries that are averaged together. */
export type QuerySet = { readonly outcome: string | null; readonly queries: readonly number[] }

type Scene = {
  readonly images: readonly number[]
  /** Group of every image of the list. */
  readonly codes: Uint16Array
  readonly cuts: readonly number[]
  readonly queries: readonly QueryTop[]
  readonly sets: readonly QuerySet[]
  readonly rules: TopRules
  /** For every cut and query the limits of one query. */
  readonly limits: readonly (readonly Readonly<Record<Limited, number>>[])[]
}

/** What means over queries, and shares of queries beyond chance, are when groups do not matter: the groups are permuted over the images, all
 *  queries keeping their rankings, and everything is taken again. Queries that rank the images alike move together, which the chance of
 *  single queries does not tell. Cost: draws x queries x longest cut, some 20 ns each, and draws x images. */
export function chanceTogether(
  of: Scene & { readonly draws: number; readonly random: Random },
): RetrievalObserved['together'] {
  const { codes, cuts, sets, draws, random } = of
  const measure = setMeasure(of)
  const seen = measure(codes)
  const permuted = codes.slice()
  const drawn = Array.from(seen, () => new Float64Array(draws))
  for (let draw = 0; draw < draws; draw++) {
    shuffle(permuted, random)
    measure(permuted).forEach((value, index) => (drawn[index][draw] = value))
  }
  const columns = TOP_FIGURES.length + LIMITED.length
  return cuts.flatMap((cut, place) =>
    sets.map(({ outcome }, set) => {
      const at = (column: number): number => (place * sets.length + set) * columns + column
      const chanceOf = (figure: TopFigure, column: number): Chance =>
        chanceAgainst(figure, seen[at(column)], drawn[at(column)], of)
      return {
        cut,
        outcome,
        means: TOP_FIGURES.flatMap((figure, column) =>
          isAsked(figure, of) ? [[figure, chanceOf(figure, column)] as const] : [],
        ),
        beyond: LIMITED.map((figure, index) => [figure, chanceOf(figure, TOP_FIGURES.length + index)] as const),
      }
    }),
  )
}

function isAsked(figure: TopFigure, { rules, images }: Scene): boolean {
  if (figure === 'minSkew') return false // a group that some tops lack leaves its mean to the others
  if (figure === 'entropy') return images.filter((count) => count > 0).length > 1
  return figure !== 'bias' || rules.bias !== null
}

/** Means of every figure and shares beyond the limits, cut by cut and set by set, in one row of numbers. */
function setMeasure({ images, cuts, queries, sets, rules, limits }: Scene): (codes: Uint16Array) => Float64Array {
  const columns = TOP_FIGURES.length + LIMITED.length
  const longest = Math.max(...queries.map(({ places }) => places.length))
  const draw = topDrawer({ images, cuts, longest, rules })
  const setsOf = queries.map((_, query) => [...sets.keys()].filter((set) => sets[set].queries.includes(query)))
  const limitColumns = LIMITED.map((figure) => TOP_FIGURES.indexOf(figure))
  return (codes) => {
    const row = new Float64Array(cuts.length * sets.length * columns)
    const add = (query: number, cut: number, figures: TopNumbers): void => {
      for (const set of setsOf[query]) {
        const start = (cut * sets.length + set) * columns
        const share = 1 / sets[set].queries.length
        for (let figure = 0; figure < figures.length; figure++) row[start + figure] += figures[figure] * share
        for (let index = 0; index < LIMITED.length; index++)
          if (isBeyond(figures[limitColumns[index]], limits[cut][query][LIMITED[index]]))
            row[start + figures.length + index] += share
      }
    }
    queries.forEach((top, query) => draw(codes, top, (cut, figures) => add(query, cut, figures)))
    return row
  }
}

function chanceAgainst(figure: TopFigure, seen: number, drawn: Float64Array, { images, rules }: Scene): Chance {
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
  const centre = figure === 'bias' ? centreOfBias(images, rules) : mean
  const outward = drawn.map((value) => furtherOut(figure, value, centre)).sort()
  const isUp = figure === 'maxSkew' || figure === 'ndkl'
  return {
    centre,
    percentile95: isUp ? quantile(outward, 0.95) : null,
    p: permutationPValue(furtherOut(figure, seen, centre), outward),
    draws: drawn.length,
  }
}

function shuffle(codes: Uint16Array, random: Random): void {
  for (let i = codes.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const code = codes[i]
    codes[i] = codes[j]
    codes[j] = code
  }
}
