import type { Facts, LabelSetFacts } from '../../types/facts.js'
import type { Figure, FigureRow } from '../../types/figures.js'
import { UNKNOWN } from '../../types/groups.js'
import { confusionRates, type ClassRate } from '../confusion-rates.js'
import { groupFacts } from '../group-facts.js'
import type { ProbeFactsOf, TableDraft } from '../measure-kind.js'
import { numberFigure, shareFigure } from '../share-figure.js'
import { impliedValues } from '../reading/implied-values.js'
import { talliesOf } from '../reading/readable.js'
import { says } from './words.js'

type Probe = ProbeFactsOf<'attribute-accuracy'>

/** For every attribute that is read exactly: images by annotated value (rows) and decided value (columns), with recall and precision. */
export function confusionTables(facts: Facts, { measure }: Probe): TableDraft[] {
  const attributes = [...new Set(measure.readings.flatMap((one) => (one.reading === 'exact' ? [one.attribute] : [])))]
  return facts.evidence.flatMap(({ id: evidence }) =>
    facts.labelSets.flatMap((labelSet) =>
      attributes.flatMap((attribute) => confusionTable(facts, { evidence, labelSet, attribute }) ?? []),
    ),
  )
}

type Of = { readonly evidence: string; readonly labelSet: LabelSetFacts; readonly attribute: string }

function confusionTable(facts: Facts, { evidence, labelSet, attribute }: Of): TableDraft | null {
  const implied = impliedValues(labelSet.labels, attribute)
  const declared = facts.dataset.attributes.find(({ name }) => name === attribute)
  if (implied === null || declared === undefined) return null
  // a value that no image has can still be decided: without its column such decisions would look off the attribute
  const values = [...new Set([...declared.values, ...implied.values()])].filter((value) => value !== UNKNOWN)
  const { matrix, off } = count(facts, { evidence, labelSet, attribute }, values, implied)
  const { alpha } = facts.policy
  const rates = confusionRates(matrix, off)
  const rows = values.map((value, row): FigureRow => ({
    key: value,
    name: { kind: 'text', text: value },
    figures: [
      ...matrix[row].map(numberFigure),
      numberFigure(off[row]),
      rate(rates[row].recall, alpha),
      rate(rates[row].precision, alpha),
    ],
  }))
  return {
    evidence,
    labelSet: labelSet.id,
    key: `confusion/${attribute}`,
    title: says('confusion.title', ['attribute', attribute]),
    rowHeading: says('confusion.annotated'),
    columns: [
      ...values.map((value) => ({
        key: value,
        heading: says('confusion.decided', ['value', value]),
        unit: 'count' as const,
      })),
      { key: 'off-attribute', heading: says('confusion.off'), unit: 'count' },
      { key: 'recall', heading: says('confusion.recall'), unit: 'share' },
      { key: 'precision', heading: says('confusion.precision'), unit: 'share' },
    ],
    rows,
    notes: [says('confusion.note')],
    chart: 'none',
  }
}

function count(
  facts: Facts,
  { evidence, labelSet, attribute }: Of,
  values: readonly string[],
  implied: ReadonlyMap<string, string>,
) {
  const tallies = talliesOf(facts, evidence, labelSet.id)
  const grouped = groupFacts(facts.dataset, [attribute], [])
  const matrix = values.map(() => values.map(() => 0))
  const off = values.map(() => 0)
  grouped.groups.forEach(([[, annotated]], group) => {
    const row = values.indexOf(annotated)
    if (row < 0) return
    for (const cell of grouped.cells[group]) {
      for (const [label, images] of tallies[cell].counts) {
        const column = values.indexOf(implied.get(label) ?? '')
        if (column < 0) off[row] += images
        else matrix[row][column] += images
      }
    }
  })
  return { matrix, off }
}

function rate({ count, total, value, reason }: ClassRate, alpha: number): Figure {
  if (value === null) return { kind: 'own', value: null, ...(reason === undefined ? {} : { reason }), count, total }
  return shareFigure({ count, total }, alpha)
}
