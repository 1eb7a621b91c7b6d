import type { Facts } from '../../types/facts.js'
import type { FigureRow, OwnFigure } from '../../types/figures.js'
import { measuredFigure } from '../measured-figure.js'
import { observedBy, type MeasureRules, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { numberFigure } from '../share-figure.js'
import { observeEmbeddingAssociation } from './observe.js'
import { subjectsRepeat } from '../subjects-repeat.js'
import { sentencesOf } from '../sentences.js'

const says = sentencesOf('embedding-association')

/** Cross-modal WEAT and iEAT (measures.md B6). Evidence needed: embeddings. */
export const embeddingAssociationRules: MeasureRules<'embedding-association'> = {
  missing: ({ tests }, { labels }) => {
    const outcomes = new Set(labels.map(({ outcome }) => outcome))
    const lacking = tests.map(({ a, b }) => [a, b].find((outcome) => !outcomes.has(outcome)))
    const [first] = lacking
    return lacking.includes(undefined) || first === undefined ? null : { reason: 'outcome-absent', missing: first }
  },
  observe: observeEmbeddingAssociation,
  tabulate: associationTables,
}

function associationTables(facts: Facts, probe: ProbeFactsOf<'embedding-association'>): TableDraft[] {
  return observedBy(facts, probe.id, 'embedding-association')
    .filter(({ tests }) => tests.length > 0)
    .map(({ evidence, labelSet, tests }) => ({
      evidence,
      labelSet,
      key: 'association/effects',
      title: says('title'),
      rowHeading: says('test'),
      columns: [
        { key: 'effect', heading: says('effect', ['deviation', probe.measure.deviation]), unit: 'number' },
        { key: 'difference', heading: says('difference'), unit: 'number' },
        { key: 'x', heading: says('x'), unit: 'count' },
        { key: 'y', heading: says('y'), unit: 'count' },
      ],
      rows: tests.flatMap((one): FigureRow[] => {
        const test = probe.measure.tests.find(({ id }) => id === one.test)
        if (test === undefined) return []
        const { attribute, x, y, a, b } = test
        const wording = says('row', ['attribute', attribute], ['x', x], ['y', y], ['a', a], ['b', b])
        const figures = [measuredFigure(one), differenceOf(one), numberFigure(one.sizes[0]), numberFigure(one.sizes[1])]
        return [{ key: one.test, name: { kind: 'wording', wording }, figures }]
      }),
      notes: [
        says('note.read'),
        says('note.chance'),
        says('note.sizes'),
        ...(subjectsRepeat(facts) ? [says('note.subjects')] : []),
      ],
      chart: 'dots',
    }))
}

function differenceOf({ difference }: { readonly difference: number | null }): OwnFigure {
  return difference === null ? { kind: 'own', value: null, reason: 'no-images' } : numberFigure(difference)
}
