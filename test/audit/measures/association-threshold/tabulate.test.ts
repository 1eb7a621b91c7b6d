import { describe, expect, it } from 'vitest'
import { tabulateAssociations } from '../../../../src/audit/measures/association-threshold/tabulate.js'
import type { ProbeFactsOf, TableDraft } from '../../../../src/audit/measures/measure-kind.js'
import type { Facts } from '../../../../src/audit/types/facts.js'
import type { Figure } from '../../../../src/audit/types/figures.js'
import type { AssociationObserved } from '../../../../src/audit/types/observed/association-threshold.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { probeOf } from '../../../support/definitions.js'
import { factsOf, type Scene } from '../../../support/facts.js'

type Probe = ProbeFactsOf<'association-threshold'>

const MEASURE: MeasureOf<'association-threshold'> = {
  kind: 'association-threshold',
  thresholds: [0.1, 0.4],
  top: 20,
  keyness: 'image',
  named: {
    source: 'a paper',
    neverComparable: 'its photographs are others',
    said: [
      { labelSet: 'four-labels', threshold: 0.1, side: 'men', labels: ['thief', 'animal', 'woman', 'not-here'] },
      { labelSet: 'four-labels', threshold: 0.3, side: 'men', labels: ['thief'] },
      { labelSet: 'another', threshold: 0.1, side: 'women', labels: ['woman'] },
    ],
  },
}

type Cells = AssociationObserved['thresholds'][number]['cells']

function tablesOf(
  values: readonly string[],
  cells: Cells,
  changes: Partial<Scene> = {},
  scale: number | null = 100,
  sigmoid: Partial<AssociationObserved> = {},
): TableDraft[] {
  const observed: AssociationObserved = {
    kind: 'association-threshold',
    probe: 'congress',
    evidence: 'e1',
    labelSet: 'four-labels',
    logitScale: scale,
    logitScaleReason: scale === null ? 'not in the export' : null,
    thresholds: scale === null ? [] : [{ threshold: 0.1, cells }, { threshold: 0.4, cells: cells.map((of) => ({ ...of, without: of.images, labels: [] })) }], // prettier-ignore
    ...sigmoid,
  }
  const facts: Facts = factsOf({
    attributes: [{ name: 'group', values }],
    blocks: values.map((value) => ({ of: [value], images: 40, label: 'man' })),
    probes: [probeOf({ id: 'congress', measure: MEASURE, groupBy: [['group']], evidence: 'scores' })],
    observations: [observed],
    ...changes,
  })
  return tabulateAssociations(facts, facts.probes[0] as Probe)
}

const TWO: Cells = [
  { cell: 0, images: 40, without: 3, labels: [['man', 10], ['woman', 30], ['animal', 5]] }, // prettier-ignore
  { cell: 1, images: 40, without: 0, labels: [['man', 35], ['woman', 4], ['animal', 6], ['thief', 12]] }, // prettier-ignore
]

const named = (tables: readonly TableDraft[], key: string): TableDraft => {
  const found = tables.find((table) => table.key === key)
  if (found === undefined) throw new Error(`no table ${key} among ${tables.map((table) => table.key).join(', ')}`)
  return found
}
const words = ({ rows }: TableDraft): string[] =>
  rows.map(({ name }) =>
    name.kind === 'wording' ? `${name.wording.id.split('.').at(-1) ?? ''} ${slot(name.wording.values, 'value')}` : '',
  )
const slot = (values: readonly (readonly [string, string | number])[], of: string): string =>
  String(values.find(([name]) => name === of)?.[1] ?? '')
const value = (figure: Figure | undefined): unknown => (figure?.kind === 'own' ? figure.value : figure)

