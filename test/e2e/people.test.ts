import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseAudit } from '../../src/audit/definitions/audit-schema.js'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import { runAudit } from '../../src/audit/run-audit.js'
import { runVerify } from '../../src/audit/run-verify.js'
import { createRandom } from '../../src/audit/statistics/random.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { FigureTable, OwnFigure } from '../../src/audit/types/figures.js'
import { temporaryFolder } from './run-cli.js'

const IMAGES = 600 // a group
const ERRORS = { Black: 0.2, White: 0.05 }

describe('three people with planted error rates', () => {
  const folder = temporaryFolder()
  let audit: AuditResult

  beforeAll(async () => {
    const random = createRandom(7, 'people')
    const rows = (['Black', 'White'] as const).flatMap(
      (race) =>
      Array.from({ length: IMAGES }, (_, image) => ({ image: `${race}-${image}.jpg`, race, gender: image % 2 === 0 ? 'Male' : 'Female' })), // prettier-ignore
    )
    writeFileSync(join(folder, 'labels.csv'), `image,race,gender\n${rows.map(({ image, race, gender }) => `${image},${race},${gender}`).join('\n')}\n`) // prettier-ignore
    const said = rows.flatMap(({ image, race, gender }) =>
      ['A', 'B', 'C'].map((annotator) => {
        const isRight = random.uniform() >= ERRORS[race]
        return `${image},${annotator},${(gender === 'Male') === isRight ? 'man' : 'woman'}`
      }),
    )
    writeFileSync(join(folder, 'people.csv'), `image,annotator,label\n${said.join('\n')}\n`)
    const plan = readPlan({
      cwd: folder,
      flags: {
        ...{ dataset: 'csv', labels: 'labels.csv', map: ['race=race', 'gender=gender'], fromDecisions: ['people.csv'] },
        ...{ probe: ['human-comparison'], labelSet: ['fairface-gender'] },
      },
    })
    const outcome = await runAudit(plan, {
      version: 'test',
      now: () => 0,
      onProgress: () => {},
      stopwatch: () => ({ lap: () => {}, laps: () => [] }),
      describeRun: () => ({ createdUtc: '2030-01-01T00:00:00Z', durations: [], cacheHits: 0, commandLine: 'probity', host: { node: '', os: '' } }), // prettier-ignore
    })
    audit = outcome.audit
  })

  const tableOf = (key: string): FigureTable => {
    const found = audit.derived.tables.find((table) => table.key === key)
    if (found === undefined)
      throw new Error(`no table ${key} among ${audit.derived.tables.map((one) => one.key).join()}`)
    return found
  }
  const figure = (table: FigureTable, row: number, column: string): OwnFigure =>
    table.rows[row].figures[table.columns.findIndex(({ key }) => key === column)] as OwnFigure // ours, all of them

  it('come in as one decider each, and their majority as a fourth', () => {
    const deciders = audit.facts.evidence.map((one) => (one.kind === 'decisions' ? one.decidedBy : null))
    expect(deciders.map((one) => one?.kind)).toEqual(['annotator', 'annotator', 'annotator', 'majority'])
  })
  it('have their error rates recovered group by group, and the majority that of a vote', () => {
    const table = tableOf('accuracy/gender/by/race')
    const inside = (rate: number, { interval }: OwnFigure): boolean =>
      (interval?.[0] ?? 1) <= rate && rate <= (interval?.[1] ?? 0)
    for (const race of ['Black', 'White'] as const) {
      const error = ERRORS[race]
      const right = [0, 1, 2].filter((person) => inside(1 - error, figure(table, person, `race=${race}`)))
      expect(right.length).toBeGreaterThanOrEqual(2) // three intervals of 95 %
      const ofVote = 1 - (3 * error ** 2 * (1 - error) + error ** 3)
      expect(inside(ofVote, figure(table, 3, `race=${race}`))).toBe(true)
    }
  })
  it('agree as far as their errors let them, by group', () => {
    const alpha = tableOf('alpha')
    for (const race of ['Black', 'White'] as const) {
      const error = ERRORS[race]
      const truth = 1 - 4 * error * (1 - error) // two equally likely labels: disagreement over 1/2
      const row = alpha.rows.findIndex(({ key }) => key === `race=${race}`)
      const [low, high] = figure(alpha, row, 'alpha').interval ?? [1, 0]
      expect(low).toBeLessThanOrEqual(truth)
      expect(high).toBeGreaterThanOrEqual(truth)
    }
  })
  it('can be derived again from the counts of the audit, also once it was written and read', () => {
    const read = parseAudit(JSON.stringify(audit), 'audit.json')
    expect(runVerify(read).filter(({ holds }) => !holds)).toEqual([])
  })
})
