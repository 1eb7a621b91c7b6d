import { permutationPValue } from '../../statistics/permutation-p-value.js'
import { quantile } from '../../statistics/quantile.js'
import type { Random } from '../../statistics/random.js'
import type { Chance } from '../../types/chance.js'
import type { TopFigure } from '../../types/observed/retrieval-skew.js'
import { biasByChance } from './bias-at-cut.js'
import { TOP_FIGURES, topFigures, type TopFigures, type TopRules } from './top-figures.js'

/** What a figure of one top is by chance. */
export type ChanceOfTop = {
  /** The 95th percentile of MaxSkew and of NDKL: a top above it lies beyond chance. */
  readonly limit: Readonly<Record<'maxSkew' | 'ndkl', number>>
  readonly chanceOf: (figure: TopFigure, seen: TopFigures) => Chance | null
}

/** Permutes the groups over the images, which leaves a top of random images, and takes its figures: what chance alone gives for every query
 *  that takes as many images. Far out is up for MaxSkew and NDKL, down for MinSkew and entropy, and either way for Bias@k. A group that the
 *  top lacks makes MinSkew unbounded below, which is further out than any number, although it is in no extreme that is printed.
 *  `images` of each code; `taken` images of each top, at least `cut`. null where a top has no figures. Cost: draws x taken x groups. */
export function chanceOfTop(of: {
  readonly images: readonly number[]
  readonly cut: number
  readonly taken: number
  readonly rules: TopRules
  readonly draws: number
  readonly random: Random
}): ChanceOfTop | null {
  const { images, cut, taken, rules, draws, random } = of
  const list = images.flatMap((count, code) => Array<number>(count).fill(code))
  const drawn: TopFigures[] = []
  for (let draw = 0; draw < draws; draw++) {
    const { figures } = topFigures(
      { cut, ranked: firstAtRandom(list, Math.min(taken, list.length), random), images },
      rules,
    )
    if (figures === null) return null
    drawn.push(figures)
  }
  const columns = new Map(
    TOP_FIGURES.map((figure) => [figure, columnOf(figure, drawn, centreOfBias(images, rules))] as const),
  )
  const at95 = (figure: TopFigure): number => quantile(columns.get(figure)?.outward ?? [], 0.95)
  return {
    limit: { maxSkew: at95('maxSkew'), ndkl: at95('ndkl') },
    chanceOf: (figure, seen) => {
      const column = columns.get(figure) ?? null
      const value = seen[figure]
      if (column === null || value === null) return null
      const isUp = figure === 'maxSkew' || figure === 'ndkl'
      return {
        centre: Number.isFinite(column.centre) ? column.centre : null,
        percentile95: isUp ? quantile(column.outward, 0.95) : null,
        p: permutationPValue(outward(figure, seen, column.centre), column.outward),
        draws,
      }
    },
  }
}

/** The first places of a random order: the list stays mixed, which the next draw does not mind. */
function firstAtRandom(list: number[], most: number, random: Random): number[] {
  for (let i = 0; i < most; i++) {
    const j = i + random.below(list.length - i)
    ;[list[i], list[j]] = [list[j], list[i]]
  }
  return list.slice(0, most)
}

type Column = { readonly centre: number; readonly outward: Float64Array }

function columnOf(figure: TopFigure, drawn: readonly TopFigures[], exactCentre: number): Column | null {
  const values = drawn.flatMap((figures) => figures[figure] ?? [])
  if (values.length < drawn.length || values.length === 0) return null
  const centre = figure === 'bias' ? exactCentre : values.reduce((sum, value) => sum + value, 0) / values.length
  return { centre, outward: Float64Array.from(drawn, (figures) => outward(figure, figures, centre)).sort() }
}

const ROUNDING = 1e-9 // a balance and its mirror image are equally far out, whatever their last digits

/** The exact centre of Bias@k: a drawn mean would lie a little to one side, and count what is as far out on the other side not at all. */
export function centreOfBias(images: readonly number[], { bias }: TopRules): number {
  return bias === null ? 0 : biasByChance(images[bias[0]], images[bias[1]])
}

/** How far out a figure lies, larger being further. */
function outward(figure: TopFigure, figures: TopFigures, centre: number): number {
  if (figure === 'minSkew' && figures.missing > 0) return Infinity
  return furtherOut(figure, figures[figure] ?? 0, centre)
}

/** The same of a number, such as a mean over queries. */
export function furtherOut(figure: TopFigure, value: number, centre: number): number {
  switch (figure) {
    case 'maxSkew':
    case 'ndkl':
      return value
    case 'minSkew':
    case 'entropy':
      return -value
    case 'bias':
      return Math.round(Math.abs(value - centre) / ROUNDING) * ROUNDING
  }
}
