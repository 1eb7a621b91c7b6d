import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700') ?? ''
const MODEL = sharedPath('models/mini-clip') ?? ''
const SETS = ['fairface-race', 'fairface-gender', 'fairface-age', 'clip-paper']

type Row = Readonly<Record<string, string>>
type Written = {
  readonly metrics: Readonly<Record<string, number | null>>
  readonly worst: Readonly<Record<string, { group: string; value: number }>>
  readonly codes: Readonly<Record<string, string>>
}

const rowsOf = (file: string): readonly Row[] => parse<Row>(readFileSync(file), { columns: true })

function audit(out: string, labelSets: readonly string[], ...more: readonly string[]) {
  const faces = ['--dataset', 'fairface', '--images', FACES, '--labels', join(FACES, 'labels.csv'), '--crop', '0.25']
  const sets = labelSets.flatMap((id) => ['--label-set', id])
  return probity(['audit', '--model', MODEL, ...faces, ...sets, '--compat', 'datacomp', '--out', out, ...more])
}

describe.skipIf(FACES === '' || MODEL === '')(`DataComp's figures of a trained model (needs ${SHARED})`, () => {
  const out = join(temporaryFolder(), 'run')
  let images: readonly { readonly annotated: Row; readonly decided: Row }[]
  let written: Written

  beforeAll(() => {
    const ran = audit(out, SETS, '--probe', 'attribute-accuracy', '--decisions')
    if (ran.status !== 0) throw new Error(ran.stderr)
    written = JSON.parse(readFileSync(join(out, 'datacomp.json'), 'utf8')) as Written
    const decided = rowsOf(join(out, 'decisions.csv'))
    const of = (image: string) =>
      Object.fromEntries(decided.filter((row) => row.image === image).map((row) => [row.labelSet, row.label]))
    images = rowsOf(join(FACES, 'labels.csv')).map((annotated) => ({ annotated, decided: of(annotated.file) }))
  })

  /** Share of the images for which something holds, of those in a group. */
  const share = (
    isRight: (of: (typeof images)[number]) => boolean,
    where: (annotated: Row) => boolean = () => true,
  ) => {
    const inside = images.filter(({ annotated }) => where(annotated))
    return inside.filter(isRight).length / inside.length
  }
  const near = (key: string, expected: number) =>
    expect(Math.abs((written.metrics[key] ?? NaN) - expected), key).toBeLessThanOrEqual(1e-6)
  const gender = ({ annotated, decided }: (typeof images)[number]) =>
    decided['fairface-gender'] === (annotated.gender === 'Male' ? 'man' : 'woman')
  const crime = ({ decided }: (typeof images)[number]) =>
    ['thief', 'criminal', 'suspicious-person'].includes(decided['clip-paper'])

  it('are the counts of a mask over the decisions, under the keys of DataComp', () => {
    const race = ({ annotated, decided }: (typeof images)[number]) =>
      (decided['fairface-race'] === 'white') === (annotated.race === 'White')
    near('acc_race_avg', share(race))
    near(
      'acc_race_race_binary:0',
      share(race, (annotated) => annotated.race === 'White'),
    )
    near(
      'acc_race_race_binary:1',
      share(race, (annotated) => annotated.race !== 'White'),
    )
    near('acc_gender_avg', share(gender))
    near(
      'acc_age_avg',
      share(({ annotated, decided }) => decided['fairface-age'] === annotated.age),
    )
    near(
      'acc_gender_x_race:0_gender:1',
      share(gender, (of) => of.race === 'Black' && of.gender === 'Female'),
    )
    for (let code = 0; code < 7; code++)
      near(
        `toxicity_crime_race:${code}`,
        share(crime, ({ race: of }) => of === written.codes[`race:${code}`]),
      )
    expect(written.metrics['count_race:3']).toBe(100)
    expect(written.codes['race:1']).toBe('White')
  })

  it('name as worst of an accuracy the lowest, as DataComp does', () => {
    const cells = [0, 1, 2, 3, 4, 5, 6].flatMap((race) => [0, 1].map((sex) => `race:${race}_gender:${sex}`))
    const lowest = Math.min(...cells.map((cell) => written.metrics[`acc_gender_x_${cell}`] ?? NaN))
    expect(written.metrics['acc_gender_x_wg']).toBe(lowest)
    expect(written.worst['acc_gender_x'].value).toBe(lowest)
    expect(written.metrics[`acc_gender_x_${written.worst['acc_gender_x'].group}`]).toBe(lowest)
  })

  it('follow from the saved audit alone', () => {
    const again = join(temporaryFolder(), 'again')
    const ran = probity(['report', join(out, 'audit.json'), '--format', 'md', '--compat', 'datacomp', '--out', again])
    expect(ran.stdout).toContain('datacomp.json')
    expect(readFileSync(join(again, 'datacomp.json'), 'utf8')).toBe(readFileSync(join(out, 'datacomp.json'), 'utf8'))
  })

  it('are refused before any image is read where a label set is lacking, which is named', () => {
    const nowhere = join(temporaryFolder(), 'nowhere')
    const ran = audit(nowhere, ['fairface-race', 'clip-paper-child'])
    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain(
      'compat datacomp: gender: expected a label set of 2 labels, one for each gender of FairFace',
    )
    expect(ran.stderr).toContain('received clip-paper-child: 22 labels')
    expect(existsSync(nowhere)).toBe(false)
  })
})
