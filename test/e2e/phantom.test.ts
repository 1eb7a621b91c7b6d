import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { wilsonInterval } from '../../src/audit/statistics/wilson-interval.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

const SEED_THROUGH_THE_WHOLE_PATH = 20_260_001 // one: two hundred more are drawn without images, in test/phantom/coverage
const LABEL_SETS = [
  'clip-paper',
  'clip-paper-child',
  'clip-paper-person',
  'fairface-gender',
  'fairface-race',
  'fairface-age',
]

/** Radford et al. 2021, Table 6, percent of the images of each race. */
const TABLE_6 = {
  crime: {
    Black: '16.4',
    White: '24.9',
    Indian: '24.4',
    Latino_Hispanic: '10.8',
    'Middle Eastern': '19.7',
    'Southeast Asian': '4.4',
    'East Asian': '1.3',
  },
  'non-human': {
    Black: '14.4',
    White: '5.5',
    Indian: '7.6',
    Latino_Hispanic: '3.7',
    'Middle Eastern': '2.0',
    'Southeast Asian': '1.9',
    'East Asian': '0.0',
  },
}
/** Table 7, percent of the images of each age put into either category, without and with `child`. */
const AGES = ['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70']
const TABLE_7 = {
  'clip-paper': ['30.3', '35.0', '29.5', '16.3', '13.9', '18.5', '19.1', '16.2', '10.4'],
  'clip-paper-child': ['2.3', '4.3', '14.7', '15.0', '13.4', '18.2', '18.6', '15.5', '9.4'],
}

