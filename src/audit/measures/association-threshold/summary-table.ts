import type { LabelSetFacts } from '../../types/facts.js'
import type { Figure, Wording } from '../../types/figures.js'
import type { AssociationObserved } from '../../types/observed/association-threshold.js'
import type { TableDraft } from '../measure-kind.js'
import { shareFigure } from '../share-figure.js'
import { sumLabels } from './group-labels.js'
import { labelsGiven } from './label-associations.js'
import { column, says } from './words.js'

type Observed = Pick<
  AssociationObserved,
  'evidence' | 'labelSet' | 'logitScale' | 'logitScaleReason' | 'logitBias' | 'thresholds'
>
type Asked = { readonly thresholds: readonly number[]; readonly alpha: number; readonly caveats: readonly Wording[] }

const BLANK: Figure = { kind: 'blank' }

/** What each threshold is worth under a label set: how many times the probability that equal shares would give every label, and how many
 *  labels an image is given. Without a logit scale the second half stays blank. Labels with a sigmoid of their own share nothing: there the
 *  first half is left out. */
export function summaryTable(
  observed: Observed,
  labels: LabelSetFacts['labels'],
  { thresholds, alpha, caveats }: Asked,
): TableDraft {
  const { evidence, labelSet, logitBias, logitScaleReason } = observed
  const isShared = logitBias === undefined && logitScaleReason !== 'no logit bias'
  return {
    ...{ key: 'association/summary', evidence, labelSet, chart: 'none' },
    title: says('summary.title'),
    rowHeading: says('summary.threshold'),
    columns: [
      ...(isShared ? [column('times-uniform', 'number')] : []),
      column('labels-per-image', 'number'),
      column('no-label', 'share'),
      column('labels-used', 'count', [['labels', labels.length]]),
    ],
    rows: thresholds.map((threshold) => ({
      key: String(threshold),
      name: { kind: 'wording', wording: says('summary.row', ['thresholdShare', threshold]) },
      // threshold over equal shares, as it is read: the product with the labels would print 1.555 as 1.55
      figures: [
        ...(isShared ? [{ kind: 'own' as const, value: threshold / (1 / labels.length) }] : []),
        ...givenFigures(threshold, observed, labels, alpha),
      ],
    })),
    notes: [scaleNote(observed), ...(isShared ? uniformNotes(observed, labels, thresholds) : []), ...caveats],
  }
}

function scaleNote({ logitScale, logitScaleReason, logitBias }: Observed): Wording {
  if (logitScale === null) return says(logitScaleReason === 'no logit bias' ? 'note.no-bias' : 'note.no-scale')
  if (logitBias === undefined) return says('note.scale', ['scale', logitScale])
  return says('note.sigmoid', ['scale', logitScale], ['bias', logitBias])
}

function uniformNotes(
  { logitScale }: Observed,
  labels: LabelSetFacts['labels'],
  thresholds: readonly number[],
): Wording[] {
  return [
    says('note.uniform', ['labels', labels.length]),
    ...thresholds
      .filter((threshold) => logitScale !== null && threshold * labels.length <= 1)
      .map((threshold) => says('note.below-uniform', ['thresholdShare', threshold])),
  ]
}

function givenFigures(
  threshold: number,
  observed: Observed,
  labels: LabelSetFacts['labels'],
  alpha: number,
): readonly Figure[] {
  const at = observed.thresholds.find((one) => one.threshold === threshold)
  if (at === undefined) return [BLANK, BLANK, BLANK]
  const given = sumLabels(
    at.cells,
    labels.map(({ id }) => id),
  )
  const { images, without, counts } = given
  const perImage: Figure =
    images === 0
      ? { kind: 'own', value: null, reason: 'no-images' }
      : { kind: 'own', value: labelsGiven(given) / images }
  const used = counts.filter((count) => count > 0).length
  return [perImage, shareFigure({ count: without, total: images }, alpha), { kind: 'own', value: used }]
}
