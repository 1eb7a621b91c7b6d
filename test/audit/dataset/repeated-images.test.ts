import { describe, expect, it } from 'vitest'
import { countRepeated, repeatedImages } from '../../../src/audit/dataset/repeated-images.js'

const NOTHING = {
  excluded: new Map<number, string>(),
  quarantined: new Map<number, { code: string; reason: string }>(),
}

describe('repeatedImages', () => {
  it('finds rows whose files hold the same bytes', () => {
    expect(repeatedImages(NOTHING, ['a', 'b', 'a', 'c', 'b', 'a'])).toEqual([
      [0, 2, 5],
      [1, 4],
    ])
  })

  it('passes over rows that were not read, were left out or could not be used', () => {
    const rows = {
      excluded: new Map([[0, 'left out by where']]),
      quarantined: new Map([[1, { code: 'image.truncated', reason: 'the file ends early' }]]),
    }
    expect(repeatedImages(rows, ['a', 'a', 'a', null, null])).toEqual([])
  })
})

describe('countRepeated', () => {
  it('counts contents, their images, and contents that are annotated with more than one group', () => {
    const cells = {
      groups: [[['race', 'A']], [['race', 'B']]] as const,
      cellOfRow: Int32Array.from([0, 0, 0, 1, 0, 0]),
    }
    expect(countRepeated([[0, 2, 5], [1, 3]], cells)).toEqual({ contents: 2, images: 5, acrossGroups: 1 }) // prettier-ignore
  })

  it('does not take an unknown value for a contradiction', () => {
    const cells = { groups: [[['race', 'A']], [['race', 'unknown']]] as const, cellOfRow: Int32Array.from([0, 1]) }
    expect(countRepeated([[0, 1]], cells).acrossGroups).toBe(0)
  })

  it('is nothing where nothing is repeated', () =>
    expect(countRepeated([], { groups: [], cellOfRow: new Int32Array(3) })).toEqual({
      contents: 0,
      images: 0,
      acrossGroups: 0,
    }))
})
