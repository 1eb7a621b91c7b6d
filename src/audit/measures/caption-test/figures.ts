import { designEffect } from '../../statistics/design-effect.js'
import { clusterBootstrap } from '../../statistics/cluster-bootstrap.js'
import { mcnemarTest } from '../../statistics/mcnemar-test.js'
import { percentileInterval } from '../../statistics/percentile-interval.js'
import { wilsonInterval } from '../../statistics/wilson-interval.js'
import { createRandom } from '../../statistics/random.js'
import type { OwnFigure } from '../../types/figures.js'
import type { CaptionTestObserved } from '../../types/observed/caption-test.js'
import { shareFigure } from '../share-figure.js'

type Cell = CaptionTestObserved['protocols'][number]['cells'][number]
export type Chosen = 'correct' | 'close' | 'other'

const DRAWS = 1999 // an interval for reading: bounds move in the third digit

/** How an interval is made. `stream` names the random numbers. */
export type Drawing = { readonly alpha: number; readonly seed: number; readonly stream: string }

/** The share of some images for which a caption of one kind is chosen. Where several images share a sequence or subject, the interval draws
 *  whole ones again; with a single one there is none. Where none or all are chosen nothing would move: then it is Wilson's, of as many images as
 *  there would be if those of a cluster always agreed. */
export function chosenShare(cells: readonly Cell[], chosen: Chosen, { alpha, seed, stream }: Drawing): OwnFigure {
  const count = sum(cells, (cell) => cell[chosen])
  const total = sum(cells, imagesIn)
  const figure = shareFigure({ count, total }, alpha)
  if (total === 0 || !haveSharedClusters(cells)) return figure
  const clusters = sumsByCluster(cells, chosen)
  if (clusters.length < 2)
    return { kind: 'own', value: count / total, count, total, interval: null, intervalReason: 'repeated-subjects' }
  if (count === 0 || count === total) return { ...figure, interval: allAlike(clusters, alpha) }
  const random = createRandom(seed, stream)
  const replicates = clusterBootstrap(clusters, (sums) => sums[0] / sums[1], { draws: DRAWS, random })
  const { low, high } = percentileInterval(replicates, alpha)
  return { ...figure, interval: [low, high], method: 'cluster-bootstrap' }
}

/** The two-sided exact test that the correct one of two captions is chosen half of the time. null where several images share a sequence or
 *  subject: the test takes images as independent. */
export function againstHalf(cells: readonly Cell[]): OwnFigure {
  const correct = sum(cells, (cell) => cell.correct)
  const total = sum(cells, imagesIn)
  if (total === 0) return { kind: 'own', value: null, reason: 'no-images' }
  if (haveSharedClusters(cells)) return { kind: 'own', value: null, reason: 'repeated-subjects' }
  // the exact test of McNemar is this test: as many one way as the other
  const { exact } = mcnemarTest({ both: 0, onlyFirst: correct, onlySecond: total - correct, neither: 0 })
  return { kind: 'own', value: exact }
}

function allAlike(clusters: readonly (readonly number[])[], alpha: number): readonly [number, number] {
  const total = (of: (cluster: readonly number[]) => number): number =>
    clusters.reduce((sum, cluster) => sum + of(cluster), 0)
  const count = total(([chosen]) => chosen)
  const images = total(([, size]) => size)
  const { value } = designEffect({
    subjects: clusters.length,
    images,
    count,
    squaredCounts: total(([chosen]) => chosen ** 2),
    crossProducts: total(([chosen, size]) => chosen * size),
    squaredImages: total(([, size]) => size ** 2),
  })
  const { low, high } = wilsonInterval({ count: count / value, total: images / value }, alpha)
  return [low, high]
}

function haveSharedClusters(cells: readonly Cell[]): boolean {
  const seen = new Set<number>()
  return cells.some((cell) => {
    if (cell.cluster === null) return false
    if (imagesIn(cell) > 1 || seen.has(cell.cluster)) return true
    seen.add(cell.cluster)
    return false
  })
}

function sumsByCluster(cells: readonly Cell[], chosen: Chosen): number[][] {
  const sums = new Map<number | null, number[]>()
  for (const cell of cells) {
    const [count, images] = sums.get(cell.cluster) ?? [0, 0]
    sums.set(cell.cluster, [count + cell[chosen], images + imagesIn(cell)])
  }
  return [...sums].sort(([a], [b]) => (a ?? -1) - (b ?? -1)).map(([, of]) => of)
}

export function imagesIn({ correct, close, other }: Cell): number {
  return correct + close + other
}

function sum(cells: readonly Cell[], of: (cell: Cell) => number): number {
  return cells.reduce((total, cell) => total + of(cell), 0)
}
