import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { FigureTable, OwnFigure } from '../../src/audit/types/figures.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')

const QUERIES = `id: men-and-women
title: Queries whose answer is known
source: ours
templates: ["a photo of {label}"]
outcomes: { person: { harm: none } }
labels:
  - { id: man, text: a man, outcome: person }
  - { id: woman, text: a woman, outcome: person }
  - { id: person, text: a person, outcome: person }
`

describe.skipIf(FACES === null || MODEL === null)(`what a trained model retrieves (needs ${SHARED})`, () => {
  const folder = temporaryFolder()
  const out = join(folder, 'run')
  let audit: AuditResult

  beforeAll(() => {
    const labelSet = join(folder, 'men-and-women.yaml')
    writeFileSync(labelSet, QUERIES)
    const faces = ['--dataset', 'fairface', '--images', FACES ?? '', '--labels', join(FACES ?? '', 'labels.csv')]
    const probes = ['--probe', 'retrieval-skew', '--probe', 'caption-association', '--label-set', labelSet]
    const ran = probity(['audit', '--model', MODEL ?? '', ...faces, ...probes, '--out', out])
    if (ran.status !== 0) throw new Error(ran.stderr)
    audit = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
  })

  it('shows men first for a man and women first for a woman, far beyond chance', () => {
    const table = tableOf(audit, 'queries/gender/20')
    expect(figureOf(table, 'man', 'share/0')).toMatchObject({ total: 20 })
    expect(figureOf(table, 'man', 'share/0').count).toBeGreaterThanOrEqual(18)
    expect(figureOf(table, 'woman', 'share/1').count).toBeGreaterThanOrEqual(18)
    expect(figureOf(table, 'man', 'bias').value).toBeGreaterThan(0.8)
    expect(figureOf(table, 'woman', 'bias').value).toBeLessThan(-0.8)
    for (const query of ['man', 'woman']) expect(figureOf(table, query, 'maxSkew').chance?.p).toBe(0.001)
  })

  it('shows both for a person, within what chance gives', () => {
    const { value, chance } = figureOf(tableOf(audit, 'queries/gender/100'), 'person', 'maxSkew')
    expect(value).toBeLessThanOrEqual(chance?.percentile95 ?? 0)
  })

  it('places the captions nearer to the group that they name', () => {
    const table = tableOf(audit, 'captions/gender')
    expect(figureOf(table, 'man', 'group/0').value).toBeGreaterThan(0.5)
    expect(figureOf(table, 'woman', 'group/1').value).toBeGreaterThan(0.5)
    expect(tableOf(audit, 'strongest/gender').rows.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['man/0', 'woman/1']),
    )
  })

  it('follows from its counts, and says what the first images were', () => {
    expect(probity(['verify', join(out, 'audit.json')]).status).toBe(0)
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('a man (most above its share: Male)')
  })
})

function tableOf({ derived }: AuditResult, key: string): FigureTable {
  const table = derived.tables.find((one) => one.key === key)
  if (table === undefined) throw new Error(`no table ${key}`)
  return table
}

function figureOf({ columns, rows }: FigureTable, row: string, column: string): OwnFigure {
  const place = columns.findIndex(({ key }) => key === column)
  const figure = rows.find(({ key }) => key === row)?.figures[place]
  if (figure?.kind !== 'own') throw new Error(`no figure ${row}, ${column}`)
  return figure
}
