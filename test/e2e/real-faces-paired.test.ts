import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')
const LABEL_SETS = ['clip-paper', 'clip-paper-child', 'clip-paper-person', 'words-never-seen']

/** A label set whose harmless labels compete with words that the model was never taught: much moves, and both ways. */
const WORDS_NEVER_SEEN = `id: words-never-seen
extends: clip-paper
title: The classes of the CLIP paper, said another way
source: made up for this test
templates: ["{label}"]
`

type Independent = {
  changes: { second: string; attribute: string; value: string; outcome: string; counts: number[]; interval95: number[]; midP: number }[] // prettier-ignore
  flows: { second: string; attribute: string; value: string; moved: number; statistic: number | null }[]
  joint: { attribute: string; value: string; outcome: string; flagged: number[]; statistic: number | null; p: number | null }[] // prettier-ignore
}

describe.skipIf(FACES === null || MODEL === null)(`label sets compared on 700 real faces (needs ${SHARED})`, () => {
  const folder = temporaryFolder()
  const file = join(import.meta.dirname, '../fixtures/mini-clip-paired.json')
  const independent = JSON.parse(readFileSync(file, 'utf8')) as Independent
  let audit: AuditResult

  beforeAll(() => {
    audit = auditFaces(folder)
  })

  it('counts every image as an independent script does, and gives the same intervals and McNemar mid-p', () => {
    expect(independent.changes).toHaveLength(3 * 18 * 3)
    for (const { second, attribute, value, outcome, counts, interval95, midP } of independent.changes) {
      const pair = audit.facts.paired.find(({ labelSets }) => labelSets[1] === second)
      const change = audit.derived.changes.find(
        (one) => one.pair === pair?.id && one.outcome === outcome && JSON.stringify(one.group) === JSON.stringify([[attribute, value]]), // prettier-ignore
      )
      if (change === undefined) throw new Error(`no change of ${value}`)
      const { both, onlyFirst, onlySecond, neither } = change.paired
      expect([value, outcome, both, onlyFirst, onlySecond, neither]).toEqual([value, outcome, ...counts])
      expect(change.difference.interval?.[0]).toBeCloseTo(interval95[0], 9)
      expect(change.difference.interval?.[1]).toBeCloseTo(interval95[1], 9)
      if (change.oneWay === null) expect(change.p).toBeCloseTo(midP, 9)
      else expect(change.p).toBeNull()
    }
  })

  it("agrees with statsmodels' Stuart-Maxwell and Cochran's Q", () => {
    const tested = independent.flows.filter(({ second, statistic }) => second === 'words-never-seen' && statistic !== null) // prettier-ignore
    expect(tested.length).toBeGreaterThan(5)
    for (const { second, attribute, value, moved, statistic } of tested) {
      const pair = audit.facts.paired.find(({ labelSets }) => labelSets[1] === second)
      const test = audit.derived.flowTests.find(
        (one) => one.pair === pair?.id && JSON.stringify(one.group) === JSON.stringify([[attribute, value]]),
      )
      expect([value, test?.moved]).toEqual([value, moved])
      expect(test?.statistic).toBeCloseTo(statistic ?? NaN, 6)
    }
    for (const { attribute, value, outcome, flagged, statistic, p } of independent.joint) {
      const test = audit.derived.jointTests.find(
        (one) => one.outcome === outcome && JSON.stringify(one.group) === JSON.stringify([[attribute, value]]),
      )
      expect([value, outcome, test?.flagged]).toEqual([value, outcome, flagged])
      if (statistic === null) expect(test?.statistic).toBeNull()
      else expect(test?.statistic).toBeCloseTo(statistic, 9)
      if (p !== null) expect(test?.p).toBeCloseTo(p, 9)
    }
  })

  it('verifies', () => {
    expect(probity(['verify', join(folder, 'run/audit.json')]).status).toBe(0)
  })
})

function auditFaces(folder: string): AuditResult {
  const design = join(folder, 'words-never-seen.yaml')
  writeFileSync(design, WORDS_NEVER_SEEN)
  const names = LABEL_SETS.map((id) => (id === 'words-never-seen' ? design : id))
  const evidence = ['--model', MODEL ?? '', '--dataset', 'fairface', '--images', FACES ?? '', '--labels', join(FACES ?? '', 'labels.csv')] // prettier-ignore
  const ran = probity(['audit', ...evidence, ...names.flatMap((id) => ['--label-set', id]), '--decisions', '--out', join(folder, 'run')]) // prettier-ignore
  if (ran.status !== 0) throw new Error(ran.stderr)
  return JSON.parse(readFileSync(join(folder, 'run/audit.json'), 'utf8')) as AuditResult
}
