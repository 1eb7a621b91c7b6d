import { matchesGlob } from 'node:path'
import { describe, expect, it } from 'vitest'
import { matchesPath } from '../../../src/audit/hub/match-path.js'

describe('matchesPath', () => {
  it.each([
    ['data/train-0.parquet', 'data/train-*', true],
    ['data/train-0.parquet', 'data/*.csv', false],
    ['data/a/b/x.parquet', 'data/**/*.parquet', true],
    ['data/x.parquet', 'data/**/*.parquet', true],
    ['data/a/x.parquet', 'data/*.parquet', false],
    ['data/abx', 'data/**/x', false],
    ['images/1.png', 'images/', true],
    ['images/a/1.png', 'images/', true],
    ['other/1.png', 'images/', false],
    ['a.b', 'a?b', true],
    ['a/b', 'a?b', false],
    ['a.csv', 'a.csv', true],
    ['aXcsv', 'a.csv', false],
    ['anything/at/all', '**', true],
    ['[a]', '[a]', true],
    ['', '*', true],
  ])('%s against %s: %s', (path, pattern, expected) => expect(matchesPath(path, pattern)).toBe(expected))

  it.skipIf(typeof matchesGlob !== 'function')(
    'agrees with Node where Node has a matcher (skipped where it has none)',
    () => {
      for (const path of ['a', 'a/b', 'a/b/c', 'ab/c.x', 'x'])
        for (const pattern of ['*', 'a/*', '**/c', 'a/**/c', '*/*', 'ab/?.x'])
          expect([path, pattern, matchesPath(path, pattern)]).toEqual([path, pattern, matchesGlob(path, pattern)])
    },
  )

  it('is quick where backtracking is not', () => {
    expect(matchesPath('a'.repeat(5_000), `${'*a'.repeat(200)}b`)).toBe(false)
  })
})
