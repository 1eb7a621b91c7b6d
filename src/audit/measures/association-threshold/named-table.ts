import type { LabelSetFacts } from '../../types/facts.js'
import type { Figure, FigureRow, Wording } from '../../types/figures.js'
import type { MeasureOf } from '../../types/measures.js'
import type { TableDraft } from '../measure-kind.js'
import { associationColumns, associationFigures, type Contrasted } from './association-tables.js'
import { labelAssociations, type LabelAssociation } from './label-associations.js'
import { column, says } from './words.js'

type Named = NonNullable<MeasureOf<'association-threshold'>['named']>

export type NamedIn = Pick<TableDraft, 'evidence' | 'labelSet'> & {
  readonly named: Named
  readonly keyness: MeasureOf<'association-threshold'>['keyness']
  readonly labels: LabelSetFacts['labels']
  readonly alpha: number
  readonly simulated: boolean
  readonly caveats: readonly Wording[]
}

/** The labels that a publication names in words, with the side on which they fall here; null where it names none of this label set. `at`:
 *  two groups at each threshold. */
export function namedTable(
  at: readonly { readonly threshold: number; readonly contrasted: Contrasted }[],
  of: NamedIn,
): TableDraft | null {
  const { evidence, labelSet, named, labels } = of
  const rows = named.said
    .filter((said) => said.labelSet === labelSet)
    .flatMap((said) => {
      const found = at.find(({ threshold }) => threshold === said.threshold)
      return found === undefined ? [] : rowsOf(said, found, of)
    })
  const first = at[0]?.contrasted
  if (rows.length === 0 || first === undefined) return null
  return {
    ...{ key: 'association/named-by-the-paper', evidence, labelSet, chart: 'none' },
    title: says('named.title', ['source', named.source]),
    rowHeading: says('label'),
    columns: [...associationColumns(first.target.name, first.rest.name), column('source', 'number')],
    rows,
    notes: [says('named.note', ['labels', labels.length], ['level', String(of.alpha)]), ...of.caveats],
  }
}

function rowsOf(
  { side, threshold, labels: ids }: Named['said'][number],
  { contrasted }: { readonly contrasted: Contrasted },
  of: NamedIn,
): FigureRow[] {
  const associations = labelAssociations(contrasted.target.given, contrasted.rest.given, of.keyness)
  return ids.flatMap((id): FigureRow[] => {
    const place = of.labels.findIndex((label) => label.id === id)
    if (place < 0) return []
    const association = associations[place]
    const name = says(
      `named.${sideHere(association, of.alpha)}`,
      ['label', of.labels[place].text],
      ['thresholdShare', threshold],
      ['value', sideName(association, contrasted)],
    )
    return [
      {
        key: `${threshold}/${id}`,
        name: { kind: 'wording', wording: name },
        figures: [...associationFigures(association, of.alpha), printed(side, of)],
      },
    ]
  })
}

/** What this audit says of a label, computed from its own counts. */
function sideHere({ keyness, q, target }: LabelAssociation, alpha: number): 'none' | 'all' | 'unclear' | 'side' {
  if (keyness === null || q === null) return target.count === 0 ? 'none' : 'all'
  return q < alpha && keyness.signed !== 0 ? 'side' : 'unclear'
}

function sideName({ keyness }: LabelAssociation, { target, rest }: Contrasted): string {
  return (keyness?.signed ?? 0) > 0 ? target.name : (rest.name ?? '')
}

/** Prompts and photographs of the source are others, so no status is computed but this one. */
function printed(text: string, { named, simulated }: NamedIn): Figure {
  return simulated
    ? { kind: 'printed', text, status: null, statusReason: 'simulated' }
    : { kind: 'printed', text, status: 'not-comparable', statusReason: named.neverComparable }
}
