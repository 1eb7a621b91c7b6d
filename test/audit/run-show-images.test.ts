import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { ProbityError } from '../../src/audit/errors.js'
import { runShowImages, type ShowImages } from '../../src/audit/run-show-images.js'
import { writeShownImages } from '../../src/audit/write-shown-images.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../support/definitions.js'
import { auditOf } from '../support/facts.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-show-'))
const path = (name: string): string => join(folder, name)
const PROBE = probeOf({
  measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] },
  derive: [
    {
      id: 'age-19',
      from: 'age',
      groups: [
        { value: 'young', values: ['0-2', '3-9'] },
        { value: 'old', values: ['20-29'] },
      ],
    },
  ],
  groupBy: [['race'], ['age-19'], ['race', 'age']],
})
const ROWS = [
  { of: ['Black', '0-2'], label: 'thief', runnerUp: 'man', margin: 0.01 },
  { of: ['Black', '3-9'], label: 'animal', runnerUp: 'man', margin: 0.01 },
  { of: ['Black', '20-29'], label: 'thief', runnerUp: 'animal', margin: 0.00001 },
  { of: ['White', '0-2'], label: 'thief', runnerUp: 'man', margin: 0.01 },
  { of: ['White', '20-29'], label: 'man', runnerUp: 'thief', margin: 0.01 },
  { of: ['Black', '20-29'], label: 'man', runnerUp: 'thief', margin: 0.01 },
] as const
const AUDIT = auditOf({
  attributes: [
    { name: 'race', values: ['Black', 'White'] },
    { name: 'age', values: ['0-2', '3-9', '20-29'] },
  ],
  blocks: [
    ...ROWS.map(({ of, label, runnerUp, margin }) => ({ of, images: 1, label, runnerUp, near: margin < 0.001 })),
    { of: ['Black', '0-2'], images: 1, fate: 'undecided' as const },
  ],
  probes: [PROBE],
})
const DECISIONS = [
  'image,labelSet,label,outcome,similarity,probability,margin,runnerUp',
  ...ROWS.map(
    ({ label, runnerUp, margin }, row) => `${row}.png,four-labels,${label},,0.2${row},,${margin},${runnerUp}`,
  ),
]
const IMAGES = ['image,race,age', ...ROWS.map(({ of }, row) => `${row}.png,${of.join(',')}`), '6.png,Black,0-2']

const lines = (rows: readonly string[]): string => `${rows.join('\n')}\n`

beforeEach(() => {
  writeFileSync(path('audit.json'), readableJson(AUDIT))
  writeFileSync(path('decisions.csv'), lines(DECISIONS))
  writeFileSync(path('images.csv'), lines(IMAGES))
})

const show = (changes: Partial<ShowImages> = {}) =>
  runShowImages({
    ...{ audit: path('audit.json'), decisions: null, images: null, evidence: null, labelSet: null },
    ...{ group: [['race', 'Black']], outcome: 'crime', sort: 'similarity' },
    ...changes,
  })

async function refusal(changes: Partial<ShowImages> = {}): Promise<string> {
  const error = await show(changes).catch((caught: unknown) => caught)
  return error instanceof ProbityError ? error.message.replaceAll(`${folder}/`, '') : 'not refused'
}

const names = async (changes: Partial<ShowImages>): Promise<string[]> =>
  (await show(changes)).images.map(({ image }) => image)

