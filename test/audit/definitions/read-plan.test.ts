import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlan, type PlanFlags } from '../../../src/audit/definitions/read-plan.js'
import { shippedIds } from '../../../src/audit/definitions/locate.js'
import { readPolicy } from '../../../src/audit/definitions/shipped.js'
import { DATASET_FORMATS } from '../../../src/audit/definitions/plan-words.js'
import { oneOf } from '../../../src/audit/definitions/words.js'
import type { Plan } from '../../../src/audit/types/definitions.js'
import { refusalOf } from './refusal-of.js'

const cwd = mkdtempSync(join(tmpdir(), 'probity-plan-'))

beforeAll(() => {
  for (const folder of ['model', 'photos', 'sub/model', 'sub/photos']) mkdirSync(join(cwd, folder), { recursive: true })
  for (const file of ['labels.csv', 'decisions.csv', 'sub/labels.csv', 'sub/decisions.csv'])
    writeFileSync(join(cwd, file), 'x')
  symlinkSync(join(cwd, 'model'), join(cwd, 'linked'))
})
afterAll(() => rmSync(cwd, { recursive: true }))

const FLAGS: PlanFlags = { model: ['model'], dataset: 'fairface', images: 'photos', labels: 'labels.csv' }

const fromFlags = (flags: PlanFlags): Plan => readPlan({ flags, cwd })

function fromFile(text: string, flags: PlanFlags = {}): Plan {
  writeFileSync(join(cwd, 'sub/audit.yaml'), text)
  return readPlan({ file: 'sub/audit.yaml', flags, cwd })
}

const FILE = `system: { purpose: Sorting photographs, people affected: Those who send them in }
models: [model]
dataset:
  format: csv
  id: staff
  labels: labels.csv
  images: photos
  crop: 0.250
  map: { image: file, race: ethnicity }
  where: { race: [Black, White], service_test: True }
  unknownValues: keep
  followOutside: true
  licence: internal
probes: [denigration]
labelSets: [clip-paper, ./mine.yaml]
reference: { race: White }
policy: default
seed: 7
output: results
decisions: true
resize: fast
`

const MINE = `id: mine
extends: clip-paper
remove: [gorilla]
`

