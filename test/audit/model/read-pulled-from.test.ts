import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelSource, readPulledFrom } from '../../../src/audit/model/read-pulled-from.js'
import type { PullRecord } from '../../../src/audit/types/pull.js'

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
const record: PullRecord = { schema: 'probity/pull@1', kind: 'model', endpoint: 'https://hub.test', id: 'org/name', asked: 'main', revision: 'c'.repeat(40), licence: 'mit', licenceReason: null, gated: false, pulledUtc: '2026-11-27T08:00:00Z', files: [['config.json', A, 2], ['tokenizer.json', B, 3]] } // prettier-ignore
const source = { endpoint: 'https://hub.test', id: 'org/name', revision: 'c'.repeat(40), licence: 'mit', licenceReason: null } // prettier-ignore

describe('readPulledFrom', () => {
  const folder = (text: string | null): string => {
    const made = mkdtempSync(join(tmpdir(), 'probity-test-'))
    if (text !== null) writeFileSync(join(made, 'probity-pull.json'), text)
    return made
  }

  it('reads the record of a pulled folder, and takes one that no pull made', async () => {
    expect(await readPulledFrom(folder(JSON.stringify(record)))).toEqual(record)
    expect(await readPulledFrom(folder(null))).toBeNull()
  })

  it.each([
    ['is no JSON', '{', 'or remove it: a folder can be used without'],
    ['is of a later version', '{"schema":"probity/pull@2"}', 'read it with that version'],
    ['names no commit', JSON.stringify({ ...record, revision: 'main' }), 'probity-pull.json: revision: expected'],
  ])('refuses a record that %s', async (_, text, message) => {
    await expect(readPulledFrom(folder(text))).rejects.toThrow(message)
  })
})

describe('modelSource', () => {
  it('is what the record says where every file is the one that was pulled', () => {
    expect(modelSource(record, { files: [['config.json', A, 2]] })).toEqual(source)
  })

  it('names files that were changed or added since, and does not speak for them', () => {
    const files = [['config.json', B, 2], ['tokenizer.json', B, 3], ['preprocessor_config.json', A, 4]] as const // prettier-ignore
    expect(modelSource(record, { files })).toEqual({
      ...source,
      otherFiles: ['config.json', 'preprocessor_config.json'],
    })
  })
})
