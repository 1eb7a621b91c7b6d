import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { disturbed } from '../support/disturb.js'
import { contentOf, writeDrawnRun } from '../support/drawn-run.js'
import { isolatedChildren } from '../support/isolation/children.js'
import { temporaryFolder } from './run-cli.js'

describe('audit --isolate', () => {
  it('gives the audit, and its id, that the same audit without it gives', { timeout: 120_000 }, async () => {
    const run = await writeDrawnRun(temporaryFolder(), 24)
    const outs = await Promise.all(
      [[], ['--isolate']].map(async (flags, index) => {
        const out = join(run.folder, `out-${index}`)
        const store = join(run.folder, `store-${index}`)
        const args = ['audit', ...run.evidence, '--label-set', 'clip-paper', '--store', store, '--out', out, ...flags]
        expect(await disturbed(args)).toMatchObject({ status: 0 })
        return out
      }),
    )
    expect(contentOf(outs[1])).toBe(contentOf(outs[0]))
    expect(readFileSync(join(outs[1], 'audit.json'), 'utf8')).toContain('--isolate')
    expect(isolatedChildren()).toEqual([])
  })
})