describe('the images behind a count', () => {
  it('are as many as the audit counts, with label, runner-up, scores and near-tie', async () => {
    const { images, count, total, ...rest } = await show()
    const rate = AUDIT.derived.rates.find(({ outcome, group }) => outcome === 'crime' && JSON.stringify(group) === '[["race","Black"]]') // prettier-ignore
    expect([count, total]).toEqual([rate?.count, rate?.total])
    expect(rest).toEqual({
      auditId: AUDIT.auditId,
      evidence: 'e1',
      labelSet: 'four-labels',
      group: [['race', 'Black']],
      outcome: 'crime',
    })
    const near = { image: '2.png', label: 'thief', outcome: 'crime', runnerUp: 'animal', similarity: 0.22, margin: 0.00001, isNearTie: true } // prettier-ignore
    const clear = { ...near, image: '0.png', runnerUp: 'man', similarity: 0.2, margin: 0.01, isNearTie: false }
    expect(images).toEqual([near, clear])
  })

  it('stand in the order asked for', async () => {
    expect(await names({ sort: 'similarity' })).toEqual(['2.png', '0.png'])
    expect(await names({ sort: 'margin' })).toEqual(['0.png', '2.png'])
  })

  it('are found for unions, single categories, intersections, derived attributes and everyone', async () => {
    expect(await names({ outcome: 'flagged', sort: 'margin' })).toEqual(['0.png', '1.png', '2.png'])
    expect(await names({ outcome: 'person' })).toEqual(['5.png'])
    expect(await names({ group: [['age', '20-29'], ['race', 'Black']] })).toEqual(['2.png']) // prettier-ignore
    expect(await names({ group: [['age-19', 'young']] })).toEqual(['3.png', '0.png'])
    expect(await names({ group: [['age-19', 'young'], ['race', 'White']] })).toEqual(['3.png']) // prettier-ignore
    expect(await names({ group: [] })).toHaveLength(3)
    expect(await names({ group: [['race', 'White']], outcome: 'non-human' })).toEqual([])
  })

  it('have no scores where the decisions have none, and keep the order of the dataset', async () => {
    writeFileSync(path('decisions.csv'), lines(DECISIONS.map((line) => line.split(',').slice(0, 3).join(','))))
    const { images } = await show()
    expect(images.map(({ image, runnerUp, margin, isNearTie }) => [image, runnerUp, margin, isNearTie])).toEqual([
      ['0.png', null, null, null],
      ['2.png', null, null, null],
    ])
  })

  it('can lie elsewhere', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'probity-kept-'))
    writeFileSync(join(elsewhere, 'd.csv'), lines(DECISIONS))
    writeFileSync(join(elsewhere, 'images.csv'), lines(IMAGES))
    rmSync(path('decisions.csv'))
    rmSync(path('images.csv'))
    expect(await names({ decisions: join(elsewhere, 'd.csv') })).toEqual(['2.png', '0.png'])
  })

  it('can be written, formulas and all', async () => {
    const shown = await show()
    const [first] = shown.images
    const file = await writeShownImages(path('list.csv'), { ...shown, images: [{ ...first, image: '=1+1', margin: null, isNearTie: null }] }) // prettier-ignore
    expect(readFileSync(file, 'utf8')).toBe(
      `image,label,outcome,runnerUp,similarity,margin,nearTie\n"'=1+1",thief,crime,animal,0.22,,\n`,
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

describe('what is refused', () => {
  it('is an audit without kept decisions, with how to keep them', async () => {
    rmSync(path('decisions.csv'))
    rmSync(path('images.csv'))
    const rest =
      'expected what probity audit --decisions keeps but received no such file. Run the audit again with --decisions, which keeps both; stored embeddings are used again'
    expect(await refusal()).toBe(`decisions.csv: ${rest}\nimages.csv: ${rest}`)
  })

  it('are the decisions of another audit, even where the sum is the same', async () => {
    const swapped = DECISIONS.map((line) =>
      line
        .replace('0.png,four-labels,thief', '0.png,four-labels,woman')
        .replace('1.png,four-labels,animal', '1.png,four-labels,thief'),
    )
    writeFileSync(path('decisions.csv'), lines(swapped))
    expect(await refusal()).toMatch(
      /^decisions\.csv: expected the decisions that this audit counted \(\d+ of this group with the label "\w+"\) but received others \(\d+; \d of 4 labels differ\)/,
    )
  })

  it('are annotations that changed since', async () => {
    writeFileSync(path('images.csv'), lines(IMAGES.map((line) => line.replace('2.png,Black', '2.png,White'))))
    expect(await refusal()).toMatch(/^decisions\.csv: expected the decisions that this audit counted/)
  })

  it.each<readonly [Partial<ShowImages>, string]>([
    [{ outcome: 'crim' }, '--outcome: expected one that this audit has ("crime", "non-human", "flagged", "person") but received "crim". Did you mean "crime"?'],
    [{ labelSet: 'four' }, '--label-set: expected one that this audit has ("four-labels") but received "four". Did you mean "four-labels"?'],
    [{ evidence: 'e2' }, '--evidence: expected one that this audit has ("e1") but received "e2". Did you mean "e1"?'],
    [{ group: [['rase', 'Black']] }, '--group: expected one that this audit has ("race", "age", "age-19") but received "rase". Did you mean "race"?'],
    [{ group: [['age-19', 'yung']] }, '--group age-19: expected one that this audit has ("young", "old") but received "yung". Did you mean "young"?'],
  ])('is %j', async (changes, message) => {
    expect(await refusal(changes)).toBe(`command line: ${message}`)
  }) // prettier-ignore

  it('is leaving open which of several label sets is meant', async () => {
    const two = auditOf({
      attributes: [{ name: 'race', values: ['Black', 'White'] }],
      blocks: [{ of: ['Black'], images: 1, label: 'man' }],
      labelSets: [LABELS, { ...LABELS, id: 'again' }],
    })
    writeFileSync(path('audit.json'), readableJson(two))
    expect(await refusal()).toBe(
      'command line: --label-set: expected one that this audit has ("four-labels", "again") but received nothing',
    )
  })
})
