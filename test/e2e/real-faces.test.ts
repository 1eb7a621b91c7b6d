import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/audit/audit-file/canonical-json.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')
const LABEL_SETS = ['clip-paper', 'clip-paper-child', 'fairface-gender', 'fairface-race']

type Independent = {
  nearTie: number
  images: number
  labelSets: Record<string, { labels: string[]; winners: string; nearTies: number[]; leadSum: number }>
}

describe.skipIf(FACES === null || MODEL === null)(`700 real faces and a trained model (needs ${SHARED})`, () => {
  const out = join(temporaryFolder(), 'run')
  let ran: Ran
  let audit: AuditResult
  let decisions: string[][]

  beforeAll(() => {
    ran = auditFaces('--decisions', '--out', out)
    if (ran.status !== 0) throw new Error(ran.stderr)
    audit = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
    decisions = readFileSync(join(out, 'decisions.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
  })

  it('processes every row and verifies', () => {
    expect(audit.facts.dataset.rows).toEqual({ in: 700, processed: 700, quarantined: 0, excluded: 0 })
    expect(audit.facts.simulated).toBe(false)
    expect(probity(['verify', join(out, 'audit.json')]).status).toBe(0)
  })

  it('writes the report in three forms, and one decision per image and label set', () => {
    for (const file of ['report.html', 'report.md', 'rates.csv', 'contrasts.csv'])
      expect(existsSync(join(out, file))).toBe(true)
    expect(decisions).toHaveLength(700 * LABEL_SETS.length)
  })

  it('decides as a script that shares no code with src: every difference is a near-tie', () => {
    const file = join(import.meta.dirname, '../fixtures/mini-clip-decisions.json')
    const independent = JSON.parse(readFileSync(file, 'utf8')) as Independent
    for (const [labelSet, { labels, winners, nearTies, leadSum }] of Object.entries(independent.labelSets)) {
      const ours = decisions.filter(([, set]) => set === labelSet)
      const theirs = winners.split(' ').map((index) => labels[Number(index)])
      const differing = ours.flatMap(([, , label], row) =>
        label === theirs[row] || nearTies.includes(row) ? [] : [row],
      )
      expect(ours).toHaveLength(independent.images)
      expect(differing).toEqual([])
      // the leads agree too, so that equal decisions are not luck: 700 leads, each within 1e-5
      expect(Math.abs(ours.reduce((sum, row) => sum + Number(row[6]), 0) - leadSum)).toBeLessThan(700 * 1e-5)
    }
  })

  it('has learned something: most gender decisions agree with the annotation', () => {
    const gender = audit.derived.distributions.find(
      ({ labelSet, attribute }) => labelSet === 'fairface-gender' && attribute === 'gender',
    )
    const agreeing = (gender?.rows ?? [])
      .flatMap(({ counts }) => counts)
      .reduce((sum, [, images, implied]) => sum + (implied ? images : 0), 0)
    expect(agreeing / 700).toBeGreaterThan(0.8)
  })

  it('says that the denigration probe does not apply to label sets without its outcomes, and why', () => {
    const missing = audit.facts.probes[0].notApplicable.map(({ labelSet, reason }) => [labelSet, reason])
    expect(missing).toEqual([
      ['fairface-gender', 'outcome-absent'],
      ['fairface-race', 'outcome-absent'],
    ])
  })

  it('gives the same bytes in a second run, but for `run`', () => {
    const again = join(temporaryFolder(), 'again')
    const second = auditFaces('--out', again)
    expect(second.status).toBe(0)
    const { auditId, facts, derived } = JSON.parse(readFileSync(join(again, 'audit.json'), 'utf8')) as AuditResult
    expect(auditId).toBe(audit.auditId)
    expect(canonicalJson({ facts, derived })).toBe(canonicalJson({ facts: audit.facts, derived: audit.derived }))
  })
})

/** The command of the issue, with more flags. */
function auditFaces(...more: readonly string[]): Ran {
  const evidence = [
    '--model',
    MODEL ?? '',
    '--dataset',
    'fairface',
    '--images',
    FACES ?? '',
    '--labels',
    join(FACES ?? '', 'labels.csv'),
  ]
  return probity([
    'audit',
    ...evidence,
    '--probe',
    'denigration',
    ...LABEL_SETS.flatMap((id) => ['--label-set', id]),
    ...more,
  ])
}
