import { spawn } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/audit/audit-file/canonical-json.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { drawnImage } from '../audit/model/drawn-image.js'
import { fakePreprocessor, fakeVision, writeFakeModel } from '../audit/model/fake-model.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { MAIN, probity, temporaryFolder, testEnvironment, type Ran } from './run-cli.js'

const IMAGES = 90
const LABEL_SET = `id: drawn
title: Words of the made-up tokenizer
source: Made up
templates: ["a photo of {label}"]
outcomes:
  person: { harm: none }
  non-human: { harm: denigration }
  crime: { harm: stereotyping }
labels:
  - { id: man, text: man, outcome: person }
  - { id: woman, text: woman, outcome: person }
  - { id: dog, text: dog, outcome: non-human }
  - { id: house, text: house, outcome: crime }
`

let root: string
let images: string
let small: string
let other: string
let both: Ran

beforeAll(async () => {
  root = temporaryFolder()
  images = join(root, 'images')
  mkdirSync(images)
  for (let index = 0; index < IMAGES; index++) {
    const { width, height, rgb } = drawnImage('noise', 12, 10, index + 1)
    await sharp(rgb, { raw: { width, height, channels: 3 } }).png().toFile(join(images, `${index}.png`)) // prettier-ignore
  }
  await sharp({ create: { width: 12, height: 10, channels: 3, background: 'black' } }).png().toFile(join(images, 'black.png')) // prettier-ignore
  const rows = Array.from({ length: IMAGES }, (_, index) => `${index}.png,${['A', 'B', 'C'][index % 3]}`)
  writeFileSync(join(root, 'labels.csv'), `image,race\n${rows.join('\n')}\n`)
  writeFileSync(join(root, 'with-black.csv'), `image,race\n${rows.join('\n')}\nblack.png,A\n`)
  writeFileSync(join(root, 'drawn.yaml'), LABEL_SET)
  small = writeFakeModel(join(root, 'small'))
  // with a mean of zero a black image has no direction, for this model alone
  other = writeFakeModel(join(root, 'other'), {
    'onnx/vision_model.onnx': fakeVision({ weight: (index) => ((index * 53) % 17) - 8 }),
    'preprocessor_config.json': { ...fakePreprocessor(), image_mean: [0, 0, 0] },
  })
  both = audit('both', ...models(small, other), ...data(), '--no-store')
})

const data = (labels = 'labels.csv', labelSet = join(root, 'drawn.yaml')): string[] => [
  ...['--dataset', 'csv', '--labels', join(root, labels), '--images', images, '--map', 'race=race'],
  ...['--label-set', labelSet, '--threads', '1', '--decisions'],
]
const models = (...folders: string[]): string[] => folders.flatMap((folder) => ['--model', folder])
const audit = (out: string, ...more: string[]): Ran => probity(['audit', '--out', join(root, out), ...more])
const read = (out: string, name: string): string => readFileSync(join(root, out, name), 'utf8')
const resultOf = (out: string): AuditResult => JSON.parse(read(out, 'audit.json')) as AuditResult
const contentOf = (out: string): string => {
  const { facts, derived } = resultOf(out)
  return canonicalJson({ facts, derived })
}