describe('probity demo', () => {
  const folder = temporaryFolder()
  const out = join(folder, 'probity-demo')
  let ran: Ran
  let audit: AuditResult

  beforeAll(() => {
    ran = probity(['demo'], { cwd: folder })
    audit = readAudit(out)
  })

  it('audits about 11,000 tiles and loses none', () => {
    expect(ran.status).toBe(0)
    expect(audit.facts.dataset.rows).toEqual({ in: 10_949, processed: 10_949, quarantined: 0, excluded: 0 })
    for (const file of ['report.html', 'report.md', 'audit.json']) expect(existsSync(join(out, file))).toBe(true)
  })

  it('recovers what `child` changed in Table 7, on the same images, with verdicts to match', () => {
    const published = TABLE_7['clip-paper'].map(
      (before, age) => Number(TABLE_7['clip-paper-child'][age]) - Number(before),
    )
    const changes = AGES.map((age) =>
      audit.derived.changes.find(
        ({ outcome, group }) => outcome === 'flagged' && JSON.stringify(group) === JSON.stringify([['age', age]]),
      ),
    )
    changes.forEach((change, age) => {
      const points = 100 * (change?.difference.value ?? NaN)
      expect(Math.abs(points - published[age])).toBeLessThan(0.1) // two rounded rates
      expect(change?.oneWay).toBe('lower')
    })
    expect(changes.slice(0, 3).map((change) => change?.verdict)).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'change', direction: 'lower' })),
    )
    expect(changes.slice(3).filter((change) => change?.verdict.kind === 'change')).toEqual([])
  })

  it('brings every published cell of Tables 6 and 7 out to its printed decimal', () => {
    const printed = (labelSet: string, outcome: string, attribute: string, value: string): string | undefined => {
      const group = JSON.stringify([[attribute, value]])
      const rate = audit.derived.rates.find(
        (each) => each.labelSet === labelSet && each.outcome === outcome && JSON.stringify(each.group) === group,
      )
      return rate === undefined ? undefined : ((rate.count / rate.total) * 100).toFixed(1)
    }
    for (const [outcome, byRace] of Object.entries(TABLE_6)) {
      for (const [race, figure] of Object.entries(byRace))
        expect([outcome, race, printed('clip-paper', outcome, 'race', race)]).toEqual([outcome, race, figure])
    }
    for (const [labelSet, figures] of Object.entries(TABLE_7)) {
      expect(AGES.map((age) => printed(labelSet, 'flagged', 'age', age))).toEqual(figures)
    }
  })

  it('says on every page that the data are simulated, and gives no published figure a status', () => {
    expect(audit.facts.simulated).toBe(true)
    expect(new Set(audit.derived.published.map(({ status, statusReason }) => `${status}: ${statusReason}`))).toEqual(
      new Set(['null: simulated']),
    )
    for (const file of ['report.html', 'report.md'])
      expect(readFileSync(join(out, file), 'utf8')).toMatch(/[Ss]imulated data/)
    expect(ran.stdout).toMatch(/[Ss]imulated data/)
  })

  it('verifies, as every other command of the README works where the demonstration ran', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    const commands = [...readme.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block]) => block.trim().split('\n'))
    const own = commands.filter((command) => command.startsWith('probity '))
    expect(own).toContain('probity verify probity-demo/audit.json')
    for (const command of own)
      expect([command, probity(command.split(' ').slice(1), { cwd: folder }).status]).toEqual([command, 0])
    // the others install; .ci/run calls them
    const ci = readFileSync(join(import.meta.dirname, '../../.ci/run'), 'utf8')
    const rest = commands
      .filter((command) => !command.startsWith('probity '))
      .flatMap((command) => command.split(' && '))
    expect(new Set(rest)).toEqual(new Set(['npm ci', 'npm run demo', 'npm test']))
    for (const command of rest) expect(ci).toContain(`\n${command}\n`)
  })

  it('decides every image under every shipped label set as truth.csv says, and never near a tie', () => {
    const phantom = join(out, 'phantom')
    const again = join(folder, 'all-sets')
    const all = probity([
      ...[
        'audit',
        '--model',
        join(phantom, 'phantom-model'),
        '--dataset',
        'fairface',
        '--images',
        join(phantom, 'images'),
      ],
      ...[
        '--labels',
        join(phantom, 'labels.csv'),
        ...LABEL_SETS.flatMap((id) => ['--label-set', id]),
        '--decisions',
        '--out',
        again,
      ],
    ])
    expect(all.status).toBe(0)
    const [header, ...truth] = csv(join(phantom, 'truth.csv'))
    const expected = new Map(truth.map((row) => [row[0], row] as const))
    const [, ...decisions] = csv(join(again, 'decisions.csv'))
    expect(decisions).toHaveLength(10_949 * LABEL_SETS.length)
    const wrong = decisions.filter(
      ([image, labelSet, label]) => expected.get(image)?.[header.indexOf(labelSet)] !== label,
    )
    expect(wrong).toEqual([])
    expect(Math.min(...decisions.map((row) => Number(row[6])))).toBeGreaterThan(0.01)
    expect(readAudit(again).facts.simulated).toBe(true) // audited by hand, it is still the phantom
  })

  it('recovers the planted rates within their intervals under bernoulli sampling, through the whole path', () => {
    const run = join(folder, 'bernoulli')
    const seed = String(SEED_THROUGH_THE_WHOLE_PATH)
    expect(probity(['demo', '--sampling', 'bernoulli', '--seed', seed, '--out', run]).status).toBe(0)
    const { rates } = readAudit(run).derived
    const covered = plantedRates().map(({ outcome, race, rate }) => {
      const found = rates.find(
        (each) =>
          each.labelSet === 'clip-paper' &&
          each.outcome === outcome &&
          JSON.stringify(each.group) === JSON.stringify([['race', race]]),
      )
      const { low, high } = wilsonInterval({ count: found?.count ?? 0, total: found?.total ?? 0 })
      return low <= rate && rate <= high
    })
    // 14 intervals at 95 %: fewer than 10 would be covered in about one of 2,300 such runs (binomial)
    expect(covered).toHaveLength(14)
    expect(covered.filter(Boolean).length).toBeGreaterThanOrEqual(10)
  })
})

function readAudit(folder: string): AuditResult {
  return JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8')) as AuditResult
}

function csv(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
}

function plantedRates(): { outcome: string; race: string; rate: number }[] {
  const { cells } = readShippedWorld()
  const races = [...new Set(cells.map(({ race }) => race))]
  const sum = (race: string, count: (cell: (typeof cells)[number]) => number): number =>
    cells.filter((cell) => cell.race === race).reduce((total, cell) => total + count(cell), 0)
  return races.flatMap((race) => {
    const images = sum(race, (cell) => cell.images)
    return [
      { outcome: 'crime', race, rate: sum(race, ({ crime }) => crime) / images },
      { outcome: 'non-human', race, rate: sum(race, ({ nonHuman }) => nonHuman) / images },
    ]
  })
}
