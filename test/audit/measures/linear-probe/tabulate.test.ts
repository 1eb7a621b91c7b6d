import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readLabelSet, readProbe } from '../../../../src/audit/definitions/shipped.js'
import { derive } from '../../../../src/audit/derive.js'
import type { FigureTable } from '../../../../src/audit/types/figures.js'
import type { LinearProbeObserved } from '../../../../src/audit/types/observed/linear-probe.js'
import { factsOf } from '../../../support/facts.js'

/** The made-up world of test/probes/linear-probe; its figures are held there. */
const WORLD = parse(readFileSync(new URL('../../../probes/linear-probe/observed.yaml', import.meta.url), 'utf8')) as {
  observations: LinearProbeObserved[]
}

function tablesOf(
  change: (observed: LinearProbeObserved) => LinearProbeObserved,
  labelSet = 'fairface-gender',
): readonly FigureTable[] {
  const man = labelSet === 'fairface-gender' ? 'man' : readLabelSet(labelSet).labels[0].id
  return derive(
    factsOf({
      attributes: [
        { name: 'gender', values: ['Male', 'Female'] },
        { name: 'race', values: ['White', 'Black'] },
      ],
      blocks: [
        { of: ['Male', 'White'], label: man, images: 40 },
        { of: ['Male', 'Black'], label: man, images: 4 },
        { of: ['Female', 'Black'], label: man, images: 40 },
      ],
      labelSets: [readLabelSet(labelSet)],
      probes: [readProbe('linear-probe')],
      observations: WORLD.observations.map(change),
    }),
  ).tables
}
const notesOf = (tables: readonly FigureTable[], key: string): string[] =>
  (tables.find((table) => table.key === key)?.notes ?? []).map(({ id }) => id.replace('measures.linear-probe.', ''))

describe('tabulateLinearProbe', () => {
  it('prints the lowest and the highest draw as a range, and Wilson bounds where there is one', () => {
    const [accuracy] = tablesOf((observed) => observed)
    expect(accuracy.columns.map(({ key }) => key)).toEqual(['zero-shot/fairface-gender', 'few-shot-1', 'linear-probe'])
    expect(accuracy.rows[0].figures.map((figure) => (figure.kind === 'own' ? figure.method : null))).toEqual([
      'wilson',
      'range',
      'wilson',
    ])
    const [one] = tablesOf((observed) => ({ ...observed, fits: observed.fits.filter(({ repeat }) => repeat === 1) }))
    expect(one.rows[0].figures[1]).toMatchObject({ count: 40, total: 84, method: 'wilson' })
  })
  it('leaves zero-shot out where no label set claims the attribute', () => {
    const [accuracy] = tablesOf((observed) => observed, 'fairface-age')
    expect(accuracy.columns.map(({ key }) => key)).toEqual(['few-shot-1', 'linear-probe'])
  })
  it('says which attributes no classifier was fitted for', () =>
    expect(
      notesOf(
        tablesOf((observed) => observed),
        'linear-probe/gender',
      ),
    ).toContain('note.not-fitted'))
  it('says what a fit was short of', () => {
    const key = 'linear-probe/gender/fits'
    expect(
      notesOf(
        tablesOf((observed) => observed),
        key,
      ),
    ).toEqual(['fits.note', 'fits.not-converged', 'fits.absent', 'fits.quarantined'])
    const clean = tablesOf((observed) => ({
      ...observed,
      train: { ...observed.train, quarantined: 0 },
      fits: observed.fits.map((fit) => ({ ...fit, absent: [], converged: true, fewer: ['Male'] })),
    }))
    expect(notesOf(clean, key)).toEqual(['fits.note', 'fits.fewer'])
  })
  it('prints published figures beside the rows that they are about', () => {
    const [accuracy] = tablesOf((observed) => observed)
    const published = accuracy.rows.filter(({ key }) => key.startsWith('published/'))
    expect(published.length).toBe(8)
    expect(
      published
        .flatMap(({ figures }) => figures)
        .flatMap((figure) => (figure.kind === 'printed' ? [figure.status] : [])),
    ).toEqual(Array.from({ length: 15 }, () => 'not-comparable'))
  })
})
