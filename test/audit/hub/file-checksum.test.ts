import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkContent } from '../../../src/audit/hub/file-checksum.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-test-'))
const path = join(folder, 'hello.txt')
writeFileSync(path, 'hello\n')
// printf 'hello\n' | sha256sum, and | git hash-object --stdin
const SHA256 = '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03'
const GIT = 'ce013625030ba8dba906f756967f9e9ca394464a'

describe('checkContent', () => {
  it('computes what sha256sum and git hash-object print', async () => {
    const listed = (kind: 'sha256' | 'git-sha1', hex: string, bytes = 6) => ({
      path: 'x',
      bytes,
      checksum: { kind, hex },
    })
    const whole = { sha256: SHA256, bytes: 6, isRight: true }
    expect(await checkContent(path, listed('sha256', SHA256))).toEqual(whole)
    expect(await checkContent(path, listed('git-sha1', GIT))).toEqual(whole)
    expect(await checkContent(path, listed('sha256', GIT))).toEqual({ ...whole, isRight: false })
    expect(await checkContent(path, listed('sha256', SHA256, 7))).toEqual({ ...whole, isRight: false })
    expect(await checkContent(path, listed('git-sha1', GIT, 7))).toEqual({ ...whole, isRight: false })
  })

  it('reads through no link', async () => {
    const link = join(folder, 'link')
    symlinkSync(path, link)
    const listed = { path: 'x', bytes: 6, checksum: { kind: 'sha256', hex: SHA256 } } as const
    await expect(checkContent(link, listed)).rejects.toThrow('ELOOP')
  })
})
