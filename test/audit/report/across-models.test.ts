import { describe, expect, it } from 'vitest'
import { publishAudit } from '../../../src/audit/disclosure/publish-audit.js'
import { renderCsvTables } from '../../../src/audit/report/render-csv.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { renderPublishedMarkdown } from '../../../src/audit/report/render-published.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { toView } from '../../../src/audit/report/to-view.js'
import { CRIME, probeOf } from '../../support/definitions.js'
import { auditOf, raceScene, type Scene } from '../../support/facts.js'
import { auditOfModels } from '../../support/several-models.js'

const PROBE = probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME] } })

function thieves(counts: Readonly<Record<string, number>>): Scene {
  const races = Object.entries(counts).map(([race, images]) => [race, images, 200] as const)
  return raceScene(races, { probes: [PROBE] })
}

const FIRST = thieves({ A: 120, B: 2, C: 40 })
const AUDIT = auditOfModels({ small: FIRST, 'large.csv': thieves({ A: 120, B: 90, C: 10 }) })
const SWAPPED = auditOfModels({ small: thieves({ A: 100, B: 10 }), large: thieves({ A: 10, B: 100 }) })

describe('the section Across models', () => {
  it('puts findings down and models across, and says for how many each holds', () => {
    const rows = toView(AUDIT).acrossModels?.tables[0]?.rows ?? []
    expect(rows.map(({ group, holds }) => [group, holds.text])).toEqual([
      ['A', 'Every model: higher'],
      ['B', '1 of 2 models: lower'],
      ['C', '1 of 2 models: lower'],
    ])
    expect(rows[0]?.cells.map(({ name, counts, against }) => [name, counts, against])).toEqual([
      ['small', '120 of 200', 'against 42 of 400 (10.5%)'],
      ['large.csv', '120 of 200', 'against 100 of 400 (25.0%)'],
    ])
  })

  it('turns a comparison that a model made the other way round to the group of the row', () => {
    const [row] = toView(SWAPPED).acrossModels?.tables[0]?.rows ?? []
    expect([row?.group, row?.against, row?.holds.text]).toEqual(['A', 'against B', 'Opposite directions'])
    expect(row?.cells.map(({ verdict, counts }) => [verdict?.key, counts])).toEqual([
      ['higher', '100 of 200'],
      ['lower', '10 of 200'],
    ])
  })

  it('says that a model does not compare a group, rather than nothing', () => {
    const best = { reference: { kind: 'best' } as const }
    const audit = auditOfModels({
      a: { ...thieves({ A: 100, B: 2, C: 60 }), ...best },
      b: { ...thieves({ A: 100, B: 60, C: 2 }), ...best },
    })
    const rows = toView(audit).acrossModels?.tables[0]?.rows ?? []
    const row = rows.find(({ group }) => group === 'C')
    expect(row?.against).toBe('against B')
    expect(row?.cells[1]).toMatchObject({ verdict: null, counts: 'Not compared under this model.' })
    expect(rows.find(({ group }) => group === 'A')?.against).toBe('against the group with the lowest rate')
  })

  it('says so when nothing is a disparity for any model', () => {
    const even = thieves({ A: 20, B: 20, C: 20 })
    expect(toView(auditOfModels({ a: even, b: even })).acrossModels).toMatchObject({
      counts: ['No comparison is a disparity for any model. That does not show that there is none.'],
      tables: [],
    })
  })

  it('stands in every report, with the same counts', () => {
    const csv = renderCsvTables(AUDIT).find(({ name }) => name === 'across-models.csv')?.text ?? ''
    expect(csv.split('\r\n')).toHaveLength(1 + 3 * 2 + 1)
    expect(csv).toContain('"race A","small","everyone else","disparity","higher",120,200,0.6,')
    for (const page of [renderHtml(AUDIT), renderMarkdown(AUDIT), renderTerminalSummary(AUDIT)]) {
      expect(page).toContain('Across models')
      expect(page.replace(/\s+/g, ' ')).toContain('for at least one model: 3. In the same direction for every model: 1. For some models: 2. In opposite directions: 0.') // prettier-ignore
      expect(page).toContain('Every model: higher')
    }
  })

  it('is in no report of one model, which says nothing of models side by side', () => {
    const one = auditOf(FIRST)
    expect(toView(one).acrossModels).toBeNull()
    expect(renderCsvTables(one).map(({ name }) => name)).not.toContain('across-models.csv')
    for (const page of [renderHtml(one), renderMarkdown(one), renderTerminalSummary(one)])
      expect(page.toLowerCase()).not.toContain('across models')
  })
})

