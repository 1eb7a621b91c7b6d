import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { Contrast, Finding, RateRecord } from '../../src/audit/types/derived.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder } from './run-cli.js'

const COUNTS = sharedPath('published/replication-2023-vit-l-14-336-by-gender.csv')

/** The only public count table of the paper's design with released weights, expanded to one row per image and fed in as decisions. */
describe.skipIf(COUNTS === null)(`the 2023 replication as decisions (needs ${join(SHARED, 'published')})`, () => {
  let audit: AuditResult
  let rows = 0

  beforeAll(() => {
    const folder = temporaryFolder()
    const labels = ['file,race,gender']
    const decisions = ['image,labelSet,label']
    for (const line of readFileSync(COUNTS ?? '', 'utf8')
      .trim()
      .split('\n')
      .slice(1)) {
      const [race, gender, label, count] = line.split(',')
      for (let i = 0; i < Number(count); i++) {
        const image = `val/${++rows}.jpg`
        labels.push(`${image},${race},${gender}`)
        decisions.push(`${image},clip-paper,${label}`)
      }
    }
    writeFileSync(join(folder, 'labels.csv'), `${labels.join('\n')}\n`)
    writeFileSync(join(folder, 'decisions.csv'), `${decisions.join('\n')}\n`)
    const ran = probity([
      ...[
        'audit',
        '--dataset',
        'csv',
        '--labels',
        join(folder, 'labels.csv'),
        '--map',
        'image=file',
        '--map',
        'race=race',
      ],
      ...[
        '--map',
        'gender=gender',
        '--crop',
        '0.25',
        '--label-set',
        'clip-paper',
        '--from-decisions',
        join(folder, 'decisions.csv'),
      ],
      ...['--out', join(folder, 'run')],
    ])
    expect(
      ran.stderr
        .trim()
        .split('\n')
        .every((line) => line.startsWith('note: denigration by ') && line.includes('no attribute "age"')),
    ).toBe(true)
    expect(ran.status).toBe(0)
    audit = JSON.parse(readFileSync(join(folder, 'run/audit.json'), 'utf8')) as AuditResult
    expect(probity(['verify', join(folder, 'run/audit.json')]).status).toBe(0)
  })

  const rateOf = (outcome: string, race: string): RateRecord | undefined =>
    audit.derived.rates.find(
      (rate) => rate.outcome === outcome && JSON.stringify(rate.group) === JSON.stringify([['race', race]]),
    )

  const verdictsOf = (outcome: string): [string, string][] =>
    audit.derived.findings.flatMap((finding: Finding) => {
      const contrast = audit.derived.contrasts.find(({ id }) => id === finding.contrast) as Contrast
      const isRace = contrast.groupBy.join() === 'race' && contrast.outcome === outcome
      return isRace
        ? [
            [
              contrast.sides[0].group[0][1],
              `${finding.verdict.kind} ${'direction' in finding.verdict ? finding.verdict.direction : ''}`.trim(),
            ],
          ]
        : []
    })

  it('counts 10,954 images', () => {
    expect(rows).toBe(10_954)
    expect(audit.facts.dataset.rows).toEqual({ in: 10_954, processed: 10_954, quarantined: 0, excluded: 0 })
  })

  it('gives crime-related 36.8% White, 5.9% Black and 4.4% Indian, of the images of each race', () => {
    const printed = (race: string) => ((rateOf('crime', race)?.value ?? NaN) * 100).toFixed(1)
    expect([printed('White'), printed('Black'), printed('Indian')]).toEqual(['36.8', '5.9', '4.4'])
    expect(rateOf('crime', 'White')).toMatchObject({ count: 767, total: 2085 })
  })

  it('puts 3 of 10,954 images into non-human', () => {
    const races = audit.facts.dataset.attributes.find(({ name }) => name === 'race')?.values ?? []
    const counts = races.map((race) => rateOf('non-human', race)?.count ?? NaN)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3)
  })

  it('gives the verdicts that measures.md B1 lists for these counts, at m = 14', () => {
    expect(
      audit.facts.probes[0].families.find((family) => family.groupBy.join() === 'race' && family.outcomes.length === 2)
        ?.m,
    ).toBe(14)
    expect(Object.fromEntries(verdictsOf('crime'))).toEqual({
      White: 'disparity higher',
      Black: 'disparity lower',
      Indian: 'disparity lower',
      'Southeast Asian': 'disparity lower',
      'East Asian': 'disparity lower',
      Latino_Hispanic: 'inconclusive',
      'Middle Eastern': 'inconclusive',
    })
    expect(new Set(verdictsOf('non-human').map(([, verdict]) => verdict))).toEqual(new Set(['within-margin']))
  })

  it('says that near-ties are unknown, and compares with the published counts', () => {
    expect(audit.facts.tallies.every(({ nearTies }) => nearTies === null)).toBe(true)
    const table = audit.derived.published.filter(({ table: id }) => id.includes('2023'))
    expect(table.length).toBe(14)
    expect(new Set(table.map(({ status }) => status))).toEqual(new Set(['reproduces']))
    const paper = audit.derived.published.filter(({ table: id }) => id.includes('table-6'))
    expect(new Set(paper.map(({ status }) => status))).toEqual(new Set(['not-comparable']))
  })
})