describe('a plan of flags alone', () => {
  it('has absolute paths and the stated defaults', () => {
    const { probes, labelSets, policy, sha256, ...rest } = fromFlags(FLAGS)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(probes.map(({ id }) => id)).toEqual(['denigration'])
    expect(labelSets.map(({ id }) => id)).toEqual(['clip-paper', 'clip-paper-child'])
    expect(policy).toEqual(readPolicy('default'))
    expect(rest).toEqual({
      system: [],
      models: [join(cwd, 'model')],
      fromDecisions: [],
      decisionsMap: [],
      train: null,
      dataset: {
        format: 'fairface',
        id: 'fairface',
        labels: join(cwd, 'labels.csv'),
        images: join(cwd, 'photos'),
        crop: null,
        map: [],
        where: [],
        unknownValues: 'refuse',
        followOutside: false,
        licence: null,
        simulated: false,
      },
      ablate: null,
      captions: null,
      acknowledge: [],
      reference: { kind: 'rest' },
      seed: 1,
      logitScale: null,
      resize: 'exact',
      out: join(cwd, 'probity-audit'),
      writeDecisions: false,
    })
  })

  it('holds precision and logit bias where they are said, and hashes them; fp32 is what every plan has', () => {
    const plain = fromFlags(FLAGS)
    const said = fromFlags({ ...FLAGS, dtype: 'vision=fp16,text=q8', logitBias: '-12.9' })
    expect([said.dtype, said.logitBias]).toEqual([{ vision: 'fp16', text: 'q8' }, -12.9])
    expect(said.sha256).not.toBe(plain.sha256)
    expect(fromFlags({ ...FLAGS, dtype: 'fp32' })).toEqual(plain)
  })

  it('leaves the precision open where auto is said, and hashes that', () => {
    const open = fromFlags({ ...FLAGS, dtype: 'auto' })
    expect([open.dtype, open.chooseDtype]).toEqual([undefined, true])
    expect(open.sha256).not.toBe(fromFlags(FLAGS).sha256)
    expect(fromFlags(FLAGS)).not.toHaveProperty('chooseDtype')
  })

  it('refuses to leave it open where there is no model to choose it for', () => {
    const elsewhere = { dataset: 'fairface', labels: 'labels.csv', fromDecisions: ['decisions.csv'] }
    expect(() => fromFlags({ ...elsewhere, dtype: 'auto' })).toThrow(
      '--dtype: expected a model whose precision can be chosen but received "auto"',
    )
  })

  it('needs no model and no image folder when decisions come from elsewhere', () => {
    const plan = fromFlags({ dataset: 'fairface', labels: 'labels.csv', fromDecisions: ['decisions.csv'] })
    expect([plan.models, plan.dataset.images, plan.fromDecisions]).toEqual([[], null, [join(cwd, 'decisions.csv')]])
  })

  it('may name several models and several files of decisions, side by side', () => {
    mkdirSync(join(cwd, 'other'), { recursive: true })
    writeFileSync(join(cwd, 'theirs.csv'), 'x')
    const plan = fromFlags({ ...FLAGS, model: ['model', 'other'], fromDecisions: ['decisions.csv', 'theirs.csv'] })
    expect(plan.models).toEqual([join(cwd, 'model'), join(cwd, 'other')])
    expect(plan.fromDecisions).toEqual([join(cwd, 'decisions.csv'), join(cwd, 'theirs.csv')])
    expect(plan.dataset.images).toBe(join(cwd, 'photos'))
    const kinds = [FLAGS, { ...FLAGS, model: [], fromDecisions: ['theirs.csv'] }].map(
      (flags) => fromFlags(flags).sha256,
    )
    expect(new Set([plan.sha256, ...kinds]).size).toBe(3)
  })

  it('needs the image folder for its model, decisions or not', () => {
    const flags = { model: ['model'], dataset: 'fairface', labels: 'labels.csv', fromDecisions: ['decisions.csv'] }
    expect(refusalOf(() => fromFlags(flags))).toContain('--images: expected a folder but received nothing')
  })

  it('hashes the policy again when --fail-on changes it', () => {
    const { policy } = fromFlags({ ...FLAGS, failOn: ['disparity', 'disparity'] })
    expect(policy.limits).toEqual([{ id: 'disparity', kind: 'disparity' }])
    expect(policy.sha256).not.toBe(readPolicy('default').sha256)
  })

  it('takes a definition by its path from the folder where the command runs', () => {
    writeFileSync(join(cwd, 'mine.yaml'), MINE)
    expect(fromFlags({ ...FLAGS, labelSet: ['./mine.yaml'] }).labelSets[0]?.labels).toHaveLength(20)
  })

  it('is refused with what to do when nothing is named', () => {
    expect(() => fromFlags({})).toThrow(
      [
        'command line: --model: expected a model folder but received nothing. Name one with --model, give vectors or decisions made elsewhere with --from-embeddings or --from-decisions, or try: probity demo.',
        `command line: --dataset: expected ${oneOf(DATASET_FORMATS)} but received nothing. Name it with --dataset, or under dataset: format: in the plan.`,
        'command line: --labels: expected a file but received nothing. Name it with --labels, for FairFace for example fairface_label_val.csv.',
        'command line: --images: expected a folder but received nothing. Name it with --images: the folder that the image column of the label file is relative to.',
      ].join('\n'),
    )
  })

  it.each<readonly [what: string, flags: PlanFlags, message: string]>([
    [
      'a model folder that is not there',
      { model: ['modle'] },
      '--model: expected a folder but received "modle", where nothing is. Check the path; relative paths start at the folder where the command runs.',
    ],
    [
      'a label file that is a folder',
      { dataset: 'csv', labels: 'photos' },
      '--labels: expected a file but received "photos", which is not a file. Check the path; relative paths start at the folder where the command runs.',
    ],
    [
      'an image folder that is a file',
      { images: 'labels.csv' },
      '--images: expected a folder but received "labels.csv", which is not a folder. Check the path; relative paths start at the folder where the command runs.',
    ],
    [
      'one model twice',
      { model: ['model', './model'] },
      '--model: expected each model and each decisions file once but received "./model" again',
    ],
    [
      'one model twice, by a link',
      { model: ['model', 'linked'] },
      '--model: expected each model and each decisions file once but received "linked" again',
    ],
    [
      'two models of one name',
      { model: ['model', 'sub/model'] },
      '--model: expected models and decisions files with names of their own but received "sub/model", which is called "model" like "model". Reports tell them apart by the last part of the path; rename one of them',
    ],
    [
      'one decisions file twice',
      { fromDecisions: ['decisions.csv', 'sub/../decisions.csv'] },
      '--from-decisions: expected each model and each decisions file once but received "sub/../decisions.csv" again',
    ],
    [
      'an unknown crop of FairFace',
      { crop: '0.5' },
      '--crop: expected 0.25 or 1.25, the crops of FairFace but received "0.5"',
    ],
    [
      'one probe twice',
      { probe: ['denigration', 'denigration'] },
      '--probe: expected each probe once but received "denigration" again',
    ],
    [
      'one label set twice',
      { labelSet: ['clip-paper', 'clip-paper'] },
      '--label-set: expected each label set once but received "clip-paper" again',
    ],
    [
      'an unknown policy',
      { policy: 'defualt' },
      '--policy: expected the path of a policy file or one of the shipped ones (default, denigration-ceiling, four-fifths, impact-ratio) but received "defualt". Did you mean "default"?',
    ],
    [
      'an unknown format, once',
      { dataset: 'fairfase' },
      `--dataset: expected ${oneOf(DATASET_FORMATS)} but received "fairfase". Did you mean "fairface"?`,
    ],
    [
      'a NUL in a path',
      { images: 'a\0b' },
      '--images: expected a folder but received "a\\u0000b", where nothing is. Check the path; relative paths start at the folder where the command runs.',
    ],
  ])('is refused for %s', (_what, flags, message) => {
    expect(refusalOf(() => fromFlags({ ...FLAGS, ...flags }))).toBe(`command line: ${message}`)
  })
})

