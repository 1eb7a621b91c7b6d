import { describe, expect, it } from 'vitest'
import { toView } from '../../../../src/audit/report/to-view.js'
import { exampleAudit } from '../example-audit.js'

describe('provenance', () => {
  it('speaks of the store only when images came from it', () => {
    const named = (cacheHits: number): string | undefined => {
      const audit = exampleAudit()
      const { pairs } = toView({ ...audit, run: { ...audit.run, cacheHits } }).provenance
      return pairs.find(({ name }) => name === 'Images taken from the store')?.value
    }
    expect(named(10954)).toBe('10,954')
    expect(named(0)).toBeUndefined()
  })
})
