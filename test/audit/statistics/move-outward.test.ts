import { describe, expect, it } from 'vitest'
import { moveOutward } from '../../../src/audit/statistics/move-outward.js'

describe('moveOutward', () => {
  it('stays where the test already rejects', () => expect(moveOutward(() => 1, 0.3, 1)).toBe(0.3))
  it('goes to the end where the test never rejects', () => expect(moveOutward(() => -1, 0.3, 1)).toBe(1))
  it('stops where the test begins to reject', () => expect(moveOutward((x) => x - 0.5, 0.3, 1)).toBeCloseTo(0.5, 14))
})
