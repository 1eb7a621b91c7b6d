import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')
const DESIGNS = { 'words-one': ['a man', 'a woman', 'a child', 'an elderly person'], 'words-two': ['an adult man', 'an adult woman', 'a boy or a girl', 'an old person'], 'words-three': ['a man aged 30-39', 'a woman aged 30-39', 'a person aged 3-9', 'a person aged 60-69'] } // prettier-ignore

/** Words of age, which this model has learned: many images move between such label sets, and both ways. */
function designOf(id: string, [man, woman, child, elderly]: readonly string[]): string {
  return `id: ${id}
title: Words of age
source: made up for this test
templates: ["a photo of {label}"]
outcomes: { adult: { harm: none }, child: { harm: representation }, elderly: { harm: representation } }
labels:
  - { id: man, text: "${man}", outcome: adult }
  - { id: woman, text: "${woman}", outcome: adult }
  - { id: child, text: "${child}", outcome: child }
  - { id: elderly, text: "${elderly}", outcome: elderly }
`
}

const PROBE = `id: words-of-age
status: experimental
question: Are images of some groups given words of another age than adult more often than others?
motivation: A test of paired comparison on decisions that really move.
measure: { kind: outcome-rate, outcomes: [child, elderly, { id: not-adult, union: [child, elderly] }] }
evidence: decisions
requires: { outcomes: [child, elderly] }
groupBy: [[race], [gender], [age]]
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
    expect(independent.changes).toHaveLength(2 * 18 * 3)
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
    const tested = independent.flows.filter(({ statistic }) => statistic !== null)
    expect(tested.length).toBeGreaterThan(25)
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
  const written = { ...Object.fromEntries(Object.entries(DESIGNS).map(([id, words]) => [id, designOf(id, words)])), 'words-of-age': PROBE } // prettier-ignore
  for (const [id, text] of Object.entries(written)) writeFileSync(join(folder, `${id}.yaml`), text)
  const names = Object.keys(DESIGNS).map((id) => join(folder, `${id}.yaml`))
  const evidence = ['--model', MODEL ?? '', '--dataset', 'fairface', '--images', FACES ?? '', '--labels', join(FACES ?? '', 'labels.csv')] // prettier-ignore
  const ran = probity(['audit', ...evidence, '--probe', join(folder, 'words-of-age.yaml'), ...names.flatMap((id) => ['--label-set', id]), '--decisions', '--out', join(folder, 'run')]) // prettier-ignore
  if (ran.status !== 0) throw new Error(ran.stderr)
  return JSON.parse(readFileSync(join(folder, 'run/audit.json'), 'utf8')) as AuditResult
}
