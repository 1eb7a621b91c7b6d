import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { readSignoff, signoffPath } from '../../src/audit/read-signoff.js'
import { besideAudit } from '../../src/audit/signoff-place.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { editable } from '../support/look-up.js'
import { auditOf, raceScene } from '../support/facts.js'
import { exampleSignoff } from './example-signoff.js'

const AUDIT = auditOf(raceScene([['A', 10, 100], ['B', 5, 100]])) // prettier-ignore
const folder = temporaryFolder()
const file = join(folder, 'audit.json')

describe('the sign-off of a saved audit', () => {
  it('is none where none lies beside it, and the path of one is asked for with the command that writes it', () => {
    expect(readSignoff(file, AUDIT)).toBeNull()
    expect(() => signoffPath(file, null)).toThrow(
      `${besideAudit(file)}: expected a sign-off of this audit but received no such file. Write one with: probity signoff new ${file}`,
    )
  })

  it('is signoff.yaml beside the audit, or the file that is named', () => {
    const signed = exampleSignoff(AUDIT.auditId)
    writeFileSync(besideAudit(file), stringify(signed))
    expect(readSignoff(file, AUDIT)?.signoff).toEqual(signed)
    expect(signoffPath(file, null)).toBe(join(folder, 'signoff.yaml'))
    mkdirSync(join(folder, 'elsewhere'))
    const other = join(folder, 'elsewhere/ours.yaml')
    writeFileSync(other, stringify({ ...signed, status: 'draft' }))
    expect(readSignoff(file, AUDIT, other)?.signoff.status).toBe('draft')
    expect(signoffPath(file, other)).toBe(other)
  })

  it('is refused where a named file is not there, or it is that of another audit, or the audit was changed since', () => {
    expect(() => readSignoff(file, AUDIT, join(folder, 'gone.yaml'))).toThrow('a path where nothing is')
    const other = join(folder, 'other.yaml')
    writeFileSync(other, stringify(exampleSignoff(`sha256:${'f'.repeat(64)}`)))
    expect(() => readSignoff(file, AUDIT, other)).toThrow('It is the sign-off of another audit')
    const changed = editable(AUDIT)
    changed.facts.seed = 99
    expect(() => readSignoff(file, changed)).toThrow('auditId: expected the id of the content')
  })
})
