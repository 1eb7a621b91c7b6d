import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/audit/audit-file/canonical-json.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { FeatureSensitivityObserved } from '../../src/audit/types/observed/feature-sensitivity.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')

/** Three of the thirteen alterations of the shipped probe, whose run takes about two minutes on two cores. */
const PROBE = `
id: three-alterations
question: What moves when faces are darkened, compressed or greyed?
measure: { kind: feature-sensitivity, attributes: [gender], blur: [], brightness: [0.6], jpeg: [75], grey: true, crop: [] }
groupBy: [[race], [gender]]
suggests: [fairface-gender]
`

describe.skipIf(FACES === null || MODEL === null)(`700 real faces, altered (needs ${SHARED})`, () => {
  const root = temporaryFolder()
  let first: Ran
  let audit: AuditResult
  let observed: FeatureSensitivityObserved

  beforeAll(() => {
    writeFileSync(join(root, 'three-alterations.yaml'), PROBE)
    first = auditFaces('first')
    if (first.status !== 0) throw new Error(first.stderr)
    audit = read('first')
    const [one] = audit.facts.observations
    if (one?.kind !== 'feature-sensitivity') throw new Error('nothing was observed')
    observed = one
  }, 300_000)

  const read = (out: string): AuditResult =>
    JSON.parse(readFileSync(join(root, out, 'audit.json'), 'utf8')) as AuditResult

  function auditFaces(out: string): Ran {
    return probity([
      ...['audit', '--model', MODEL ?? '', '--dataset', 'fairface', '--images', FACES ?? ''],
      ...['--labels', join(FACES ?? '', 'labels.csv'), '--probe', join(root, 'three-alterations.yaml')],
      ...['--store', join(root, 'store'), '--out', join(root, out)],
    ])
  }

  const total = (transform: string, what: 'images' | 'failed' | 'changed'): number =>
    observed.transforms
      .filter((one) => one.transform === transform)
      .flatMap(({ cells }) => cells)
      .reduce((sum, cell) => sum + cell[what], 0)

  it('decides every face as it is and under each alteration, and verifies', () => {
    for (const transform of ['brightness-0.6', 'jpeg-75', 'grey'])
      expect([total(transform, 'images'), total(transform, 'failed')]).toEqual([700, 0])
    expect(probity(['verify', join(root, 'first/audit.json')]).status).toBe(0)
  })

  it('changes next to nothing by compressing JPEG files once more at their own quality, and something in the dark', () => {
    expect(total('jpeg-75', 'changed')).toBeLessThanOrEqual(2)
    expect(total('brightness-0.6', 'changed')).toBeGreaterThan(10)
  })

  it('counts as they are what the tallies count', () => {
    const right = observed.asTheyAre.reduce((sum, cell) => sum + (cell.right[0] ?? 0), 0)
    const agreeing = audit.derived.distributions
      .filter(({ labelSet, attribute }) => labelSet === 'fairface-gender' && attribute === 'gender')
      .flatMap(({ rows }) => rows.flatMap(({ counts }) => counts))
      .reduce((sum, [, images, implied]) => sum + (implied ? images : 0), 0)
    expect(right).toBe(agreeing)
  })

  it('names each alteration while it works, and reads no image in a second run, which says the same', () => {
    expect(first.stderr).toContain('700 images altered by brightness-0.6: 700 to read\n')
    const second = auditFaces('second')
    expect(second.stderr).toContain('700 images altered by grey: 700 in the store and unchanged, 0 to read\n')
    expect(second.stderr).not.toContain('embedding')
    const content = ({ auditId, facts, derived }: AuditResult): string => canonicalJson({ auditId, facts, derived })
    expect(content(read('second'))).toBe(content(audit))
  })

  it('prints its tables in the report', () => {
    const report = readFileSync(join(root, 'first/report.html'), 'utf8')
    expect(report).toContain('Accuracy of gender by race: effective robustness')
    expect(report).toContain('Brightness × 0.6')
  })
})
