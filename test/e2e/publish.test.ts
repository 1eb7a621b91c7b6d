import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { publishedSchema } from '../../src/audit/definitions/published-schema.js'
import type { PublishedAudit } from '../../src/audit/types/published.js'
import { foundBySubtraction } from '../audit/disclosure/attack.js'
import { probeOf } from '../support/definitions.js'
import { auditOf } from '../support/facts.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

// thieves of A F and A M are few and many; no number that is printed has the digits of a suppressed one
const COUNTS = [
  ['A', 'F', 7, 1000],
  ['A', 'M', 83, 1100],
  ['B', 'F', 149, 1200],
  ['B', 'M', 251, 1300],
  ['C', 'F', 367, 1400],
  ['C', 'M', 467, 1500],
] as const
const SUPPRESSED = [7, 83, 149, 251] // A F, and what would give it away: A M, and one of each gender elsewhere

describe('probity publish', () => {
  const folder = temporaryFolder()
  const out = join(folder, 'for-the-web')
  const file = join(folder, 'audit.json')
  const audit = auditOf({
    attributes: [
      { name: 'race', values: ['A', 'B', 'C'] },
      { name: 'gender', values: ['F', 'M'] },
    ],
    probes: [probeOf({ groupBy: [['race'], ['gender'], ['race', 'gender']] })],
    blocks: COUNTS.flatMap(([race, gender, thieves, images]) => [
      { of: [race, gender], images: thieves, label: 'thief', near: thieves < 10 },
      { of: [race, gender], images: images - thieves, label: 'man' },
    ]),
  })
  let ran: Ran
  const textOf = (name: string): string => readFileSync(join(out, name), 'utf8')
  const published = (): PublishedAudit => JSON.parse(textOf('published.json')) as PublishedAudit // checked by its schema below

  beforeAll(() => {
    writeFileSync(file, readableJson(audit))
    ran = probity(['publish', file, '--out', out])
  })

  it('writes three files and says how much was suppressed', () => {
    expect(ran).toMatchObject({ status: 0, stderr: '' })
    expect(readdirSync(out).sort()).toEqual(['published-rates.csv', 'published.json', 'published.md'])
    const { cells, suppressed } = published().suppression
    expect(ran.stdout).toContain(`${suppressed} of ${cells} counts and totals suppressed: below 10,`)
    expect(ran.stdout).toContain(join(out, 'published.json'))
  })

  it('writes published.json by its schema, with the id of the audit', () => {
    expect(publishedSchema.safeParse(published()).error?.issues ?? []).toEqual([])
    expect(published()).toMatchObject({ schema: 'probity/published@1' })
    expect(JSON.stringify(published())).not.toContain(audit.auditId)
  })

  it('shows no suppressed number in any file', () => {
    for (const name of readdirSync(out)) {
      const text = textOf(name)
        .replace(/[0-9a-f]{64}/g, '')
        .replace(/\d+\.\d+/g, '') // rates and intervals of what is published
      for (const count of SUPPRESSED) expect(text, name).not.toMatch(new RegExp(`(?<![\\d,])${count}(?![\\d,])`))
      expect(text, name).toContain('467')
    }
  })

  it('shows no rate that a suppressed count has', () => {
    for (const [, , thieves, images] of COUNTS.slice(0, 4)) {
      const share = (thieves / images).toPrecision(6)
      for (const name of readdirSync(out)) expect(textOf(name), name).not.toContain(share)
    }
  })

  it('cannot be undone by adding and subtracting', () => {
    expect(foundBySubtraction(published(), audit.facts)).toEqual([])
    const table = published().tables.find(({ groupBy }) => groupBy.length === 2)
    expect(table?.rows.map(({ count }) => count)).toEqual([null, null, null, null, 367, 467])
    expect(table?.rows.map(({ total }) => total)).toEqual([1000, 1100, 1200, 1300, 1400, 1500])
    expect(table?.everyone).toMatchObject({ count: 1324, total: 7500 })
  })

  it('says "suppressed" in words, why, and what it does not protect from', () => {
    const text = textOf('published.md')
    expect(text).toContain('| A, F | suppressed of 1,000 | suppressed |')
    expect(text).toContain('| C, M | 467 of 1,500 | 31.1%, 95% interval')
    expect(text).toContain('A suppressed number is not a small number, and not zero.')
    expect(text).toContain('Two publications made from one dataset, side by side, can undo this')
    expect(textOf('published-rates.csv')).toContain('"race A, gender F",,1000,,,,"suppressed"')
  })

  it('takes another threshold', () => {
    const other = join(folder, 'other')
    expect(probity(['publish', file, '--min-disclosed', '7', '--out', other]).status).toBe(0)
    expect(readFileSync(join(other, 'published-rates.csv'), 'utf8')).toContain('"race A, gender F",7,1000,0.007,')
  })

  it.each(['1', '0', '-3', '2.5', 'ten', '', '1001'])('refuses %j as a threshold', (threshold) => {
    const { status, stderr } = probity(['publish', file, `--min-disclosed=${threshold}`, '--out', join(folder, 'no')])
    expect(status).toBe(2)
    expect(stderr).toContain('command line: --min-disclosed: expected a whole number from 2 to 1000 but received')
  })

  it('refuses an audit that does not follow from its counts', () => {
    const edited = join(folder, 'edited.json')
    writeFileSync(edited, readableJson(audit).replace('"count": 7,', '"count": 17,'))
    const { status, stderr } = probity(['publish', edited, '--out', join(folder, 'no')])
    expect(status).toBe(2)
    expect(stderr).toBe(
      `${edited}: expected an audit that follows from its counts but received one that does not. See what is wrong with: probity verify\n`,
    )
  })

  it('refuses what is no audit', () => {
    expect(probity(['publish', join(folder, 'none.json')])).toMatchObject({ status: 2 })
  })
})
