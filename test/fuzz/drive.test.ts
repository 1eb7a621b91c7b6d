import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drive } from './drive.mjs'
import type { Explored } from './drive.mjs'

/** Faults behind three words at their places, one of each kind: who does not look at what inputs reach would have to guess all three at once. */
describe('the fuzzer finds a planted', () => {
  const corpus = mkdtempSync(join(tmpdir(), 'probity-planted-'))
  let found: readonly Explored[] = []
  beforeAll(async () => {
    const targets = ['deep', 'large', 'unheard', 'fatal', 'endless'].map((kind) => `planted-${kind}`)
    found = await drive({
      targets,
      seed: 1,
      runs: 60_000,
      seconds: 100,
      corpus,
      stopsAtFault: true,
      longestWork: 6_000,
    })
  }, 240_000)
  afterAll(() => rmSync(corpus, { recursive: true }))
  const faultOf = (target: string) => found.find((each) => each.target === target)?.faults[0]

  it.each([
    ['planted-deep', /three words deep/],
    ['planted-large', /^set 300000000 bytes aside/],
    ['planted-unheard', /nobody waits/],
    ['planted-fatal', /^ended the process/],
    ['planted-endless', /^did not end within/],
  ])('fault (%s), and keeps the input that shows it', (target, what) => {
    const fault = faultOf(target)
    expect(fault?.what).toMatch(what)
    expect(readFileSync(fault?.path ?? '', 'latin1')).toMatch(/^Pro/)
  })
})
