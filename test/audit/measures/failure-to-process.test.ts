import { describe, expect, it } from 'vitest'
import { countFailures } from '../../../src/audit/measures/failure-to-process.js'

describe('countFailures', () => {
  it('counts unreadable images of those attempted, whatever the reason, and leaves excluded ones out', () => {
    const cells = [
      {
        group: [['race', 'A']] as const,
        in: 110,
        processed: 97,
        excluded: [['left out by where', 10]] as const,
        quarantined: [
          ['file.missing', 1],
          ['image.truncated', 2],
        ] as const,
      },
      { group: [['race', 'B']] as const, in: 0, processed: 0, excluded: [], quarantined: [] },
    ]
    expect(countFailures(cells)).toEqual([
      { count: 3, total: 100, nearUp: 0, nearDown: 0 },
      { count: 0, total: 0, nearUp: 0, nearDown: 0 },
    ])
  })
})
