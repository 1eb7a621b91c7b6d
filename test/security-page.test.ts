import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const PAGE = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')

it('SECURITY.md names tests that are there, one for each threat', () => {
  const named = [...PAGE.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? '')
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  const threats = PAGE.split('\n').filter((line) => /^\| .*\|$/.test(line)).slice(2) // prettier-ignore
  expect(threats.filter((line) => !/`test\/|by hand/.test(line))).toEqual([])
  expect(threats.length).toBeGreaterThan(15)
})
