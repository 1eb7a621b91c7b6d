import { mkdirSync, readFileSync, writeFileSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditComparison } from '../../src/audit/types/audit-comparison.js'
import { drawnImage } from '../audit/model/drawn-image.js'
import { fakeVision, writeFakeModel } from '../audit/model/fake-model.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const IMAGES = 120
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
  - { id: dog, text: dog, outcome: non-human }
  - { id: house, text: house, outcome: crime }
`

const PROBE = `id: by-place
status: experimental
question: Are images of some places put into non-human classes more often?
motivation: Made up for the test.
measure: { kind: outcome-rate, outcomes: [non-human] }
evidence: decisions
requires: { outcomes: [non-human] }
groupBy: [[place]]
suggests: [drawn]
caveats: [Made up.]
references: [Made up.]
`

describe('probity compare of decisions made elsewhere', () => {
  const root = temporaryFolder()
  const images = Array.from({ length: 240 }, (_, index) => index)

  beforeAll(() => {
    const rows = images.map((index) => `${index}.png,${'AB'[index % 2]},${'XYZ'[index % 3]}`)
    writeFileSync(join(root, 'labels.csv'), `image,race,place\n${rows.join('\n')}\n`)
    writeFileSync(join(root, 'drawn.yaml'), LABEL_SET)
    writeFileSync(join(root, 'by-place.yaml'), PROBE)
    for (const [name, dogs] of [
      ['old', 8],
      ['new', 4],
      ['other', 6],
    ] as const) {
      const decided = images.map((index) => `${index}.png,drawn,${index % dogs === 0 ? 'dog' : 'man'}`)
      writeFileSync(join(root, `${name}.csv`), `image,labelSet,label\n${decided.join('\n')}\n`)
    }
  })

  function audit(out: string, files: readonly string[], ...more: readonly string[]): string {
    const data = [
      '--dataset',
      'csv',
      '--labels',
      join(root, 'labels.csv'),
      '--map',
      'race=race',
      '--map',
      'place=place',
    ]
    const decided = files.flatMap((name) => ['--from-decisions', join(root, `${name}.csv`)])
    const ran = probity(['audit', ...data, ...decided, '--label-set', join(root, 'drawn.yaml'), '--decisions', '--out', join(root, out), ...more]) // prettier-ignore
    if (ran.status !== 0) throw new Error(ran.stderr)
    return join(root, out, 'audit.json')
  }

  function pairing(...command: readonly string[]): string {
    const ran = probity(['compare', ...command, '--json'])
    if (ran.stdout === '') throw new Error(ran.stderr)
    return (JSON.parse(ran.stdout) as AuditComparison).pairing
  }

  it('pairs images though one audit groups them by more attributes', () => {
    const first = audit('race', ['old'])
    const second = audit('place', ['new'], '--probe', 'denigration', '--probe', join(root, 'by-place.yaml'))
    expect([pairing(first, second), pairing(second, first)]).toEqual(['paired', 'paired'])
  })

  it('finds the decisions of every model beside those of the first that are named', () => {
    const [first, second] = [audit('two', ['old', 'other']), audit('two-again', ['new', 'other'])]
    expect(pairing(first, second, '--decisions', join(root, 'two/decisions-e1.csv'), join(root, 'two-again/decisions-e1.csv'))).toBe('paired') // prettier-ignore
  })

  it('takes other rows of one label file as other images, in both directions', () => {
    const [all, some] = [audit('all', ['old']), audit('some', ['new'], '--where', 'place=X,Y')]
    expect([pairing(all, some), pairing(some, all)]).toEqual(['other-images', 'other-images'])
  })
})

describe('probity compare', () => {
  const root = temporaryFolder()
  let small: string
  let other: string

  beforeAll(async () => {
    mkdirSync(join(root, 'images'))
    for (let index = 0; index < IMAGES; index++) {
      const { width, height, rgb } = drawnImage('noise', 12, 10, index + 1)
      await sharp(rgb, { raw: { width, height, channels: 3 } }).png().toFile(join(root, 'images', `${index}.png`)) // prettier-ignore
    }
    const rows = Array.from({ length: IMAGES }, (_, index) => `${index}.png,${['A', 'B', 'C'][index % 3]}`)
    writeFileSync(join(root, 'labels.csv'), `image,race\n${rows.join('\n')}\n`)
    writeFileSync(join(root, 'drawn.yaml'), LABEL_SET)
    writeFileSync(
      join(root, 'more.yaml'),
      `id: more\nextends: drawn\nadd: [{ id: woman, text: woman, outcome: person }]\n`,
    )
    small = writeFakeModel(join(root, 'small'))
    other = writeFakeModel(join(root, 'other'), { 'onnx/vision_model.onnx': fakeVision({ weight: (index) => ((index * 53) % 17) - 8 }) }) // prettier-ignore
    audit('first', small, 'drawn')
    audit('model', other, 'drawn')
    audit('design', small, 'more')
    audit('fewer', small, 'drawn', '--where', 'race=A,B')
  })

  function audit(out: string, model: string, labelSet: string, ...more: readonly string[]): void {
    const data = ['--dataset', 'csv', '--labels', join(root, 'labels.csv'), '--images', join(root, 'images'), '--map', 'race=race'] // prettier-ignore
    const ran = probity(['audit', '--model', model, ...data, '--label-set', join(root, `${labelSet}.yaml`), '--threads', '1', '--decisions', '--no-store', '--out', join(root, out), ...more]) // prettier-ignore
    if (ran.status !== 0) throw new Error(ran.stderr)
  }

  const file = (name: string): string => join(root, name, 'audit.json')

  function compare(
    first: string,
    second: string,
    ...more: readonly string[]
  ): { comparison: AuditComparison; status: number | null } {
    const ran = probity(['compare', file(first), file(second), '--json', ...more])
    if (ran.stdout === '') throw new Error(ran.stderr)
    return { comparison: JSON.parse(ran.stdout) as AuditComparison, status: ran.status }
  }

  it('finds nothing between an audit and itself', () => {
    const { comparison } = compare('first', 'first')
    expect(comparison).toMatchObject({ differences: [], basis: 'rerun', pairing: 'not-needed' })
    expect(new Set(comparison.findings.map(({ change }) => change))).toEqual(new Set(['unchanged']))
  })

  it('compares another model image by image, and says that only the model differs', () => {
    const { comparison } = compare('first', 'model')
    expect(comparison.basis).toBe('model')
    expect(comparison.pairing).toBe('paired')
    const found = comparison.findings.filter(({ probe }) => probe === 'denigration')
    for (const { paired, first, second } of found) {
      if (paired === null) throw new Error('a finding without its pairs')
      const { both, onlyFirst, onlySecond, neither } = paired.paired
      expect([both + onlyFirst, both + onlySecond]).toEqual([first?.count, second?.count])
      expect(both + onlyFirst + onlySecond + neither).toBe(first?.total)
    }
    expect(found.some(({ paired }) => (paired?.paired.onlySecond ?? 0) > 0)).toBe(true)
  })

  it('lays the change between two label sets to the design', () => {
    const { comparison } = compare('first', 'design')
    expect(comparison).toMatchObject({ basis: 'design', pairing: 'paired' })
    expect(comparison.differences.map(({ kind, name }) => [kind, name])).toEqual([['label-set', 'drawn → more']])
  })

  it('refuses to call other images a change, and exits with 3 where a gate needs one', () => {
    const { comparison, status } = compare('first', 'fewer', '--fail-on', 'worsened')
    expect(comparison).toMatchObject({ basis: 'data', pairing: 'other-images' })
    expect(new Set(comparison.findings.map(({ change }) => change))).toEqual(new Set(['not-comparable']))
    expect(status).toBe(3)
  })

  it('refuses decisions that the audit did not count', () => {
    const odd = join(root, 'odd')
    mkdirSync(odd)
    copyFileSync(join(root, 'model', 'decisions.csv'), join(odd, 'decisions.csv'))
    copyFileSync(join(root, 'model', 'images.csv'), join(odd, 'images.csv'))
    const ran = probity(['compare', file('first'), file('model'), '--decisions', join(odd, 'decisions.csv'), join(odd, 'decisions.csv')]) // prettier-ignore
    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain('expected the decisions that the audit counted but received others')
  })

  it('refuses an audit that was changed after it was written', () => {
    const edited = join(root, 'edited')
    mkdirSync(edited)
    const text = readFileSync(file('model'), 'utf8')
    writeFileSync(join(edited, 'audit.json'), text.replace(/"seed": 1,/, '"seed": 2,'))
    const ran = probity(['compare', file('first'), join(edited, 'audit.json')])
    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain(
      'audit.json: auditId: expected the id of the content but received that of other content',
    )
    expect(ran.stderr).toContain('probity verify')
  })

  it('writes four files and says so; without decisions it compares the verdicts', () => {
    const bare = join(root, 'bare')
    mkdirSync(bare)
    copyFileSync(file('model'), join(bare, 'audit.json'))
    const ran = probity(['compare', file('first'), join(bare, 'audit.json'), '--out', join(root, 'comparison')])
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    for (const ending of ['html', 'md', 'csv', 'json'])
      expect(readFileSync(join(root, 'comparison', `comparison.${ending}`), 'utf8').length).toBeGreaterThan(200)
    const written = JSON.parse(readFileSync(join(root, 'comparison', 'comparison.json'), 'utf8')) as AuditComparison
    expect(written.pairing).toBe('no-decisions')
  })

  it('says what is wrong with a file that is no audit, and with one file of decisions', () => {
    expect(probity(['compare', join(root, 'labels.csv'), file('first')])).toMatchObject({ status: 2 })
    const one = probity(['compare', file('first'), file('model'), '--decisions', 'x.csv'])
    expect(one.stderr).toContain('expected two files')
    expect(one.status).toBe(2)
  })
})

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')

describe.skipIf(FACES === null || MODEL === null)(
  `two label sets on 700 real faces, in two audits (needs ${SHARED})`,
  () => {
    it('gives the changes that one audit of both gives', () => {
      const root = temporaryFolder()
      const run = (out: string, ...labelSets: readonly string[]): string => {
        const data = ['--model', MODEL ?? '', '--dataset', 'fairface', '--images', FACES ?? '', '--labels', join(FACES ?? '', 'labels.csv')] // prettier-ignore
        const ran = probity(['audit', ...data, ...labelSets.flatMap((id) => ['--label-set', id]), '--decisions', '--out', join(root, out), '--store', join(root, 'store')]) // prettier-ignore
        if (ran.status !== 0) throw new Error(ran.stderr)
        return join(root, out, 'audit.json')
      }
      const both = JSON.parse(readFileSync(run('both', 'clip-paper', 'clip-paper-child'), 'utf8')) as { derived: { changes: { outcome: string; group: unknown; paired: unknown; verdict: unknown; oneWay: unknown }[] } } // prettier-ignore
      const ran = probity(['compare', run('a', 'clip-paper'), run('b', 'clip-paper-child'), '--json'])
      const { findings, basis } = JSON.parse(ran.stdout) as AuditComparison
      expect(basis).toBe('design')
      const compared = findings.filter(({ paired }) => paired !== null)
      expect(compared.length).toBeGreaterThan(50)
      for (const { outcome, group, paired } of compared) {
        const own = both.derived.changes.find((one) => one.outcome === outcome && JSON.stringify(one.group) === JSON.stringify(group)) // prettier-ignore
        expect([paired?.paired, paired?.verdict]).toEqual([own?.paired, own?.verdict])
      }
    })
  },
)
