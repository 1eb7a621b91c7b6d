import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { judge } from './target.js'
import { TARGETS } from './targets.js'

const CORPUS = join(import.meta.dirname, 'corpus')
const MOST_BYTES = 300_000
const folder = mkdtempSync(join(tmpdir(), 'probity-corpus-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('an input of the corpus that once found something, or reaches what others do not,', () => {
  const kept = readdirSync(CORPUS).flatMap((target) => readdirSync(join(CORPUS, target)).map((name) => [target, name] as const)) // prettier-ignore

  it.each(kept)(
    'is read or refused as it should be: %s/%s',
    async (name, file) => {
      const target = TARGETS.find((each) => each.name === name)
      if (target === undefined) throw new Error(`no fuzz target ${name}`)
      const outcome = await judge(target, Uint8Array.from(readFileSync(join(CORPUS, name, file))), folder)
      expect(outcome.kind === 'fault' ? outcome.what : outcome.kind).toMatch(/^(read|refused)$/)
    },
    5_000,
  )

  it('is small: all of them together take less than 300 KB', () => {
    const sizes = kept.map(([target, name]) => statSync(join(CORPUS, target, name)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES)
  })
})