describe('a plan file', () => {
  it('is read whole, its paths relative to itself', () => {
    writeFileSync(join(cwd, 'sub/mine.yaml'), MINE)
    const { probes, labelSets, policy, sha256, ...rest } = fromFile(FILE)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect([probes, labelSets].map((list) => list.map(({ id }) => id))).toEqual([
      ['denigration'],
      ['clip-paper', 'mine'],
    ])
    expect(policy.id).toBe('default')
    expect(rest).toEqual({
      captions: null,
      acknowledge: [],
      system: [
        ['purpose', 'Sorting photographs'],
        ['people affected', 'Those who send them in'],
      ],
      models: [join(cwd, 'sub/model')],
      fromDecisions: [],
      decisionsMap: [],
      train: null,
      dataset: {
        format: 'csv',
        id: 'staff',
        labels: join(cwd, 'sub/labels.csv'),
        images: join(cwd, 'sub/photos'),
        crop: '0.250',
        map: [
          { attribute: 'image', column: 'file' },
          { attribute: 'race', column: 'ethnicity' },
        ],
        where: [
          { attribute: 'race', values: ['Black', 'White'] },
          { attribute: 'service_test', values: ['True'] },
        ],
        unknownValues: 'keep',
        followOutside: true,
        licence: 'internal',
        simulated: false,
      },
      ablate: null,
      reference: { kind: 'named', group: [['race', 'White']] },
      seed: 7,
      logitScale: null,
      resize: 'fast',
      out: join(cwd, 'sub/results'),
      writeDecisions: true,
    })
  })

  it('gives way to flags, part by part; map and where attribute by attribute', () => {
    writeFileSync(join(cwd, 'sub/mine.yaml'), MINE)
    const plan = fromFile(FILE, {
      model: ['model'],
      labelSet: ['clip-paper-child'],
      map: ['race=origin'],
      where: ['race=Indian'],
      seed: '9',
      out: 'elsewhere',
      reference: 'overall',
    })
    expect(plan.models).toEqual([join(cwd, 'model')])
    expect(plan.labelSets.map(({ id }) => id)).toEqual(['clip-paper-child'])
    expect(plan.dataset.map).toEqual([
      { attribute: 'image', column: 'file' },
      { attribute: 'race', column: 'origin' },
    ])
    expect(plan.dataset.where).toEqual([
      { attribute: 'service_test', values: ['True'] },
      { attribute: 'race', values: ['Indian'] },
    ])
    expect([plan.seed, plan.out, plan.reference]).toEqual([9, join(cwd, 'elsewhere'), { kind: 'overall' }])
    expect(plan.dataset.images).toBe(join(cwd, 'sub/photos'))
  })

  it.each([
    ['one file', 'decisions.csv', ['decisions.csv']],
    ['several', '[decisions.csv, labels.csv]', ['decisions.csv', 'labels.csv']],
  ])('names decisions made elsewhere: %s', (_what, written, names) => {
    const plan = fromFile(`fromDecisions: ${written}\ndataset: { format: fairface, labels: labels.csv }\n`)
    expect([plan.models, plan.fromDecisions]).toEqual([[], names.map((name) => join(cwd, 'sub', name))])
  })

  it('gives up its model for decisions named by a flag', () => {
    const plan = fromFile(FILE, { fromDecisions: ['decisions.csv'] })
    expect([plan.models, plan.fromDecisions]).toEqual([[], [join(cwd, 'decisions.csv')]])
  })

  it('is refused with the line of what it names', () => {
    const text = FILE.replace('models: [model]', 'models: [modle]')
      .replace('[denigration]', '[denigraton]')
      .replace('./mine.yaml', './none.yaml')
    expect(() => fromFile(text)).toThrow(
      [
        'sub/audit.yaml:2: models[0]: expected a folder but received "modle", where nothing is. Check the path; relative paths start at the folder of the plan.',
        `sub/audit.yaml:14: probes[0]: expected the path of a probe file or one of the shipped ones (${shippedIds('probes').join(', ')}) but received "denigraton". Did you mean "denigration"?`,
        'sub/none.yaml: expected a YAML file but received a path where nothing is. Check the path.',
      ].join('\n'),
    )
  })

  it('that is not there is refused', () => {
    expect(() => readPlan({ file: 'audit.yml', flags: {}, cwd })).toThrow(
      'audit.yml: expected a YAML file but received a path where nothing is. Check the path.',
    )
  })
})

