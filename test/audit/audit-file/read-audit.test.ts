import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readableJson } from '../../../src/audit/audit-file/canonical-json.js'
import { readAudit } from '../../../src/audit/audit-file/read-audit.js'
import { DefinitionError } from '../../../src/audit/errors.js'
import { auditOf, raceScene } from '../../support/facts.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probity-read-audit-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function refusal(file: string): Promise<DefinitionError> {
  const error: unknown = await readAudit(file).catch((thrown: unknown) => thrown)
  if (error instanceof DefinitionError) return error
  throw new Error('it was read')
}

describe('readAudit', () => {
  it('reads what was written, number for number', async () => {
    const audit = auditOf(raceScene([['A', 10, 100], ['B', 5, 100]])) // prettier-ignore
    await writeFile(join(folder, 'audit.json'), readableJson(audit))
    expect(readableJson(await readAudit(join(folder, 'audit.json')))).toBe(readableJson(audit))
  })

  it('says so when there is no file, or a folder in its place', async () => {
    const { code, message } = await refusal(join(folder, 'absent.json'))
    expect(code).toBe('audit.unreadable')
    expect(message).toContain(
      'expected a saved audit.json but received a path where nothing is. Give the path that probity audit printed',
    )
    expect((await refusal(folder)).code).toBe('audit.unreadable')
  })

  it('refuses a file that was cut short', async () => {
    const text = readableJson(auditOf(raceScene([['A', 10, 100], ['B', 5, 100]]))) // prettier-ignore
    await writeFile(join(folder, 'cut.json'), text.slice(0, text.length / 2))
    expect((await refusal(join(folder, 'cut.json'))).code).toBe('audit.json')
  })

  it('refuses JSON that is no audit', async () => {
    await writeFile(join(folder, 'package.json'), '{"name":"x"}')
    expect((await refusal(join(folder, 'package.json'))).code).toBe('audit.schema')
  })
})
