import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { auditId } from '../../../src/audit/audit-file/audit-id.js'
import { readableJson } from '../../../src/audit/audit-file/canonical-json.js'
import { auditOf, raceScene } from '../../support/facts.js'

const COUNTS = [['A', 10, 100], ['B', 5, 100]] as const // prettier-ignore

describe('auditId', () => {
  it('is the same for the same facts, and does not know the run', () => {
    expect(auditOf(raceScene(COUNTS)).auditId).toBe(auditOf(raceScene(COUNTS)).auditId)
  })

  it('changes with a single image', () => {
    const [first, second] = [COUNTS, [['A', 11, 100], ['B', 5, 100]] as const] // prettier-ignore
    expect(auditOf(raceScene(first)).auditId).not.toBe(auditOf(raceScene(second)).auditId)
  })

  it('survives writing and reading: it stands over numbers as written', () => {
    const { facts, derived, auditId: id } = auditOf(raceScene(COUNTS))
    const read = JSON.parse(readableJson({ facts, derived })) as { facts: typeof facts; derived: typeof derived } // just written
    expect(auditId(read.facts, read.derived)).toBe(id)
  })

  it('is a sha256 that anyone can compute over the canonical bytes', () => {
    // of the 25 bytes {"facts":{},"derived":{}}
    const empty = auditId({} as never, {} as never) // the shape does not matter to a hash
    expect(empty).toBe(`sha256:${createHash('sha256').update('{"facts":{},"derived":{}}').digest('hex')}`)
  })
})
