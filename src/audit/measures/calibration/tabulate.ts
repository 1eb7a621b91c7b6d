import { expectedCalibrationError, type ReliabilityBin } from '../../statistics/expected-calibration-error.js'
import type { Facts } from '../../types/facts.js'
import type { Figure, FigureRow, OwnFigure, Wording } from '../../types/figures.js'
import type { CalibrationObserved } from '../../types/observed/calibration.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { rowGroups, type RowGroup } from '../row-groups.js'
import { numberFigure, shareFigure } from '../share-figure.js'
import { rowNameOf, sentencesOf } from '../sentences.js'

const says = sentencesOf('calibration')

/** Bins with fewer images keep their counts and show no share. */
const FEWEST_IN_BIN = 10

const BLANK: Figure = { kind: 'blank' }
const NO_IMAGES: OwnFigure = { kind: 'own', value: null, reason: 'no-images' }

/** For every label set and attribute: how well probabilities fit, by group, and the reliability in every bin. */
export function tabulateCalibration(facts: Facts, probe: ProbeFactsOf<'calibration'>): TableDraft[] {
  const { cells, attributes } = facts.dataset
  const rows = rowGroups({ cells: cells.map(({ group }) => group), attributes }, probe.groupBy, probe.derive)
  return observedBy(facts, probe.id, 'calibration').flatMap((observed) => {
    if (observed.logitScale === null) return [summary([], [], observed, facts)]
    const sums = rows.map((row) => sumsOf(row, observed))
    return [summary(rows, sums, observed, facts), reliability(rows, sums, observed, facts.policy.alpha)]
  })
}

type Sums = {
  readonly images: number
  readonly right: number
  readonly probability: number
  readonly chosen: number
  readonly allClasses: number
  readonly bins: readonly ReliabilityBin[]
}

function sumsOf(row: RowGroup, observed: CalibrationObserved): Sums {
  const inRow = new Set(row.cells)
  const bins = Array.from({ length: observed.bins }, () => ({ images: 0, right: 0, probability: 0 }))
  let [chosen, allClasses] = [0, 0]
  for (const cell of observed.cells.filter((one) => inRow.has(one.cell))) {
    chosen += cell.squares[0]
    allClasses += cell.squares[1]
    for (const [bin, images, right, probability] of cell.bins) {
      bins[bin].images += images
      bins[bin].right += right
      bins[bin].probability += probability
    }
  }
  const total = (of: (bin: ReliabilityBin) => number): number => bins.reduce((sum, bin) => sum + of(bin), 0)
  const [images, right, probability] = [total((b) => b.images), total((b) => b.right), total((b) => b.probability)]
  return { images, right, probability, chosen, allClasses, bins }
}

function summary(
  rows: readonly RowGroup[],
  sums: readonly Sums[],
  observed: CalibrationObserved,
  facts: Facts,
): TableDraft {
  const { attribute, evidence, labelSet, leftOut } = observed
  const measured = new Map(observed.groups.map((one) => [JSON.stringify(one.group), one] as const))
  const notes: Wording[] =
    observed.logitScale === null
      ? [says(observed.logitScaleReason === 'no logit bias' ? 'no-bias' : 'no-scale')]
      : [
          says(
            observed.logitBias === undefined ? 'note' : 'note-sigmoid',
            ['bins', observed.bins],
            ['draws', observed.groups[0]?.chance.draws ?? 0],
          ),
        ]
  if (leftOut > 0) notes.push(says('left-out', ['images', leftOut]))
  return {
    key: `calibration/${attribute}`,
    evidence,
    labelSet,
    title: says('title', ['attribute', attribute]),
    rowHeading: says('group'),
    columns: [
      { key: 'ece', heading: says('ece'), unit: 'number' },
      { key: 'brier', heading: says('brier'), unit: 'number' },
      { key: 'brier-difference', heading: says('brier-difference'), unit: 'number' },
      { key: 'brier-all', heading: says('brier-all'), unit: 'number' },
      { key: 'accuracy', heading: says('accuracy'), unit: 'share' },
      { key: 'confidence', heading: says('confidence'), unit: 'share' },
    ],
    rows: rows.map((row, index): FigureRow => {
      const { images, right, probability, chosen, allClasses, bins } = sums[index]
      const per = (sum: number): OwnFigure => (images === 0 ? NO_IMAGES : numberFigure(sum / images))
      const one = measured.get(JSON.stringify(row.group))
      const ece: OwnFigure =
        images === 0
          ? NO_IMAGES
          : { kind: 'own', value: expectedCalibrationError(bins), ...(one === undefined ? {} : { chance: one.chance }) }
      const accuracy = shareFigure({ count: right, total: images }, facts.policy.alpha)
      const difference = images === 0 && row.groupBy.length > 0 ? NO_IMAGES : differenceFigure(one)
      const figures = [ece, per(chosen), difference, per(allClasses), accuracy, per(probability)]
      return { key: row.key, name: rowNameOf(row.group, says), figures }
    }),
    notes,
    chart: 'none',
  }
}

/** Nothing for everyone, and for groups that are compared with nobody. */
function differenceFigure(one: CalibrationObserved['groups'][number] | undefined): Figure {
  const difference = one?.difference ?? null
  return difference === null ? BLANK : { kind: 'own', ...difference, method: 'bootstrap' }
}

/** Everyone, and the groups of single attributes: combinations have too few images in a bin. */
function reliability(
  rows: readonly RowGroup[],
  sums: readonly Sums[],
  { attribute, evidence, labelSet, bins }: CalibrationObserved,
  alpha: number,
): TableDraft {
  const columns = Array.from({ length: bins }, (_, bin) => ({
    key: `${bin + 1}`,
    heading: says('bin', ['lowShare', bin / bins], ['highShare', (bin + 1) / bins]),
    unit: 'share' as const,
  }))
  const confidence: FigureRow = {
    key: 'confidence',
    name: { kind: 'wording', wording: says('confidence-row') },
    figures: sums[0].bins.map(({ images, probability }) =>
      images < FEWEST_IN_BIN ? hollow(0, images) : numberFigure(probability / images),
    ),
  }
  const shares = rows.flatMap((row, index): FigureRow[] =>
    row.groupBy.length > 1
      ? []
      : [
          {
            key: row.key,
            name: rowNameOf(row.group, says),
            figures: sums[index].bins.map((bin) => binFigure(bin, alpha)),
          },
        ],
  )
  return {
    key: `reliability/${attribute}`,
    evidence,
    labelSet,
    title: says('reliability', ['attribute', attribute]),
    rowHeading: says('group'),
    columns,
    rows: [confidence, ...shares],
    notes: [says('reliability-note', ['fewest', FEWEST_IN_BIN])],
    chart: 'line',
  }
}

function binFigure({ images, right }: ReliabilityBin, alpha: number): Figure {
  return images < FEWEST_IN_BIN ? hollow(right, images) : shareFigure({ count: right, total: images }, alpha)
}

function hollow(count: number, total: number): Figure {
  if (total === 0) return BLANK
  return { kind: 'own', value: null, reason: 'group-too-small', count, total }
}
