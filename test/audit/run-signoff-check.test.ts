import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { runSignoffCheck } from '../../src/audit/run-signoff-check.js'
import type { Signoff } from '../../src/audit/types/signoff.js'
import { auditOf, raceScene } from '../support/facts.js'
import { testFolder } from './dataset/helpers.js'
import { exampleSignoff } from './example-signoff.js'

const AUDIT = auditOf(raceScene([['A', 10, 100], ['B', 5, 100]])) // prettier-ignore
const folder = testFolder()
const file = join(folder, 'audit.json')

beforeAll(() => writeFileSync(file, readableJson(AUDIT)))

function signed(changed: Partial<Signoff> = {}): void {
  writeFileSync(join(folder, 'signoff.yaml'), stringify(exampleSignoff(AUDIT.auditId, changed)))
}

describe('what keeps a report from being final', () => {
  it('is nothing where every field is filled in and the last day is still to come, or is today', async () => {
    signed()
    const wanted = { status: 'final', mayBeFinal: true, expires: '2031-01-04', isExpired: false, blanks: [] }
    expect(await runSignoffCheck(file, null, '2030-06-01')).toEqual(wanted)
    expect(await runSignoffCheck(file, null, '2031-01-04')).toEqual(wanted)
  })

  it('is a last day that has passed, judged on the day that is found for the audit', async () => {
    signed()
    const asked: string[] = []
    const check = await runSignoffCheck(file, null, ({ auditId }) => {
      asked.push(auditId)
      return '2031-01-05'
    })
    expect(check).toMatchObject({ mayBeFinal: false, isExpired: true, blanks: [] })
    expect(asked).toEqual([AUDIT.auditId])
  })

  it('is every blank field, with the section of the report that needs it, though the file says final', async () => {
    signed({ expires: null, data: { source: null, labelledBy: 'nobody', necessity: null } })
    const { status, mayBeFinal, expires, isExpired, blanks } = await runSignoffCheck(file, null, '2030-06-01')
    expect({ status, mayBeFinal, expires, isExpired }).toEqual({
      status: 'final',
      mayBeFinal: false,
      expires: null,
      isExpired: false,
    })
    expect(blanks.map(({ section, field }) => [section, field])).toEqual([
      [5, 'data.source'],
      [5, 'data.necessity'],
      [19, 'expires'],
    ])
  })
})
