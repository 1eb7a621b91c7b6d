import { describe, expect, it } from 'vitest'
import { HEADER_BYTES, readHeader, writeHeader } from '../../../src/audit/store/segment-header.js'
import { DIM, SETTINGS, SPACE } from './store-fixture.js'

const HEADER = { space: SPACE, dim: DIM, settings: SETTINGS }

describe('the header of a segment', () => {
  it('is one line of readable text that reads back', () => {
    const bytes = writeHeader(HEADER)
    expect([bytes.length, bytes.toString('latin1').indexOf('\n')]).toEqual([HEADER_BYTES, HEADER_BYTES - 1])
    expect(readHeader(bytes, HEADER)).toEqual(HEADER)
  })

  it('does not take settings that do not fit', () => {
    expect(() => writeHeader({ ...HEADER, settings: { cpu: 'x'.repeat(HEADER_BYTES) } })).toThrow(RangeError)
  })

  it.each([
    ['cut short', 100],
    ['empty', 0],
  ])('that is %s says nothing', (_, length) => {
    expect(readHeader(writeHeader(HEADER).subarray(0, length), HEADER)).toEqual({ unusable: 'empty' })
  })
})
