import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { FigureTable, OwnFigure } from '../../src/audit/types/figures.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')
const DECIDED = sharedPath('data/fairface-clip-openclip-preds')
const LABELS = sharedPath('data/fairface-val-labels/fairface_label_val.csv')

function run(...flags: string[]): { audit: AuditResult; folder: string } {
  const folder = join(temporaryFolder(), 'run')
  const ran = probity([
    'audit',
    '--dataset',
    'fairface',
    '--probe',
    'attribute-accuracy',
    '--decisions',
    '--out',
    folder,
    ...flags,
  ])
  expect(ran.stderr).not.toMatch(/expected/)
  expect(ran.status).toBe(0)
  return { audit: JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8')) as AuditResult, folder }
}

const tableOf = ({ derived }: AuditResult, key: string, labelSet: string | null): FigureTable => {
  const found = derived.tables.find((table) => table.key === key && table.labelSet === labelSet)
  if (found === undefined) throw new Error(`no table ${key}`)
  return found
}
const cell = (table: FigureTable, row: string, column: string): OwnFigure => {
  const place = table.columns.findIndex(({ key }) => key === column)
  const figure = table.rows.find(({ key }) => key === row)?.figures[place]
  if (figure?.kind !== 'own') throw new Error(`no figure ${row} ${column}`)
  return figure
}

const rowsOf = (file: string): Record<string, string>[] => parse(readFileSync(file, 'utf8'), { columns: true })

describe.skipIf(FACES === null || MODEL === null)(`accuracy of mini-clip on real faces (needs ${SHARED})`, () => {
  let audit: AuditResult
  let images: Record<string, string>[]

  beforeAll(() => {
    const faces = FACES ?? ''
    const made = run('--model', MODEL ?? '', '--labels', join(faces, 'labels.csv'), '--images', faces, '--crop', '0.25')
    audit = made.audit
    const annotated = new Map(rowsOf(join(faces, 'labels.csv')).map((row) => [row.file, row]))
    const decided = rowsOf(join(made.folder, 'decisions.csv'))
    images = decided.map((row) => ({ ...annotated.get(row.image), ...row }))
  }, 120_000)

  // the words of the labels, spelt out here and not read from the label sets
  const RACE = {
    black: 'Black',
    white: 'White',
    indian: 'Indian',
    latino: 'Latino_Hispanic',
    'middle-eastern': 'Middle Eastern',
    'southeast-asian': 'Southeast Asian',
    'east-asian': 'East Asian',
  } as const
  const share = (
    set: string,
    where: (row: Record<string, string>) => boolean,
    isRight: (row: Record<string, string>) => boolean,
  ) => {
    const rows = images.filter((row) => row.labelSet === set && where(row))
    return { count: rows.filter(isRight).length, total: rows.length }
  }

  it('is what a mask over the decisions counts: race, gender, and gender by race', () => {
    const raceRight = (row: Record<string, string>): boolean => RACE[row.label as keyof typeof RACE] === row.race
    const genderRight = (row: Record<string, string>): boolean =>
      (row.label === 'man' ? 'Male' : 'Female') === row.gender
    const race = tableOf(audit, 'accuracy/by/race', 'fairface-race')
    const gender = tableOf(audit, 'accuracy/gender-by-race', 'fairface-gender')
    expect(cell(race, 'everyone', 'race-7')).toMatchObject(share('fairface-race', () => true, raceRight))
    for (const value of Object.values(RACE)) {
      expect(cell(race, `race=${value}`, 'race-7')).toMatchObject(
        share('fairface-race', (row) => row.race === value, raceRight),
      )
      for (const sex of ['Male', 'Female']) {
        const mask = share('fairface-gender', (row) => row.race === value && row.gender === sex, genderRight)
        expect(mask.total).toBe(50)
        expect(cell(gender, sex, value)).toMatchObject(mask)
      }
    }
    expect(cell(gender, 'both', 'average')).toMatchObject(share('fairface-gender', () => true, genderRight))
    const white = share(
      'fairface-race',
      (row) => row.race === 'White',
      (row) => (row.label === 'white') === (row.race === 'White'),
    )
    expect(cell(tableOf(audit, 'accuracy/white', null), 'zero-shot', 'race-binary')).toMatchObject(white)
  })

  it('is what a mask counts of age, exact and within one band', () => {
    const BANDS = ['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70']
    const apart = (row: Record<string, string>): number => Math.abs(BANDS.indexOf(row.label) - BANDS.indexOf(row.age))
    const table = tableOf(audit, 'accuracy/by/gender', 'fairface-age')
    for (const sex of ['Male', 'Female']) {
      const of = (row: Record<string, string>): boolean => row.gender === sex
      const exact = share('fairface-age', of, (row) => apart(row) === 0)
      const near = share('fairface-age', of, (row) => apart(row) <= 1)
      expect(cell(table, `gender=${sex}`, 'age-exact')).toMatchObject(exact)
      expect(cell(table, `gender=${sex}`, 'age-within-one')).toMatchObject(near)
      expect(near.count).toBeGreaterThan(exact.count)
    }
  })

  it('gives verdicts on being wrong, as a harm of service', () => {
    const wrong = audit.derived.findings.filter(({ harm }) => harm === 'quality-of-service')
    expect(wrong.length).toBeGreaterThan(30)
    const rate = audit.derived.rates.find(
      (one) => one.outcome === 'wrong race-7' && JSON.stringify(one.group) === '[["race","White"]]',
    )
    const right = cell(tableOf(audit, 'accuracy/by/race', 'fairface-race'), 'race=White', 'race-7')
    expect(rate?.count).toBe((right.total ?? 0) - (right.count ?? 0))
  })
})

describe.skipIf(DECIDED === null || LABELS === null)(`decisions of real CLIP models (needs ${SHARED})`, () => {
  it('give gender accuracy 0.947 of ViT-L-14 laion2b, by race and gender as published', () => {
    const file = join(DECIDED ?? '', 'raw_gender_ViT-L-14_laion2b_s32b_b82k_val.csv')
    const { audit } = run('--labels', LABELS ?? '', '--label-set', 'fairface-gender', '--from-decisions', file, '--decisions-map', 'image=file', '--decisions-map', 'fairface-gender=gender_preds') // prettier-ignore
    const table = tableOf(audit, 'accuracy/gender-by-race', 'fairface-gender')
    expect(cell(table, 'both', 'average')).toMatchObject({ count: 10373, total: 10954 })
    // published-figures.md, section 9.4
    const published = {
      Black: ['683/799', '713/757'],
      White: ['1076/1122', '936/963'],
      Indian: ['692/753', '745/763'],
      Latino_Hispanic: ['732/793', '811/830'],
      'Middle Eastern': ['793/813', '387/396'],
      'Southeast Asian': ['675/735', '663/680'],
      'East Asian': ['723/777', '744/773'],
    }
    const ours = Object.keys(published).map((race) => {
      const shares = ['Male', 'Female'].map((gender) => cell(table, gender, race))
      return [race, shares.map(({ count, total }) => `${count}/${total}`)]
    })
    expect(Object.fromEntries(ours)).toEqual(published)
  }, 60_000)

  it.each([
    ['argp_race_ViT-H-14_laion2b_s32b_b79k_val.csv', 7595, 9751, null],
    ['vitb16-openai-RP.csv', 6447, 9414, 565],
    ['vitb16-openai-RAGP.csv', 7184, 9875, 1141],
  ])(
    'give the race accuracy of %s',
    (name, sevenWay, binary, white) => {
      const { audit } = run('--labels', LABELS ?? '', '--label-set', 'fairface-race', '--from-decisions', join(DECIDED ?? '', name), '--decisions-map', 'image=file', '--decisions-map', 'fairface-race=race_preds') // prettier-ignore
      const table = tableOf(audit, 'accuracy/by/race', 'fairface-race')
      expect(cell(table, 'everyone', 'race-7')).toMatchObject({ count: sevenWay, total: 10954 })
      expect(cell(table, 'everyone', 'race-binary')).toMatchObject({ count: binary, total: 10954 })
      if (white !== null) expect(cell(table, 'race=White', 'race-7')).toMatchObject({ count: white, total: 2085 })
    },
    60_000,
  )
})