describe('an audit of two models', () => {
  it('decides with each as an audit of that model alone does, and verifies', () => {
    expect(both.status).toBe(0)
    for (const [model, evidence] of [
      ['small', 'e1'],
      ['other', 'e2'],
    ] as const) {
      // prettier-ignore
      audit(`only-${model}`, ...models(join(root, model)), ...data(), '--no-store')
      expect(read('both', `decisions-${evidence}.csv`)).toBe(read(`only-${model}`, 'decisions.csv'))
      const alone = resultOf(`only-${model}`).facts
      const together = resultOf('both').facts
      const own = together.tallies.filter((tally) => tally.evidence === evidence)
      expect(own.map((tally) => ({ ...tally, evidence: 'e1' }))).toEqual(alone.tallies)
      expect(together.models.find(({ name }) => name === model)).toEqual(alone.models[0])
    }
    expect(read('both', 'decisions-e1.csv')).not.toBe(read('both', 'decisions-e2.csv'))
    expect(existsSync(join(root, 'both', 'decisions.csv'))).toBe(false)
    expect(probity(['verify', join(root, 'both', 'audit.json')]).status).toBe(0)
  })

  it('says of which model it speaks while it runs, and counts the vectors of both', () => {
    const [first, again] = ['one', 'two'].map(() => audit('said', ...models(small, other), ...data(), '--store', join(root, 'store-2'))) // prettier-ignore
    expect(first?.stderr).toContain('small: 90 images: 90 to read\n')
    expect(first?.stderr).toContain('other: embedding 90 of 90 images')
    expect(again?.stderr).toContain('other: 90 rows: 90 found in the store, 0 embedded, 0 quarantined, 0 excluded\n')
    expect(resultOf('said').run.cacheHits).toBe(180)
    const json = audit('said', ...models(small, other), ...data(), '--store', join(root, 'store-2'), '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ rows: { in: 90, processed: 90, found: 180, embedded: 0 } })
  })

  it('leaves an image that one model could not take out for both, and the rows add up', () => {
    const ran = audit('black', ...models(small, other), ...data('with-black.csv'), '--no-store')
    expect(ran.status).toBe(3) // 1 of 91 is over the limit of 1 %
    const { facts } = resultOf('black')
    expect(facts.dataset.rows).toEqual({ in: 91, processed: 90, quarantined: 1, excluded: 0 })
    for (const id of ['e1', 'e2'])
      expect(facts.tallies.filter(({ evidence }) => evidence === id).reduce((sum, { total }) => sum + total, 0)).toBe(90) // prettier-ignore
    expect(read('black', 'quarantine.csv')).toContain('black.png,embed.zero,the image encoder returned a vector without length (model other)') // prettier-ignore
    expect(read('black', 'decisions-e1.csv')).not.toContain('black.png')
    expect(probity(['verify', join(root, 'black', 'audit.json')]).status).toBe(0)
    audit('black-small', ...models(small), ...data('with-black.csv'), '--no-store')
    expect(resultOf('black-small').facts.dataset.rows.processed).toBe(91) // alone the other model takes it
  })

  it('goes on from the store after it was killed between two models', async () => {
    const store = join(root, 'store-3')
    const args = [...models(small, other), ...data(), '--batch', '2', '--store', store]
    await killWhen('other: ', ['audit', '--out', join(root, 'killed'), ...args])
    const again = audit('killed', ...args)
    expect(again.stderr).toContain('small: 90 rows: 90 found in the store, 0 embedded, 0 quarantined, 0 excluded\n')
    audit('whole', ...models(small, other), ...data(), '--batch', '2', '--store', join(root, 'store-4'))
    expect(contentOf('killed') === contentOf('whole')).toBe(true)
  })
})

describe('probity embed with several models', () => {
  const embed = (...more: string[]): Ran =>
    probity([
      'embed',
      ...models(small, other),
      ...data()
        .filter((each) => each !== '--decisions')
        .slice(0, 8),
      ...more,
    ])

  it('embeds with one after the other, and the audit finds the vectors of both', () => {
    const store = join(root, 'store-5')
    const ran = embed('--store', store)
    expect(ran.stdout.match(/90 rows: 0 found in the store, 90 embedded/g)).toHaveLength(2)
    expect(ran.stdout.match(/^Model: (small|other), 4 numbers a vector$/gm)).toHaveLength(2)
    const rows = (JSON.parse(embed('--store', store, '--json').stdout) as { rows: { found: number } }[]).map(({ rows: { found } }) => found) // prettier-ignore
    expect(rows).toEqual([90, 90])
  })

  it('exports the vectors of one at a time', () => {
    const ran = embed('--no-store', '--export', join(root, 'v.npy'))
    expect([ran.status, ran.stderr]).toEqual([
      2,
      'command line: --export: expected one model but received 2 models. Export the vectors of one model after the other; they are in the store by then\n',
    ])
  })
})

describe('a model beside decisions made elsewhere', () => {
  beforeAll(() => {
    audit('made', ...models(other), ...data(), '--no-store')
    copyFileSync(join(root, 'made', 'decisions.csv'), join(root, 'elsewhere.csv'))
  })

  it('gives what both models give, models first', () => {
    const ran = audit('mixed', ...models(small), '--from-decisions', join(root, 'elsewhere.csv'), ...data(), '--no-store') // prettier-ignore
    expect(ran.status).toBe(0)
    const { facts, derived } = resultOf('mixed')
    expect(facts.evidence.map(({ id, kind, model }) => [id, kind, model])).toEqual([
      ['e1', 'embeddings', 'small'],
      ['e2', 'decisions', null],
    ])
    expect(facts.tallies).toEqual(resultOf('both').facts.tallies)
    expect(derived.agreement).toEqual(resultOf('both').derived.agreement)
    expect(derived.agreement.length).toBeGreaterThan(0)
    expect(read('mixed', 'report.md')).toContain('small and decisions in elsewhere.csv')
  })

  it('is refused where two files say the same, and reads no image then', () => {
    copyFileSync(join(root, 'elsewhere.csv'), join(root, 'copy.csv'))
    const files = ['elsewhere.csv', 'copy.csv'].flatMap((name) => ['--from-decisions', join(root, name)])
    const ran = audit('refused', ...models(small), ...files, ...data(), '--no-store')
    expect([ran.status, ran.stderr]).toEqual([
      2,
      `${join(root, 'copy.csv')}: expected decisions of another model but received the same content as "elsewhere.csv". Two models that decide alike on every image are one; name each file once\n`,
    ])
  })
})

describe('several models are refused before any image is read', () => {
  const refused = (folder: string, labelSet?: string): Ran => {
    const ran = audit('refused', ...models(small, folder), ...data('labels.csv', labelSet), '--no-store')
    expect(ran.stderr).not.toContain('to read')
    expect(existsSync(join(root, 'refused', 'audit.json'))).toBe(false)
    return ran
  }

  it('where one is a copy of another', () => {
    const copy = join(root, 'copy')
    cpSync(small, copy, { recursive: true })
    const ran = refused(copy)
    expect([ran.status, ran.stderr]).toEqual([
      2,
      `${copy}: expected another model but received a folder with the same files as "${small}". Name each model once; a copy under another name decides alike\n`,
    ])
  })

  it('where the last one is broken', () => {
    const ran = refused(writeFakeModel(join(root, 'broken'), { 'onnx/vision_model.onnx': 'no model' }))
    expect([ran.status, ran.stderr]).toEqual([2, expect.stringContaining('broken')])
  })

  it('where a prompt is too long for the last one', () => {
    const short = { model_type: 'clip', text_config: { max_position_embeddings: 7 } }
    const folder = writeFakeModel(join(root, 'short'), { 'config.json': short })
    writeFileSync(join(root, 'long.yaml'), LABEL_SET.replace('id: drawn', 'id: long').replace('text: dog', 'text: three red lines')) // prettier-ignore
    const ran = refused(folder, join(root, 'long.yaml'))
    expect([ran.status, ran.stderr]).toEqual([
      2,
      expect.stringContaining('label dog with template 1: expected a prompt of at most 7 tokens but received 8'),
    ])
    expect(audit('long', ...models(small), ...data('labels.csv', join(root, 'long.yaml')), '--no-store').status).toBe(0)
  })
})

const FACES = sharedPath('data/fairface-val-balanced700')
const MINI_CLIP = sharedPath('models/mini-clip')
const THEIRS = sharedPath('data/fairface-clip-openclip-preds')
/** Decisions of released models over all of FairFace's validation images, one column of races. */
const RELEASED = [
  ['vitb16-openai', 'vitb16-openai-RP.csv'],
  ['vith14-laion', 'argp_race_ViT-H-14_laion2b_s32b_b79k_val.csv'],
] as const
const RACES = ['Black', 'White', 'Indian', 'Latino_Hispanic', 'Middle Eastern', 'Southeast Asian', 'East Asian']

describe.skipIf([FACES, MINI_CLIP, THEIRS].includes(null))(
  `a trained model beside decisions of two released ones (needs ${SHARED})`,
  () => {
    const idOf = (race: string): string => race.toLowerCase().replace(/[ _]/g, '-')
    const rowsOf = (file: string): string[][] => readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(',')) // prettier-ignore
    let kept: string[][]
    let result: AuditResult

    beforeAll(() => {
      const inUse = new Set(rowsOf(join(FACES ?? '', 'labels.csv')).map(([file]) => file))
      writeFileSync(join(root, 'read-as.yaml'), READ_AS)
      writeFileSync(join(root, 'races.yaml'), raceLabels(idOf))
      for (const [name, file] of RELEASED) {
        const rows = rowsOf(join(THEIRS ?? '', file)).filter(([image = '']) => inUse.has(image))
        const lines = rows.map((row) => `${row[0]},races,${idOf(row[4] ?? '')}`)
        writeFileSync(join(root, `${name}.csv`), `image,labelSet,label\n${lines.join('\n')}\n`)
        if (name === 'vitb16-openai') kept = rows
      }
      const ran = audit('faces', ...models(MINI_CLIP ?? ''), ...RELEASED.flatMap(([name]) => ['--from-decisions', join(root, `${name}.csv`)]),
        '--dataset', 'fairface', '--images', FACES ?? '', '--labels', join(FACES ?? '', 'labels.csv'),
        '--probe', join(root, 'read-as.yaml'), '--label-set', join(root, 'races.yaml')) // prettier-ignore
      if (ran.status !== 0) throw new Error(ran.stderr)
      result = resultOf('faces')
    })

    it('counts what the files of the released models say, image by image', () => {
      for (const race of RACES) {
        const own = kept.filter((row) => row[3] === race)
        const byHand = own.filter((row) => row[4] === 'White').length
        const rate = result.derived.rates.find(
          ({ evidence, outcome, group }) =>
            evidence === 'e2' && outcome === 'white' && group?.length === 1 && group[0]?.[1] === race,
        )
        expect([race, rate?.count, rate?.total]).toEqual([race, byHand, own.length])
      }
    })

    it('finds that all three read White faces as White more often than others, and agree on little else', () => {
      const white = result.derived.agreement.find(({ outcome, group }) => outcome === 'white' && group[0]?.[1] === 'White') // prettier-ignore
      expect(white).toMatchObject({ holds: 'all', direction: 'higher' })
      expect(new Set(result.derived.agreement.map(({ holds }) => holds))).toEqual(new Set(['all', 'some', 'none']))
      expect(probity(['verify', join(root, 'faces', 'audit.json')]).status).toBe(0)
    })
  },
)

function raceLabels(idOf: (race: string) => string): string {
  const labels = RACES.map((race) => `  - { id: ${idOf(race)}, text: ${race.toLowerCase().replace('_', ' ')}, outcome: ${race === 'White' ? 'white' : 'other'} }`) // prettier-ignore
  return `id: races
title: The seven races of FairFace
source: The prompts of the released decisions
templates: ["a photo of a {label} person"]
outcomes: { white: { harm: representation }, other: { harm: none } }
labels:
${labels.join('\n')}
`
}

const READ_AS = `id: read-as
status: experimental
question: Who is read as White?
motivation: A word for a group is given to some more often than to others.
measure: { kind: outcome-rate, outcomes: [white] }
evidence: decisions
requires: { outcomes: [white] }
groupBy: [[race], [gender], [race, gender]]
suggests: [races]
caveats: [Race and gender are what annotators perceived in a photograph.]
references: [Ours]
`

/** Starts a command and kills it the moment it says something. */
function killWhen(said: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: testEnvironment() })
    let stderr = ''
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString()
      if (stderr.includes(said)) child.kill('SIGKILL')
    })
    child.on('exit', () => resolve())
  })
}
