import { join } from 'node:path'
import { beforeAll, describe, expect } from 'vitest'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { exampleSignoff } from '../audit/example-signoff.js'
import { badInput, badInputs } from './bad-input.js'
import { ends, refused, type RunOptions } from './refused.js'
import { POLICY, textAudit } from './text-audit.js'
import { underClock } from './under-clock.js'

const { folder, file, audit } = textAudit()
const place = (name: string): string => join(folder, name)
const WAIVED = `${POLICY}waivers:\n  - { limit: no-disparity, group: { race: Black }, owner: A. Person, reason: Known., expires: 2031-01-31 }\n`

const under = (day: string): RunOptions => ({ env: underClock(day), cwd: folder })

beforeAll(async () => {
  file('strict.yaml', WAIVED)
  const waived = await audit('plan')
  file('waived/audit.json', readableJson(waived))
  file('waived/signoff.yaml', JSON.stringify(exampleSignoff(waived.auditId, { status: 'draft' })))
  file('plain/audit.json', readableJson(await audit()))
})

const SUSPICIOUS =
  /clock of this machine: expected a day after .* but received 1970-01-01: the clock is suspicious.* --on/

describe('a clock that shows 1970', () => {
  badInputs(
    69,
    [
      ['gate does not take waivers to be in force by it', ['gate', 'waived/audit.json']],
      ['audit does not begin where a policy has waivers', ['audit', 'plan.yaml']],
      ['signoff check does not say that a sign-off holds', ['signoff', 'check', 'waived/audit.json']],
    ],
    (args) => void refused(args, SUSPICIOUS, under('1970-01-01')),
  )

  badInput(69, 'gate judges waivers by the day that is named', () => {
    const ran = ends(0, ['gate', 'waived/audit.json', '--on', '2027-01-31'], under('1970-01-01'))
    expect(ran.stderr).toBe('')
  })

  badInput(69, 'gate without waivers asks no clock', () => {
    expect(ends(0, ['gate', 'plain/audit.json'], under('1970-01-01')).stderr).toBe('')
  })

  badInput(69, 'report is written, with a warning that nobody can say whether its sign-off holds', () => {
    const { stderr } = ends(0, ['report', 'waived/audit.json', '--out', place('again')], under('1970-01-01'))
    expect(stderr).toMatch(/^warning: the clock of this machine: .*1970-01-01: the clock is suspicious.*\n$/)
  })
})

badInput(69, 'after 2038, a sign-off that has expired is called so', () => {
  const { stderr } = ends(0, ['report', 'waived/audit.json', '--out', place('late')], under('2038-01-20'))
  expect(stderr).toBe('warning: the sign-off expired: it was to be relied on until 2031-01-04.\n')
})