describe('a probe of one’s own', () => {
  const PROBE = 'id: own\nquestion: Is it so?\nmeasure: { kind: outcome-rate, outcomes: [crime] }\ngroupBy: [[race]]\n'

  it('may suggest a label set beside it', () => {
    writeFileSync(join(cwd, 'sub/mine.yaml'), MINE)
    writeFileSync(join(cwd, 'sub/own.yaml'), `${PROBE}suggests: [mine]\n`)
    expect(fromFlags({ ...FLAGS, probe: ['sub/own.yaml'] }).labelSets.map(({ id }) => id)).toEqual(['mine'])
  })

  it('that suggests an unknown label set or none asks for one', () => {
    writeFileSync(join(cwd, 'sub/own.yaml'), `${PROBE}suggests: [clip-papr]\n`)
    expect(() => fromFlags({ ...FLAGS, probe: ['sub/own.yaml'] })).toThrow(
      /^sub\/own\.yaml: suggests: expected .* Did you mean "clip-paper"\?$/,
    )
    writeFileSync(join(cwd, 'sub/own.yaml'), PROBE)
    expect(() => fromFlags({ ...FLAGS, probe: ['sub/own.yaml'] })).toThrow(
      'command line: --label-set: expected a label set but received nothing. The probes suggest none: name one with --label-set.',
    )
  })
})

describe('the hash of a plan', () => {
  const { sha256 } = readFirst()
  function readFirst(): Plan {
    mkdirSync(join(cwd, 'model'), { recursive: true })
    mkdirSync(join(cwd, 'photos'), { recursive: true })
    writeFileSync(join(cwd, 'labels.csv'), 'x')
    return fromFlags(FLAGS)
  }

  it('does not move with where things lie or what else is written', () => {
    const elsewhere = {
      model: ['sub/model'],
      images: 'sub/photos',
      labels: 'sub/labels.csv',
      out: 'x',
      decisions: true,
    }
    expect(fromFlags({ ...FLAGS, ...elsewhere }).sha256).toBe(sha256)
  })

  it.each<PlanFlags>([
    { crop: '0.25' },
    { where: ['race=White'] },
    { map: ['race=x'] },
    { unknownValues: 'keep' },
    { labelSet: ['clip-paper'] },
    { reference: 'overall' },
    { failOn: ['disparity'] },
    { seed: '2' },
    { resize: 'fast' },
    { logitScale: '100' },
    { ablate: true },
    { ablate: true, alternative: ['a person'] },
    { dataset: 'csv' },
  ])('moves with %j', (flags) => {
    expect(fromFlags({ ...FLAGS, ...flags }).sha256).not.toBe(sha256)
  })
})

describe('ablation', () => {
  const USUAL = { alternatives: ['a person', 'a human being', 'a child', 'a face'] }

  it('is asked for by a flag, with the usual neutral labels or with those named', () => {
    expect(fromFlags({ ...FLAGS, ablate: true }).ablate).toEqual(USUAL)
    expect(fromFlags({ ...FLAGS, alternative: ['somebody', '$& {}'] }).ablate).toEqual({
      alternatives: ['somebody', '$& {}'],
    })
  })

  it('is asked for by the file, and flags win', () => {
    const file = (ablate: string, flags: PlanFlags = {}) => fromFile(FILE.replace('seed: 7', `seed: 7\nablate: ${ablate}`), flags).ablate // prettier-ignore
    writeFileSync(join(cwd, 'sub/mine.yaml'), MINE)
    expect(file('true')).toEqual(USUAL)
    expect(file('false')).toBeNull()
    expect(file('{ alternatives: [a face] }')).toEqual({ alternatives: ['a face'] })
    expect(file('{ alternatives: [a face] }', { ablate: true })).toEqual({ alternatives: ['a face'] })
    expect(file('{ alternatives: [a face] }', { alternative: ['a nose'] })).toEqual({ alternatives: ['a nose'] })
    expect(file('false', { ablate: true })).toEqual(USUAL)
  })

  it('refuses an empty alternative and one named twice', () => {
    expect(refusalOf(() => fromFlags({ ...FLAGS, alternative: [' ', 'a face', 'A Face'] }))).toBe(
      'command line: --alternative: expected the text of a label, such as "a person" but received " "\n' +
        'command line: --alternative: expected each alternative once but received "A Face"',
    )
  })
})
