import { describe, expect, it } from 'vitest'
import { countPatterns } from '../../../../src/audit/measures/annotator-agreement/count-patterns.js'

const cells = {
  attributes: ['race'],
  groups: [[['race', 'Black']], [['race', 'White']]] as const,
  cellOfRow: Int32Array.of(0, 0, 1, 1, 0),
}

describe('countPatterns', () => {
  it('counts images by how many people chose each label, in the cells of the images', () => {
    const people = [Int32Array.of(0, 0, 1, -1, 1), Int32Array.of(0, 0, 0, -1, 1)]
    expect(countPatterns(people, 2, { cells, processed: (row) => row !== 4 })).toEqual([
      { cell: 0, patterns: [{ counts: [2, 0], images: 2 }] },
      { cell: 1, patterns: [{ counts: [1, 1], images: 1 }] },
    ])
  })
})
