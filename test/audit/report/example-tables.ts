import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { Figure, FigureTable, Wording } from '../../../src/audit/types/figures.js'
import { exampleAudit } from './example-audit.js'

const says = (id: string, ...values: Wording['values']): Wording => ({ id, values })
const share = (count: number, total: number): Figure => ({
  kind: 'own',
  value: count / total,
  count,
  total,
  interval: [count / total - 0.02, count / total + 0.02],
  method: 'wilson',
})
const RACES = ['Black', 'White', 'Indian']

/** One table of each chart, with every kind of figure in them. The words are those of other parts of the report. */
export const EXAMPLE_TABLES: readonly FigureTable[] = [
  {
    id: 't1',
    probe: 'denigration',
    evidence: 'e1',
    labelSet: 'clip-paper',
    key: 'made-up/bars',
    title: says('figures.title'),
    rowHeading: says('table.group'),
    columns: [
      { key: 'Male', heading: says('table.group'), unit: 'share' },
      { key: 'Female', heading: says('table.ratio'), unit: 'share' },
      { key: 'chi', heading: says('table.difference'), unit: 'number' },
      { key: 'p', heading: says('table.p'), unit: 'p' },
    ],
    rows: [
      ...RACES.map((race, index) => ({
        key: race,
        name: { kind: 'group' as const, group: [['race', race]] as const },
        figures: [
          share(40 + index, 400),
          index === 2 ? { kind: 'own' as const, value: null, reason: 'no-images' as const } : share(90, 410),
          {
            kind: 'own' as const,
            value: 12.3456 * (index + 1),
            chance: { centre: 1, percentile95: 3.84, p: 0.001, draws: 999 },
          },
          { kind: 'own' as const, value: 0.00001 },
        ],
      })),
      {
        key: 'published/made-up/1',
        name: { kind: 'text', text: 'A model (a paper, Table 1)' },
        figures: [
          { kind: 'printed', text: '14.40', status: 'not-comparable', statusReason: 'crop not stated' },
          { kind: 'printed', text: '9.8', status: 'differs' },
          { kind: 'blank' },
          { kind: 'blank' },
        ],
      },
    ],
    notes: [says('figures.how-to-read')],
    chart: 'bars',
  },
  {
    id: 't2',
    probe: 'denigration',
    evidence: 'e1',
    labelSet: 'clip-paper',
    key: 'made-up/line',
    title: says('figures.lead'),
    rowHeading: says('table.group'),
    columns: [0, 5, 10, 15, 20].map((step) => ({
      key: `${step}`,
      heading: says('numbers.percent', ['value', step]),
      unit: 'share' as const,
    })),
    rows: RACES.map((race, row) => ({
      key: race,
      name: { kind: 'text' as const, text: race },
      figures: [0, 1, 2, 3, 4].map((step) => share(100 - 12 * step + 5 * row, 400)),
    })),
    notes: [],
    chart: 'line',
  },
  {
    id: 't3',
    probe: 'denigration',
    evidence: null,
    labelSet: null,
    key: 'made-up/dots',
    title: says('figures.cannot-show'),
    rowHeading: says('table.group'),
    columns: [{ key: 'd', heading: says('table.difference'), unit: 'number' }],
    rows: [-0.6, 0.02, 1.1].map((value, row) => ({
      key: `${row}`,
      name: { kind: 'wording' as const, wording: says('table.ratio') },
      figures: [
        { kind: 'own' as const, value, interval: [value - 0.4, value + 0.4] as const, method: 'bootstrap' as const },
      ],
    })),
    notes: [],
    chart: 'dots',
  },
]

/** The made-up audit with tables of measures. */
export function auditWithTables(): AuditResult {
  const audit = exampleAudit()
  return { ...audit, derived: { ...audit.derived, tables: EXAMPLE_TABLES } }
}
