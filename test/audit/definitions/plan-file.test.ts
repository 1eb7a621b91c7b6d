import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPlanFile } from '../../../src/audit/definitions/plan-file.js'

const folder = mkdtempSync(join(tmpdir(), 'plan-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

function settings(text: string) {
  const file = join(folder, 'audit.yaml')
  writeFileSync(file, text)
  return readPlanFile({ file, shown: 'audit.yaml' })
}

describe('the settings of a plan file', () => {
  it('take one joined file or several, each with its place', () => {
    expect(settings('dataset: { join: more.csv }').join).toMatchObject([{ value: 'more.csv', field: 'dataset.join' }])
    expect(settings('dataset: { join: [a.csv, b.csv] }').join).toMatchObject([
      { value: 'a.csv', field: 'dataset.join[0]' },
      { value: 'b.csv', field: 'dataset.join[1]' },
    ])
  })

  it('take a reference by its kind or by a group', () => {
    expect(settings('reference: overall').reference?.value).toEqual({ kind: 'overall' })
    expect(settings('reference: { race: White }').reference?.value).toEqual({
      kind: 'named',
      group: [['race', 'White']],
    })
  })

  it('say of a training set only what it says itself', () => {
    const bare = settings('train: { labels: train.csv }').train
    expect(Object.keys(bare ?? {})).not.toContain('where')
    expect(Object.keys(bare ?? {})).not.toContain('map')
    const full = settings('train: { labels: train.csv, map: { race: ethnicity }, where: { race: [Black] } }').train
    expect(full?.where).toEqual([{ attribute: 'race', values: ['Black'] }])
    expect(full?.map).toHaveLength(1)
  })

  it('take what columns of decisions are called, and precisions of both encoders', () => {
    expect(settings('decisionsMap: { image: file }').decisionsMap).toEqual([{ attribute: 'image', column: 'file' }])
    expect(settings('dtype: fp16').dtype?.value).toMatchObject({ vision: 'fp16', text: 'fp16' })
  })

  it('take an ablation by a word or with its alternatives', () => {
    expect(settings('ablate: true').ablate?.value).toBe(true)
    expect(settings('ablate: { alternatives: [a person] }').alternatives?.map(({ value }) => value)).toEqual([
      'a person',
    ])
    expect(settings('seed: 3').ablate).toBeUndefined()
  })
})
