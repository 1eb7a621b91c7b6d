import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlan, type PlanFlags } from '../../../src/audit/definitions/read-plan.js'
import type { Plan } from '../../../src/audit/types/definitions.js'
import { refusalOf } from './refusal-of.js'

const cwd = mkdtempSync(join(tmpdir(), 'probity-training-'))
beforeAll(() => {
  for (const folder of ['model', 'photos', 'others']) mkdirSync(join(cwd, folder))
  for (const file of ['labels.csv', 'learn.csv', 'more.csv', 'decisions.csv']) writeFileSync(join(cwd, file), 'x')
})
afterAll(() => rmSync(cwd, { recursive: true }))

const FLAGS: PlanFlags = {
  ...{ model: ['model'], dataset: 'csv', images: 'photos', labels: 'labels.csv' },
  ...{ map: ['image=file', 'gender=sex'], where: ['split=test'], crop: '0.5', unknownValues: 'keep' },
  probe: ['linear-probe'],
}
const TRAIN: PlanFlags = { train: 'learn.csv', trainImages: 'others' }
const plan = (flags: PlanFlags, file?: string): Plan => {
  if (file !== undefined) writeFileSync(join(cwd, 'audit.yaml'), file)
  return readPlan({ file: file === undefined ? undefined : 'audit.yaml', flags, cwd })
}

describe('images to fit classifiers to', () => {
  it('are read as the audited ones are, but for the filter of rows', () => {
    expect(plan({ ...FLAGS, ...TRAIN }).train).toMatchObject({
      ...{ format: 'csv', id: 'learn', labels: join(cwd, 'learn.csv'), images: join(cwd, 'others'), where: [] },
      map: [
        { attribute: 'image', column: 'file' },
        { attribute: 'gender', column: 'sex' },
      ],
      ...{ unknownValues: 'keep', crop: '0.5' },
    })
  })
  it('may be read otherwise in a plan, and a flag wins over its file', () => {
    const file = `train: { format: jsonl, id: ours, labels: learn.csv, images: others, map: { gender: g }, where: { split: train } }`
    expect(plan(FLAGS, file).train).toMatchObject({
      ...{ format: 'jsonl', id: 'ours', labels: join(cwd, 'learn.csv') },
      map: [{ attribute: 'gender', column: 'g' }],
      where: [{ attribute: 'split', values: ['train'] }],
    })
    expect(plan({ ...FLAGS, train: 'more.csv' }, file).train).toMatchObject({
      labels: join(cwd, 'more.csv'),
      id: 'ours',
    })
  })
  it('move the hash of the plan by how they are read, not by where they lie', () => {
    const { sha256 } = plan({ ...FLAGS, ...TRAIN })
    expect(plan({ ...FLAGS, ...TRAIN, trainImages: 'photos' }).sha256).toBe(sha256)
    expect(plan({ ...FLAGS, ...TRAIN, train: 'more.csv' }).sha256).not.toBe(sha256)
  })
  it('are not asked for by other probes', () => expect(plan({ ...FLAGS, probe: ['denigration'] }).train).toBeNull())

  it('are asked for by a linear probe, both of them', () => {
    expect(refusalOf(() => plan(FLAGS))).toContain('--train: expected a file but received nothing')
    expect(refusalOf(() => plan(FLAGS))).toContain('--train-images: expected a folder but received nothing')
  })
  it('are refused where nothing is fitted to them', () =>
    expect(refusalOf(() => plan({ ...FLAGS, ...TRAIN, probe: ['denigration'] }))).toBe(
      'command line: --train: expected a probe that fits classifiers beside them but received "learn.csv". Add --probe linear-probe, or leave the training images out.',
    ))
  it('are of no use without a model', () => {
    const flags = { ...FLAGS, ...TRAIN, model: undefined, fromDecisions: ['decisions.csv'] }
    expect(refusalOf(() => plan(flags))).toContain('--model: expected a model, because the probe linear-probe fits')
  })
})