describe('tables of associations', () => {
  it('are a summary, one list for each threshold, and what the source names', () =>
    expect(tablesOf(['F', 'M'], TWO).map(({ key }) => key)).toEqual([
      'association/summary',
      'association/0.1',
      'association/0.4',
      'association/named-by-the-paper',
    ]))

  it('list the labels of one side, then those of the other, with shares of images and bars', () => {
    const { rows, columns, chart } = named(tablesOf(['F', 'M'], TWO), 'association/0.1')
    expect(rows.map(({ key }) => key)).toEqual(['F/woman', 'M/man', 'M/thief', 'M/animal'])
    expect(columns.map(({ key }) => key)).toEqual(['share/F', 'share/M', 'chi-squared', 'q'])
    expect(rows[0]?.figures[0]).toMatchObject({ count: 30, total: 40, method: 'wilson' })
    expect(Math.sign(Number(value(rows[0]?.figures[2])))).toBe(1)
    expect(Math.sign(Number(value(rows[1]?.figures[2])))).toBe(-1)
    expect(chart).toBe('bars')
  })

  it('say what a threshold is worth: over equal shares, labels per image, images without any', () => {
    const { rows } = named(tablesOf(['F', 'M'], TWO), 'association/summary')
    expect(rows[0]?.figures.map(value)).toEqual([0.4, 102 / 80, 3 / 80, 4])
  })

  it('warn of a threshold that is not above equal shares', () => {
    const ids = named(tablesOf(['F', 'M'], TWO), 'association/summary').notes.map(({ id }) => id.split('.').at(-1))
    expect(ids).toEqual(['scale', 'uniform', 'below-uniform']) // 0.1 of four labels, not 0.4
  })

  it('compute the side on which a named label falls, and print the words of the source beside it', () => {
    const table = named(tablesOf(['F', 'M'], TWO), 'association/named-by-the-paper')
    expect(table.rows.map(({ key }) => key)).toEqual(['0.1/thief', '0.1/animal', '0.1/woman'])
    expect(words(table)).toEqual(['side M', 'unclear M', 'side F'])
    expect(table.rows[0]?.figures.at(-1)).toEqual({
      kind: 'printed',
      text: 'men',
      status: 'not-comparable',
      statusReason: 'its photographs are others',
    })
  })

  it('turn with the counts: the side is not written by hand', () => {
    const [women, men] = TWO
    if (women === undefined || men === undefined) throw new Error('two cells')
    const turned = [{ ...men, cell: 0 }, { ...women, cell: 1 }] // prettier-ignore
    expect(words(named(tablesOf(['F', 'M'], turned), 'association/named-by-the-paper'))).toEqual([
      'side F',
      'unclear F',
      'side M',
    ])
  })

  it('give published words no status on simulated data', () => {
    const table = named(tablesOf(['F', 'M'], TWO, { simulated: true }), 'association/named-by-the-paper')
    expect(table.rows[0]?.figures.at(-1)).toMatchObject({ status: null, statusReason: 'simulated' })
  })

  it('hold each value against everyone else where there are more than two, and name nothing by a side', () => {
    const three: Cells = [...TWO, { cell: 2, images: 40, without: 0, labels: [['animal', 40]] }]
    const tables = tablesOf(['A', 'B', 'C'], three)
    expect(tables.map(({ key }) => key).slice(0, 4)).toEqual([
      'association/summary',
      'association/0.1/A',
      'association/0.1/B',
      'association/0.1/C',
    ])
    expect(tables.some(({ key }) => key.includes('named'))).toBe(false)
    const { rows, columns } = named(tables, 'association/0.1/C')
    expect(columns.map(({ key }) => key)).toEqual(['share/C', 'rest', 'chi-squared', 'q'])
    expect(rows.map(({ key }) => key)).toEqual(['C/animal'])
    expect(rows[0]?.figures[1]).toMatchObject({ count: 11, total: 80 })
  })

  it('compare nobody whose value is unknown, and count them in the summary', () => {
    const withUnknown: Cells = [...TWO, { cell: 2, images: 20, without: 20, labels: [] }]
    const tables = tablesOf(['F', 'M', 'unknown'], withUnknown)
    expect(named(tables, 'association/0.1').rows[0]?.figures[0]).toMatchObject({ count: 30, total: 40 })
    expect(named(tables, 'association/summary').rows[0]?.figures[2]).toMatchObject({ count: 23, total: 100 })
  })

  it('leave all but the first column of the summary blank, and say why, where the model states no scale', () => {
    const tables = tablesOf(['F', 'M'], [], {}, null)
    expect(tables.map(({ key }) => key)).toEqual(['association/summary'])
    expect(tables[0]?.rows[0]?.figures.map(({ kind }) => kind)).toEqual(['own', 'blank', 'blank', 'blank'])
    expect(tables[0]?.notes[0]?.id).toMatch(/no-scale$/)
  })

  it('compare no threshold with equal shares where each label has a sigmoid of its own', () => {
    const summary = named(tablesOf(['F', 'M'], TWO, {}, 100, { logitBias: -10 }), 'association/summary')
    expect(summary.columns.map(({ key }) => key)).toEqual(['labels-per-image', 'no-label', 'labels-used'])
    expect(summary.rows[0]?.figures.length).toBe(3)
    expect(summary.notes.map(({ id }) => id.split('.').at(-1))).toEqual(['sigmoid'])
  })

  it('say where the bias of a sigmoid is missing', () => {
    const [summary] = tablesOf(['F', 'M'], [], {}, null, { logitScaleReason: 'no logit bias' })
    expect(summary?.notes.map(({ id }) => id.split('.').at(-1))).toEqual(['no-bias'])
  })

  it('say that images of one subject are not independent', () => {
    const tables = tablesOf(['F', 'M'], TWO, { imagesPerSubject: 4 })
    for (const { notes } of tables.filter(({ rows }) => rows.length > 0)) expect(notes.at(-1)?.id).toMatch(/subjects$/)
  })

  it('say plainly when no label tells the groups apart', () =>
    expect(named(tablesOf(['F', 'M'], [{ cell: 0, images: 40, without: 0, labels: [['man', 40]] }, { cell: 1, images: 40, without: 0, labels: [['man', 40]] }]), 'association/0.1').notes[0]?.id).toMatch(/nothing$/)) // prettier-ignore
})
