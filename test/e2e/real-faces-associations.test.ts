import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { FigureTable, OwnFigure } from '../../src/audit/types/figures.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')
const PROBES = ['embedding-association', 'self-similarity', 'markedness', 'top-k-association']
const LABEL_SETS = ['agency-communion', 'person-and-groups', 'fairness-indicators']
const EVIDENCE = ['--model', MODEL ?? '', '--dataset', 'fairface', '--images', FACES ?? '', '--labels', join(FACES ?? '', 'labels.csv')] // prettier-ignore

describe.skipIf(FACES === null || MODEL === null)(`associations of 700 real faces (needs ${SHARED})`, () => {
  const out = join(temporaryFolder(), 'run')
  let audit: AuditResult
  let decisions: string[][]
  let vectors: number[][]
  let people: { race: string; gender: string }[]

  beforeAll(() => {
    run('audit', [...PROBES.flatMap((id) => ['--probe', id]), ...LABEL_SETS.flatMap((id) => ['--label-set', id]), '--logit-scale', '100', '--decisions', '--out', out]) // prettier-ignore
    audit = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
    decisions = rowsOf(join(out, 'decisions.csv'))
    const file = join(temporaryFolder(), 'vectors.npy')
    run('embed', ['--export', file])
    vectors = readNpy(file)
    people = rowsOf(join(FACES ?? '', 'labels.csv')).map(([, , gender, race]) => ({ race, gender }))
  }, 120_000)

  it('has the self-similarity of a loop over all pairs of the exported vectors', () => {
    const table = tableOf('self-similarity', 'self-similarity/race')
    for (const race of ['Black', 'East Asian']) {
      const own = vectors.filter((_, row) => people[row].race === race)
      const { value, interval } = figureOf(table, `race=${race}`, 'similarity')
      expect(own).toHaveLength(100)
      expect(value).toBeCloseTo(meanOfPairs(own), 6)
      expect([value ?? 0, (interval?.[1] ?? 0) - (value ?? 0)].every((part) => part > 0)).toBe(true)
    }
  })

  it('counts "a person" among all labels as decisions.csv does', () => {
    const table = tableOf('markedness', 'markedness/gender')
    const ofSet = decisions.filter(([, set]) => set === 'person-and-groups')
    for (const gender of ['Male', 'Female']) {
      const own = ofSet.filter((_, row) => people[row].gender === gender)
      const { count, total } = figureOf(table, gender, 'all-labels')
      expect([count, total]).toEqual([own.filter(([, , label]) => label === 'person').length, own.length])
      // whoever beats all labels beats the one of the own group
      expect(figureOf(table, gender, 'pairwise').count).toBeGreaterThanOrEqual(count ?? 0)
    }
  })

  it('finds the chosen label among the best five, and fewer images at every higher threshold', () => {
    const outcomes = new Map(audit.facts.labelSets.find(({ id }) => id === 'fairness-indicators')?.labels.map((label) => [label.id, label.outcome])) // prettier-ignore
    const chosen = decisions.filter(([, set]) => set === 'fairness-indicators').map(([, , label]) => outcomes.get(label)) // prettier-ignore
    for (const association of ['human', 'non-human', 'crime']) {
      const counts = [0, 0.1, 0.3, 0.8].map((threshold) => figureOf(tableOf('top-k-association', `top-k/${threshold}`), 'everyone', association)) // prettier-ignore
      expect(counts.every(({ total }) => total === 700)).toBe(true)
      expect(counts[0].count).toBeGreaterThanOrEqual(chosen.filter((outcome) => outcome === association).length)
      expect([...counts].sort((a, b) => (b.count ?? 0) - (a.count ?? 0))).toEqual(counts)
    }
  })

  it('measures every test of associations over all images of its groups', () => {
    const table = tableOf('embedding-association', 'association/effects')
    expect(table.rows).toHaveLength(6)
    expect([figureOf(table, 'gender-agency', 'x').value, figureOf(table, 'gender-agency', 'y').value]).toEqual([350, 350]) // prettier-ignore
    for (const { key } of table.rows) {
      const { value, interval, chance } = figureOf(table, key, 'effect')
      expect(interval?.[0]).toBeLessThan(value ?? NaN)
      expect(interval?.[1]).toBeGreaterThan(value ?? NaN)
      expect(chance).toMatchObject({ draws: 9999 })
    }
  })

  it('verifies, and prints every table in the report', () => {
    expect(probity(['verify', join(out, 'audit.json')]).status).toBe(0)
    const report = readFileSync(join(out, 'report.md'), 'utf8')
    for (const said of [
      'How alike images of one group are to the model, by race',
      'Who is called just a person: gender',
      'Associations among the 5 best labels',
      'Association of groups with words',
    ])
      // prettier-ignore
      expect(report).toContain(said)
  })

  function tableOf(probe: string, key: string): FigureTable {
    const table = audit.derived.tables.find((one) => one.probe === probe && one.key === key)
    if (table === undefined) throw new Error(`no table ${key}`)
    return table
  }
})

function run(command: string, more: readonly string[]): void {
  const { status, stderr } = probity([command, ...EVIDENCE, ...more])
  if (status !== 0) throw new Error(stderr)
}

function rowsOf(file: string): string[][] {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1)
  return lines.map((line) => line.trim().split(','))
}

function figureOf({ rows, columns }: FigureTable, row: string, column: string): OwnFigure {
  const figure = rows.find(({ key }) => key === row)?.figures[columns.findIndex(({ key }) => key === column)]
  if (figure?.kind !== 'own') throw new Error(`no figure at ${row}, ${column}`)
  return figure
}

function meanOfPairs(vectors: readonly (readonly number[])[]): number {
  let [sum, pairs] = [0, 0]
  for (let i = 0; i < vectors.length; i++)
    for (let j = 0; j < i; j++) {
      sum += vectors[i].reduce((dot, value, d) => dot + value * vectors[j][d], 0) / Math.hypot(...vectors[i]) / Math.hypot(...vectors[j]) // prettier-ignore
      pairs++
    }
  return sum / pairs
}

/** Rows of a two-dimensional .npy of 32-bit floats. */
function readNpy(file: string): number[][] {
  const bytes = readFileSync(file)
  const start = 10 + bytes.readUInt16LE(8)
  const dim = Number(/\(\d+, (\d+)\)/.exec(bytes.toString('latin1', 10, start))?.[1])
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length))
  return Array.from({ length: numbers.length / dim }, (_, row) => [...numbers.subarray(row * dim, (row + 1) * dim)])
}
