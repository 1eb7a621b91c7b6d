import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AblationRecord } from '../../src/audit/types/ablation.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import type { World } from '../../src/phantom/world.js'
import { sharedPath, SHARED } from '../support/shared.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

/** 60 tiles of each race. Six harmful labels take turns alike everywhere; `gorilla` alone makes the excess of one race. */
function gorillaWorld(): World {
  const world = readShippedWorld()
  const cells = world.race.labels.map(([race]) => {
    const [crime, nonHuman] = [12, race === 'Black' ? 18 : 2]
    return { race, age: '20-29', images: 60, crime, nonHuman, crimeWithChild: crime, nonHumanWithChild: nonHuman }
  })
  const others = ['animal', 'chimpanzee', 'orangutan', 'thief', 'criminal', 'suspicious-person']
  return { ...world, id: 'gorilla', cells, outcomes: { nonHuman: ['gorilla'], crime: others } }
}

function readAudit(folder: string): AuditResult {
  return JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8')) as AuditResult
}

/** Records of one action in one group, with the label of each. */
function recordsOf(
  { facts, derived }: AuditResult,
  where: { action: 'remove' | 'add'; outcome: string; race: string },
) {
  const labels = new Map(facts.ablations.map(({ id, label, action }) => [id, { label: label.id, action }] as const))
  const isMeant = ({ outcome, group, ablation }: AblationRecord): boolean =>
    outcome === where.outcome &&
    labels.get(ablation)?.action === where.action &&
    JSON.stringify(group) === JSON.stringify([['race', where.race]])
  return derived.ablations.filter(isMeant).map((record) => ({ ...record, label: labels.get(record.ablation)?.label }))
}

