import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PACKAGE_ROOT, shippedIds } from '../../../src/audit/definitions/locate.js'
import { describeProbes } from '../../../src/audit/definitions/probe-docs/describe-probes.js'
import { readProbe } from '../../../src/audit/definitions/shipped.js'

const PROBES = shippedIds('probes').map((id) => readProbe(id))

describe('docs/probes.md', () => {
  it('is up to date (else run: npm run docs)', () => {
    expect(readFileSync(join(PACKAGE_ROOT, 'docs', 'probes.md'), 'utf8')).toBe(describeProbes(PROBES))
  })

  it.each(PROBES)('tells of $id why it is asked, how it is read and what it cannot show', (probe) => {
    expect(probe.motivation).not.toBe('')
    expect(probe.howToRead).not.toEqual([])
    expect(probe.cannotShow).not.toEqual([])
    expect(probe.references).not.toEqual([])
  })
})
