import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { binNames } from '../../../src/audit/definitions/bin-names.js'
import { readDatasetPlan } from '../../../src/audit/definitions/read-dataset-plan.js'
import { readPlan, type PlanFlags } from '../../../src/audit/definitions/read-plan.js'
import { refusalOf } from './refusal-of.js'

const cwd = mkdtempSync(join(tmpdir(), 'probity-reading-'))
beforeAll(() => {
  for (const name of ['labels.csv', 'decisions.csv']) writeFileSync(join(cwd, name), 'x')
  for (const name of ['photos', 'model']) mkdirSync(join(cwd, name))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const FLAGS: PlanFlags = { model: ['model'], images: 'photos', labels: 'labels.csv', dataset: 'csv' }
const plan = (flags: PlanFlags, yaml?: string) => {
  if (yaml !== undefined) writeFileSync(join(cwd, 'audit.yaml'), yaml)
  return readPlan({ cwd, flags, ...(yaml === undefined ? {} : { file: 'audit.yaml' }) })
}
const refused = (flags: PlanFlags, yaml?: string) => refusalOf(() => plan(flags, yaml))

describe('how rows are read', () => {
  it('may be said of columns and attributes in a plan', () => {
    const { dataset } = plan(
      FLAGS,
      `dataset:
  columns: { image: file, id: uid, subject: person, split: fold, box: [x, y, w, h] }
  boxPadding: 0.1
  attributes:
    race: { column: ethnicity, labelledBy: annotator, aliases: { SE Asian: Southeast Asian } }
    age: { column: years, bins: [0, 3, 10, 70] }
    band: { column: years, bins: fairface }
    plain: { column: p }
`,
    )
    expect(dataset.map.map(({ attribute, column }) => `${attribute}=${column}`)).toEqual([
      ...['image=file', 'id=uid', 'subject=person', 'split=fold'],
      ...['race=ethnicity', 'age=years', 'band=years', 'plain=p'],
    ])
    expect(dataset.reading).toMatchObject({
      box: { columns: ['x', 'y', 'w', 'h'], unit: 'pixel' },
      boxPadding: 0.1,
      attributes: [
        { name: 'race', labelledBy: 'annotator', aliases: [['SE Asian', 'Southeast Asian']] },
        { name: 'age', bins: { edges: [0, 3, 10, 70], names: ['0-2', '3-9', '10-69', '70 and over'] } },
        { name: 'band', bins: { names: expect.arrayContaining(['more than 70']) as string[] } },
      ],
    })
  })

  it('may be said by flags, which win over the file', () => {
    const yaml = 'dataset: { boxUnit: share, boxPadding: 0.2, encoding: latin1 }\n'
    const flags = { ...FLAGS, map: ['race=r', 'box=a,b,c,d'], delimiter: 'tab', boxPadding: '0.5' }
    const { map, reading } = plan(flags, yaml).dataset
    expect(map).toEqual([{ attribute: 'race', column: 'r' }])
    expect(reading).toEqual({ box: { columns: ['a', 'b', 'c', 'd'], unit: 'share' }, boxPadding: 0.5, encoding: 'latin1', delimiter: '\t' }) // prettier-ignore
  })

  it('takes the box of the command line, not that of the file', () => {
    const yaml = 'dataset: { columns: { box: [x, y, w, h] }, boxUnit: share }\n'
    expect(plan({ ...FLAGS, map: ['race=r', 'box=a,b,c,d'] }, yaml).dataset.reading?.box).toEqual({ columns: ['a', 'b', 'c', 'd'], unit: 'share' }) // prettier-ignore
    expect(plan({ ...FLAGS, map: ['race=r'] }, yaml).dataset.reading?.box?.columns).toEqual(['x', 'y', 'w', 'h'])
  })

  it('is part of the plan, which is the same as before where nothing is said', () => {
    expect(plan(FLAGS).dataset).not.toHaveProperty('reading')
    expect(plan({ ...FLAGS, delimiter: ';' }).sha256).not.toBe(plan(FLAGS).sha256)
  })

  it.each([
    [{ map: ['box=x,y'] }, '--map box: expected four columns: left, top, width, height but received "x", "y". Write for example --map box=x,y,w,h'], // prettier-ignore
    [{ delimiter: '::' }, '--delimiter: expected one character, or tab but received "::"'],
    [{ boxPadding: '20' }, '--box-padding: expected a number from 0 to 1 but received "20"'],
    [{ encoding: 'ansi' }, '--encoding: expected utf-8, utf-16le'],
    [{ dataset: 'lfw', boxPadding: '0.1' }, 'dataset.boxPadding: expected the format csv, jsonl, facet or miap, which can do something with it but received "lfw". Leave it out.'], // prettier-ignore
  ])('is refused as %j', (flags, message) => expect(refused({ ...FLAGS, ...flags })).toContain(message))
})

describe('what a format needs', () => {
  it('is no label file where the labels are the names of the images', () => {
    const { dataset } = plan({ model: ['model'], dataset: 'utkface', images: 'photos' })
    expect([dataset.labels, dataset.images, dataset.id]).toEqual([join(cwd, 'photos'), join(cwd, 'photos'), 'utkface'])
    expect(refused({ model: ['model'], dataset: 'utkface', images: 'photos', labels: 'labels.csv' })).toBe(
      'command line: --labels: expected nothing for the format utkface but received "labels.csv". Leave it out: the names of the images of UTKFace hold age, gender and race.',
    )
  })

  it('is the folder of these images even where decisions come from elsewhere, but no image is opened', () => {
    const { dataset } = plan({ dataset: 'cfd', images: 'photos', fromDecisions: ['decisions.csv'] })
    expect([dataset.labels, dataset.images]).toEqual([join(cwd, 'photos'), null])
    expect(readDatasetPlan({ dataset: 'cfd', labels: 'photos' }, cwd).labels).toBe(join(cwd, 'photos'))
  })

  it('is asked for in its own words', () => {
    const message = refused({ model: ['model'], dataset: 'celeba' })
    expect(message).toContain('--labels: expected a file but received nothing. Name it with --labels, list_attr_celeba.txt.') // prettier-ignore
    expect(message).toContain('Name it with --images: the folder of the aligned images, img_align_celeba.')
  })
})

describe('names of bands', () => {
  it.each([
    [
      [0, 3, 10],
      ['0-2', '3-9', '10 and over'],
    ],
    [
      [18, 19, 65],
      ['18', '19-64', '65 and over'],
    ],
    [
      [0, 0.5, 1],
      ['0 to below 0.5', '0.5 to below 1', '1 and over'],
    ],
  ])('between %j', (edges, names) => expect(binNames(edges)).toEqual(names))
})
