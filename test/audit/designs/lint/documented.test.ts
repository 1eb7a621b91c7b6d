import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LINT_RULES } from '../../../../src/audit/designs/lint/rules.js'

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/class-designs.md'), 'utf8')
const ROWS = [...PAGE.matchAll(/^\| `([a-z-]+)` \| (warning|note) \|/gm)].map(([, id, severity]) => `${id} ${severity}`)

describe('docs/class-designs.md', () => {
  it('explains every rule, in order, as the kind that it is', () => {
    expect(ROWS).toEqual(LINT_RULES.map(({ id, severity }) => `${id} ${severity}`))
  })
})
