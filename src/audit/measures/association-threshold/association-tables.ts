import type { LabelSetFacts } from '../../types/facts.js'
import type { Figure, FigureRow, Wording } from '../../types/figures.js'
import type { Group } from '../../types/groups.js'
import type { MeasureOf } from '../../types/measures.js'
import type { TableDraft } from '../measure-kind.js'
import { shareFigure } from '../share-figure.js'
import type { GivenLabels } from './group-labels.js'
import { labelAssociations, mostAssociated, type LabelAssociation } from './label-associations.js'
import { column, says } from './words.js'
import { groupText } from '../sentences.js'

/** Whose labels are compared: a group and the other one of two, or a group and everyone else. */
export type Contrasted = {
  readonly target: { readonly name: string; readonly given: GivenLabels }
  /** `name` is null for everyone else. */
  readonly rest: { readonly name: string | null; readonly given: GivenLabels }
}

/** The contrasts that some groups make: one where there are two, else each group against all the others. */
export function contrastsOf(groups: readonly { readonly group: Group; readonly given: GivenLabels }[]): Contrasted[] {
  if (groups.length < 2) return []
  if (groups.length === 2) {
    const [target, rest] = groups.map(({ group, given }) => ({ name: groupText(group), given }))
    return [{ target, rest }]
  }
  return groups.map(({ group, given }, index) => ({
    target: { name: groupText(group), given },
    rest: { name: null, given: addGiven(groups.filter((_, other) => other !== index).map((one) => one.given)) },
  }))
}

function addGiven(all: readonly GivenLabels[]): GivenLabels {
  return all.reduce((sum, one) => ({
    images: sum.images + one.images,
    without: sum.without + one.without,
    counts: sum.counts.map((count, label) => count + one.counts[label]),
  }))
}

export type TableOf = Pick<TableDraft, 'evidence' | 'labelSet'> & {
  readonly key: string
  readonly groupBy: string
  readonly threshold: number
  readonly measure: Pick<MeasureOf<'association-threshold'>, 'top' | 'keyness'>
  readonly labels: LabelSetFacts['labels']
  readonly alpha: number
  readonly caveats: readonly Wording[]
}

/** The labels most associated with each side at one threshold, in the shape of Figure 18 of the CLIP paper: shares of images by group,
 *  the labels of one side first, each side ordered by how often its labels are given. */
export function associationTable({ target, rest }: Contrasted, of: TableOf): TableDraft {
  const { key, evidence, labelSet, groupBy, threshold, measure, labels, alpha } = of
  const associations = labelAssociations(target.given, rest.given, measure.keyness)
  const sideRows = (side: 'target' | 'rest', name: string): FigureRow[] =>
    mostAssociated(associations, side, measure.top).map((one) => ({
      key: `${name}/${labels[one.label].id}`,
      name: {
        kind: 'wording',
        wording: says('row', ['value', name], ['label', labels[one.label].text]),
      },
      figures: associationFigures(one, alpha),
    }))
  return {
    ...{ key, evidence, labelSet, chart: 'bars' },
    title: says(
      rest.name === null ? 'title.rest' : 'title.two',
      ['groupBy', groupBy],
      ['value', target.name],
      ['thresholdShare', threshold],
    ),
    rowHeading: says('label'),
    columns: associationColumns(target.name, rest.name),
    rows: [...sideRows('target', target.name), ...(rest.name === null ? [] : sideRows('rest', rest.name))],
    notes: associationNotes(associations, of),
  }
}

function associationNotes(associations: readonly LabelAssociation[], of: TableOf): readonly Wording[] {
  const { measure, labels, alpha, caveats } = of
  const tested = associations.filter(({ q }) => q !== null)
  if (tested.length === 0) return [says('note.nothing'), ...caveats]
  return [
    says('note.order', ['top', measure.top], ['labels', labels.length]),
    says(
      'note.apart',
      ['tested', tested.length],
      ['apart', tested.filter(({ q }) => (q ?? 1) < alpha).length],
      ['level', String(alpha)],
    ),
    says(`note.keyness.${measure.keyness}`),
    ...caveats,
  ]
}

export function associationColumns(target: string, rest: string | null): TableDraft['columns'] {
  return [
    column(`share/${target}`, 'share', [['value', target]], 'group'),
    rest === null ? column('rest', 'share') : column(`share/${rest}`, 'share', [['value', rest]], 'group'),
    column('chi-squared', 'number', [['value', target]]),
    column('q', 'p'),
  ]
}

/** Shares of both sides, signed chi-squared and q of one label. */
export function associationFigures({ target, rest, keyness, q }: LabelAssociation, alpha: number): Figure[] {
  const known = (value: number | null): Figure =>
    value === null ? { kind: 'own', value: null, reason: 'zero-margin' } : { kind: 'own', value }
  return [shareFigure(target, alpha), shareFigure(rest, alpha), known(keyness?.signed ?? null), known(q)]
}
