import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const DECIDED = sharedPath('data/fairface-clip-openclip-preds')
const LABELS = sharedPath('data/fairface-val-labels/fairface_label_val.csv')

const FILES = [
  ['raw_gender_ViT-L-14_laion2b_s32b_b82k_val.csv', 'fairface-gender', 'gender'],
  ['argp_race_ViT-H-14_laion2b_s32b_b79k_val.csv', 'fairface-race', 'race'],
  ['vitb16-openai-RP.csv', 'fairface-race', 'race'],
  ['vitb16-openai-RAGP.csv', 'fairface-race', 'race'],
] as const

describe.skipIf(DECIDED === null || LABELS === null)(`decisions of real CLIP models (needs ${SHARED})`, () => {
  it.each(FILES)('%s is audited in one command, and its counts are those of the file', (name, labelSet, attribute) => {
    const file = join(DECIDED ?? '', name)
    const column = `${attribute}_preds`
    const out = join(temporaryFolder(), 'run')
    const ran = probity(['audit', '--dataset', 'fairface', '--labels', LABELS ?? '', '--probe', 'attribute-accuracy', '--label-set', labelSet, '--from-decisions', file, '--decisions-map', 'image=file', '--decisions-map', `${labelSet}=${column}`, '--decisions-format', 'jsonl', '--out', out]) // prettier-ignore
    expect(ran.stderr).not.toMatch(/expected/)
    expect(ran.status).toBe(0)
    const audit = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
    const rows = parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true })
    const values = [...new Set(rows.map((row) => row[attribute]))]
    for (const value of values) {
      const own = rows.filter((row) => row[attribute] === value)
      const wrong = own.filter((row) => row[column] !== value).length
      const rate = audit.derived.rates.find(
        (one) =>
          JSON.stringify(one.group) === JSON.stringify([[attribute, value]]) &&
          one.outcome === (attribute === 'race' ? 'wrong race-7' : 'wrong gender'),
      )
      expect([value, rate?.count, rate?.total]).toEqual([value, wrong, own.length])
    }
    expect(readFileSync(join(out, 'decisions.jsonl'), 'utf8').split('\n')).toHaveLength(10_955)
  })

  it('come back from what was kept to the same audit, whatever they were kept as', () => {
    const [name, labelSet] = FILES[0]
    const folder = temporaryFolder()
    const audit = (out: string, ...flags: string[]): AuditResult => {
      const ran = probity(['audit', '--dataset', 'fairface', '--labels', LABELS ?? '', '--probe', 'attribute-accuracy', '--label-set', labelSet, '--out', join(folder, out), ...flags]) // prettier-ignore
      expect(ran.status).toBe(0)
      return JSON.parse(readFileSync(join(folder, out, 'audit.json'), 'utf8')) as AuditResult
    }
    const first = audit('a', '--from-decisions', join(DECIDED ?? '', name), '--decisions-map', 'image=file', '--decisions-map', `${labelSet}=gender_preds`, '--decisions-format', 'parquet') // prettier-ignore
    const second = audit('b', '--from-decisions', join(folder, 'a/decisions.parquet'), '--decisions-format', 'jsonl')
    const third = audit('c', '--from-decisions', join(folder, 'b/decisions.jsonl'))
    for (const again of [second, third]) {
      expect(again.facts.tallies).toEqual(first.facts.tallies)
      expect(again.derived).toEqual(first.derived)
    }
  })
})
