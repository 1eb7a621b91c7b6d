import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOverlapPlan, type OverlapPlanFlags } from '../../../src/audit/definitions/read-overlap-plan.js'
import { temporaryFolder } from '../../e2e/run-cli.js'

const cwd = temporaryFolder()
for (const folder of ['images', 'reference', 'model', 'other']) mkdirSync(join(cwd, folder))
for (const file of ['labels.csv', 'pairs.csv']) writeFileSync(join(cwd, file), 'image,race\n')

const DATASET = { dataset: 'csv', labels: 'labels.csv', images: 'images', map: ['race=race'] }
const FLAGS: OverlapPlanFlags = { ...DATASET, referenceImages: 'reference' }
const read = (flags: OverlapPlanFlags, file?: string) => readOverlapPlan({ flags, cwd, file })
const refusal = async (flags: OverlapPlanFlags): Promise<string> =>
  read(flags).then(
    () => 'not refused',
    (error: unknown) => (error as Error).message,
  )

describe('the plan of an overlap', () => {
  it('compares pixels alone where no model is named, with a precision of 0.98', async () => {
    const { dataset, ...rest } = await read(FLAGS)
    expect(dataset).toMatchObject({ labels: join(cwd, 'labels.csv'), images: join(cwd, 'images') })
    expect(rest).toEqual({
      referenceImages: join(cwd, 'reference'),
      ...{ model: null, resize: 'exact', threshold: null, marked: null, precision: 0.98 },
    })
  })

  it('takes a threshold beside a model, or marked pairs with a precision', async () => {
    const model = { ...FLAGS, model: ['model'], resize: 'fast' }
    expect(await read({ ...model, threshold: '-1' })).toMatchObject({ model: join(cwd, 'model'), resize: 'fast', threshold: -1 }) // prettier-ignore
    const marked = { marked: join(cwd, 'pairs.csv'), threshold: null, precision: 0.5 }
    expect(await read({ ...model, marked: 'pairs.csv', precision: '0.5' })).toMatchObject(marked)
  })

  it('reads dataset and model from a plan file, whatever else that plan audits', async () => {
    writeFileSync(
      join(cwd, 'audit.yaml'),
      'models: [model]\ndataset: { format: csv, labels: labels.csv, images: images, map: { race: race } }\nprobes: [denigration]\n',
    )
    const plan = await read({ referenceImages: 'reference' }, 'audit.yaml')
    expect(plan).toMatchObject({ model: join(cwd, 'model'), dataset: { images: join(cwd, 'images') } })
  })

  it('asks for the folder of reference images, and for a dataset', async () => {
    expect(await refusal(DATASET)).toBe(
      'command line: --reference-images: expected a folder but received nothing. Name the folder of the images that the audited ones are looked for in.',
    )
    expect(await refusal({ ...FLAGS, dataset: undefined, labels: undefined, images: undefined })).toContain('--dataset')
    expect(await refusal({ ...FLAGS, referenceImages: 'gone' })).toContain('received "gone", where nothing is')
  })

  it.each([
    [{ threshold: '2' }, '--threshold: expected a number from -1 to 1 but received "2"'],
    [{ threshold: ' ' }, '--threshold: expected a number from -1 to 1 but received " "'],
    [{ threshold: 'high' }, '--threshold: expected a number from -1 to 1 but received "high"'],
    [{ precision: '0.4' }, '--precision: expected a number from 0.5 to 1 but received "0.4"'],
    [{ marked: 'gone.csv' }, '--marked: expected a file but received "gone.csv", where nothing is'],
  ])('refuses %j', async (flags, message) => {
    expect(await refusal({ ...FLAGS, model: ['model'], ...flags })).toContain(`command line: ${message}`)
  })

  it('refuses a threshold without a model, one beside marked pairs, and two models', async () => {
    expect(await refusal({ ...FLAGS, threshold: '0.9' })).toBe(
      'command line: --threshold: expected a model beside it but received none. A cosine is one of vectors; name the model with --model',
    )
    expect(await refusal({ ...FLAGS, model: ['model'], threshold: '0.9', marked: 'pairs.csv' })).toBe(
      'command line: --threshold: expected --threshold or --marked, from which a threshold is chosen but received both',
    )
    expect(await refusal({ ...FLAGS, model: ['model', 'other'] })).toBe(
      'command line: --model: expected one model to compare vectors of but received 2 models',
    )
  })
})