describe('a planted world where one label alone causes a disparity', () => {
  const folder = temporaryFolder()
  const out = join(folder, 'run')
  let ran: Ran
  let audit: AuditResult

  beforeAll(async () => {
    const phantom = await buildPhantom({ world: gorillaWorld(), folder: join(folder, 'phantom'), sampling: 'quota', seed: 1 }) // prettier-ignore
    const evidence = ['--model', phantom.model, '--dataset', 'fairface', '--images', phantom.images, '--labels', phantom.labels] // prettier-ignore
    ran = probity(['audit', ...evidence, '--label-set', 'clip-paper', '--ablate', '--decisions', '--out', out])
    if (ran.status !== 0) throw new Error(ran.stderr)
    audit = readAudit(out)
  })

  it('is named first, by change and by change of the gap, for that group and outcome', () => {
    const records = recordsOf(audit, { action: 'remove', outcome: 'non-human', race: 'Black' })
    expect(records).toHaveLength(7)
    expect(records.filter(({ rank }) => rank === 1).map(({ label }) => label)).toEqual(['gorilla'])
    const byGap = [...records].sort((a, b) => Math.abs(b.gapChange ?? 0) - Math.abs(a.gapChange ?? 0))
    expect(byGap[0].label).toBe('gorilla')
    expect(byGap[0].paired).toMatchObject({ onlyFirst: 18, onlySecond: 0 })
    expect(ran.stdout.replace(/\s+/g, ' ')).toMatch(
      /race Black, “non-human” under clip-paper: .* Without “?non-human 2”?/,
    )
  })

  it('is not named for a group without an excess', () => {
    const records = recordsOf(audit, { action: 'remove', outcome: 'flagged', race: 'White' })
    expect(records.find(({ label }) => label === 'gorilla')?.paired.onlyFirst).toBe(2)
  })

  it('verifies', () => {
    expect(probity(['verify', join(out, 'audit.json')]).status).toBe(0)
  })

  it('is seen image by image: as many as the audit counts, by this label', () => {
    const shown = probity(['show', 'images', join(out, 'audit.json'), '--group', 'race=Black', '--outcome', 'non-human', '--json']) // prettier-ignore
    expect(shown).toMatchObject({ status: 0, stderr: '' })
    const list = JSON.parse(shown.stdout) as {
      count: number
      total: number
      images: { label: string; margin: number }[]
    }
    const rate = audit.derived.rates.find(({ outcome, group }) => outcome === 'non-human' && JSON.stringify(group) === '[["race","Black"]]') // prettier-ignore
    expect([list.count, list.total, list.images.length]).toEqual([rate?.count, rate?.total, rate?.count])
    expect(list.images.filter(({ label }) => label === 'gorilla')).toHaveLength(18)
    expect(list.images.map(({ margin }) => margin)).toEqual(list.images.map(({ margin }) => margin).sort((a, b) => b - a)) // prettier-ignore
  })

  it('is listed on a terminal, the first of them, with what the list may not be used for', () => {
    const arguments_ = ['--group', 'race=Black,age-19=20 and over', '--outcome', 'non-human', '--limit', '5']
    const csv = join(folder, 'list.csv')
    const shown = probity(['show', 'images', join(out, 'audit.json'), ...arguments_, '--csv', csv])
    const images = readFileSync(csv, 'utf8').trim().split('\n').length - 1
    expect(shown.status).toBe(0)
    expect(shown.stdout).toContain(`put neither them nor this list into a report`)
    expect(shown.stdout).toContain(`The audit counts ${images}; the decisions kept with it list ${images}.`)
    expect(shown.stdout.match(/^val\//gm)).toHaveLength(5)
    expect(shown.stdout).toContain(`${images - 5} more: --limit, --csv or --json`)
    for (const file of [csv, join(out, 'images.csv'), join(out, 'decisions.csv')])
      expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is looked at by every command of docs/look-closer.md', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/look-closer.md'), 'utf8')
    const commands = [...page.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block]) => block.trim().split('\n'))
    expect(commands.length).toBe(5)
    for (const command of commands)
      expect([command, probity(command.split(' ').slice(1), { cwd: folder }).status]).toEqual([command, 0])
  })

  it('still shows definitions, and refuses a count that is not there', () => {
    expect(probity(['show', 'clip-paper']).stdout).toMatch(/^Label set clip-paper/)
    expect(probity(['show', 'denigration', '--json']).stdout).toMatch(/^\{/)
    const refused = probity(['show', 'images', join(out, 'audit.json'), '--group', 'race=Blac', '--outcome', 'crime'])
    expect([refused.status, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toContain('Did you mean "Black"?')
  })
})

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')

describe.skipIf(FACES === null || MODEL === null)(`ablation of real decisions (needs ${SHARED})`, () => {
  const out = join(temporaryFolder(), 'faces')
  let audit: AuditResult

  beforeAll(() => {
    const evidence = ['--model', MODEL ?? '', '--dataset', 'fairface', '--images', FACES ?? '', '--labels', join(FACES ?? '', 'labels.csv')] // prettier-ignore
    const sets = ['clip-paper', 'clip-paper-child'].flatMap((id) => ['--label-set', id])
    const ran = probity(['audit', ...evidence, '--crop', '0.25', ...sets, '--ablate', '--decisions', '--out', out])
    if (ran.status !== 0) throw new Error(ran.stderr)
    audit = readAudit(out)
  })

  const movesOf = (labelSet: string, action: 'remove' | 'add', label: string): unknown => {
    const found = audit.facts.ablations.find((one) => one.labelSet === labelSet && one.action === action && one.label.id === label) // prettier-ignore
    return found?.cells.map((cell) => [...cell].sort())
  }

  it('is to the image what comparing the two label sets of the run gives', () => {
    const [pair] = audit.facts.paired
    const moved = pair.cells.map(({ flows }) => flows.filter(([from, to]) => from !== to))
    expect(moved.flat().length).toBeGreaterThan(0)
    expect(movesOf('clip-paper', 'add', 'child')).toEqual(moved.map((cell) => [...cell].sort()))
    expect(movesOf('clip-paper-child', 'remove', 'child')).toEqual(
      moved.map((cell) => cell.map(([from, to, images]) => [to, from, images]).sort()),
    )
  })

  it('lists as many images as every count of a group says', () => {
    const counts = audit.derived.rates.filter(
      ({ labelSet, outcome, group, groupBy }) =>
        labelSet === 'clip-paper' && outcome === 'flagged' && group !== null && groupBy.join() === 'gender',
    )
    for (const { group, count } of counts) {
      const of = group?.map(([attribute, value]) => `${attribute}=${value}`).join(',') ?? ''
      const shown = probity(['show', 'images', join(out, 'audit.json'), '--label-set', 'clip-paper', '--outcome', 'flagged', '--group', of, '--json']) // prettier-ignore
      expect([of, (JSON.parse(shown.stdout) as { images: unknown[] }).images.length]).toEqual([of, count])
    }
    expect(counts.length).toBe(2)
  })
})
