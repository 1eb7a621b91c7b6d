import { describe, expect, it } from 'vitest'
import { withPublished } from '../../../src/audit/findings/with-published.js'
import type { TableDraft } from '../../../src/audit/measures/measure-kind.js'
import type { Facts, ProbeFacts } from '../../../src/audit/types/facts.js'
import type { Figure, OwnFigure, PublishedGrid } from '../../../src/audit/types/figures.js'
import { factsOf } from '../../support/facts.js'

const FACTS = factsOf({
  attributes: [{ name: 'race', values: ['Black', 'White'] }],
  blocks: [{ of: ['Black'], label: 'man', images: 2 }],
  crop: '0.25',
})
const [{ promptsSha256 }] = FACTS.labelSets
const GRID: PublishedGrid = {
  id: 'paper',
  source: 'A paper, Table 1',
  beside: 'made-up',
  columns: ['share'],
  rows: [{ name: 'Theirs', against: null, figures: ['14.4'] }],
  unit: 'percent',
  neverComparable: null,
  conditions: { crop: '0.25', promptsSha256 },
  note: null,
}
const share = (count: number, total: number, more: Partial<OwnFigure> = {}): Figure => ({
  kind: 'own',
  value: count / total,
  count,
  total,
  ...more,
})

function statusOf(figure: Figure, grid: Partial<PublishedGrid> = {}, facts: Facts = FACTS): Figure | undefined {
  const draft: TableDraft = {
    evidence: 'e1',
    labelSet: FACTS.labelSets[0].id,
    key: 'made-up',
    title: { id: 't', values: [] },
    rowHeading: { id: 'r', values: [] },
    columns: [
      { key: 'other', heading: { id: 'o', values: [] }, unit: 'count' },
      { key: 'share', heading: { id: 's', values: [] }, unit: 'share' },
    ],
    rows: [{ key: 'ours', name: { kind: 'text', text: 'ours' }, figures: [{ kind: 'blank' }, figure] }],
    notes: [],
    chart: 'none',
  }
  const probe: ProbeFacts = { ...FACTS.probes[0], publishedTables: [{ ...GRID, ...grid }] }
  const { rows } = withPublished(draft, probe, facts)
  expect(rows[0]).toBe(draft.rows[0]) // ours stays as it is
  expect(rows[1]?.figures[0]).toEqual({ kind: 'blank' }) // a column that the source does not have
  return rows[1]?.figures[1]
}

describe('a published table beside ours', () => {
  it('reproduces where some value that prints as the figure lies in our 95 % interval, and differs where none does', () => {
    expect(statusOf(share(144, 1000))).toEqual({ kind: 'printed', text: '14.4', status: 'reproduces' })
    expect(statusOf(share(125, 1000))).toMatchObject({ status: 'reproduces' }) // Wilson to 14.69 %
    expect(statusOf(share(120, 1000))).toMatchObject({ status: 'differs' }) // Wilson to 14.16 %
    expect(statusOf(share(0, 0, { value: null, reason: 'no-images' }))).toMatchObject({ status: 'not-comparable' })
  })

  it('takes 95 % from the counts, whatever interval the figure carries', () => {
    expect(statusOf(share(120, 1000, { interval: [0, 1], method: 'range' }))).toMatchObject({ status: 'differs' })
    const wide = { ...FACTS, policy: { ...FACTS.policy, alpha: 0.001 } }
    expect(statusOf(share(120, 1000), {}, wide)).toMatchObject({ status: 'differs' })
  })

  it('compares no figure without counts', () => {
    const reason = 'no share of ours stands beside it'
    expect(statusOf({ kind: 'own', value: 0.144, interval: [0.1, 0.2] })).toMatchObject({ statusReason: reason })
    expect(statusOf(share(144, 1000), { unit: 'number' })).toMatchObject({ statusReason: reason })
  })

  it('compares nothing of other wording or crop, of sources that can never be compared, or on simulated data', () => {
    const fits = share(144, 1000)
    const conditions = { crop: '1.25', promptsSha256 }
    expect(statusOf(fits, { conditions })).toMatchObject({ status: 'not-comparable', statusReason: 'other crop' })
    expect(statusOf(fits, { conditions: { crop: '0.25', promptsSha256: '0'.repeat(64) } })).toMatchObject({
      statusReason: 'other wording of the prompts',
    })
    const dataset = { ...FACTS.dataset, crop: null }
    expect(statusOf(fits, {}, { ...FACTS, dataset })).toMatchObject({ statusReason: 'crop not stated' })
    expect(statusOf(fits, { neverComparable: 'never', conditions: null })).toMatchObject({ statusReason: 'never' })
    expect(statusOf(fits, {}, { ...FACTS, simulated: true })).toMatchObject({ status: null, statusReason: 'simulated' })
  })

  it('compares with the row that is named, and leaves blanks of the source blank', () => {
    const elsewhere = { rows: [{ name: 'Theirs', against: 'another', figures: ['14.4'] }] }
    expect(statusOf(share(144, 1000), elsewhere)).toMatchObject({ status: 'not-comparable' })
    expect(statusOf(share(144, 1000), { rows: [{ name: 'T', against: 'ours', figures: [null] }] })).toEqual({
      kind: 'blank',
    })
  })
})