describe('a report of several models', () => {
  it('says of every result whose it is', () => {
    const view = toView(AUDIT)
    expect(view.results.map(({ evidence }) => evidence)).toEqual(['small', 'large.csv'])
    const captions = view.results.flatMap(({ single }) => single.flatMap(({ panels }) => panels.map(({ table }) => table.caption))) // prettier-ignore
    expect(captions.map((caption) => /label set (.*):/.exec(caption)?.[1])).toEqual(['four-labels, small', 'four-labels, large.csv']) // prettier-ignore
    expect(view.front.largest.map(({ where }) => where)).toContain('by race, label set four-labels, large.csv')
    expect(view.method.families.slice(0, 2).map(({ labelSet }) => labelSet)).toEqual(['four-labels, small', 'four-labels, large.csv']) // prettier-ignore
    expect(view.provenance.evidence.map(({ id }) => id)).toEqual(['e1, small', 'e2, large.csv'])
  })

  it('names all of them in title and summary, and says that nothing is corrected across them', () => {
    const view = toView(AUDIT)
    expect(view.front.subject).toBe('small and decisions in large.csv')
    expect(view.front.summary[0]).toContain(
      '2 models or sources of decisions were audited on the same 600 images of drawn',
    )
    expect(view.method.paragraphs.at(-1)).toContain('Nothing is corrected across models')
  })

  it('says of which models ties could not be looked for', () => {
    expect(toView(AUDIT).robustness.decisionsOnly).toContain('Of large.csv only decisions were given')
    expect(toView(SWAPPED).robustness.decisionsOnly).toBe('')
  })

  it('does not say that verdicts were tried with near-ties, nor that none hangs on them, where no source has scores', () => {
    const without = auditOf({ ...FIRST, decisionsOnly: true })
    for (const page of [renderHtml(without), renderMarkdown(without)]) {
      expect(page).toContain('near-ties and exact ties could not be looked for')
      expect(page).not.toContain('was tried with them decided the other way')
      expect(page).not.toContain('No verdict hangs on near-ties')
    }
    expect(renderMarkdown(auditOf(FIRST))).toContain('No verdict hangs on near-ties')
  })

  it('puts published figures beside each model by itself, and says once what was not run', () => {
    const table = (id: string, labelSet: string) => ({
      ...{
        id,
        source: 'Somebody, Table 1',
        labelSet,
        outcome: 'crime',
        attribute: 'race',
        conditions: null,
        note: null,
      },
      ...{ neverComparable: 'the wording is unknown' },
      figures: [{ value: 'A', figure: { kind: 'percent', text: '24.9', decimals: 1 } as const }],
    })
    const probe = { ...PROBE, published: [table('run', 'four-labels'), table('not-run', 'elsewhere')] }
    const audit = auditOfModels({ small: { ...FIRST, probes: [probe] }, large: { ...thieves({ A: 10, B: 9, C: 8 }), probes: [probe] } }) // prettier-ignore
    const { open, notRun } = toView(audit).asked.published
    expect(open.map(({ caption, rows }) => [caption, rows[0]?.counts])).toEqual([
      ['Somebody, Table 1: “crime”, beside our label set four-labels, small', '120 of 200'],
      ['Somebody, Table 1: “crime”, beside our label set four-labels, large', '10 of 200'],
    ])
    expect(notRun).toHaveLength(1)
    const csv =
      renderCsvTables(audit)
        .find(({ name }) => name === 'published.csv')
        ?.text.split('\r\n') ?? []
    expect(csv.slice(0, -1).map((line) => line.split(',').at(-1))).toEqual([
      '"evidence"',
      ...['"e1"', '"e2"', '"e1"', '"e2"'],
    ])
  })

  it('keeps the models apart also when it is published without small counts', () => {
    const page = renderPublishedMarkdown(publishAudit(SWAPPED, 5))
    const heads = page.split('\n').filter((line) => line.startsWith('## denigration'))
    expect(heads).toEqual([
      '## denigration, four-labels, small, crime: race',
      '## denigration, four-labels, large, crime: race',
    ])
  })
})
