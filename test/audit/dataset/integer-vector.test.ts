import { describe, expect, it } from 'vitest'
import { readIntegerVector } from '../../../src/audit/dataset/containers/integer-vector.js'

/** A .npy file of one type with these bytes as its numbers. */
function npy(descr: string, shape: string, numbers: Buffer, version: 1 | 2 = 1): Buffer {
  const header = Buffer.from(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`, 'latin1')
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  if (version === 1) length.writeUInt16LE(header.length)
  else length.writeUInt32LE(header.length)
  return Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([version, 0]), length, header, numbers])
}
const bytes = (view: ArrayBufferView): Buffer => Buffer.from(view.buffer)

describe('the integers of a .npy member', () => {
  it.each([
    ['|i1', Int8Array.of(-1, 3)],
    ['|u1', Uint8Array.of(255, 3)],
    ['<i2', Int16Array.of(-300, 3)],
    ['<u2', Uint16Array.of(65_535, 3)],
    ['<i4', Int32Array.of(-70_000, 3)],
    ['<u4', Uint32Array.of(4_294_967_295, 3)],
    ['<i8', BigInt64Array.of(-5n, 3n)],
    ['<u8', BigUint64Array.of(5n, 3n)],
  ])('are read of type %s, in both versions of the header', (descr, numbers) => {
    const expected = [...numbers].map(Number)
    expect(readIntegerVector(npy(descr, '(2,)', bytes(numbers)))).toEqual(expected)
    expect(readIntegerVector(npy(descr, '(2,)', bytes(numbers), 2))).toEqual(expected)
  })

  it('may be a single one without a shape', () => {
    expect(readIntegerVector(npy('<i4', '()', bytes(Int32Array.of(7))))).toEqual([7])
  })

  it.each([
    ['a text', Buffer.from('not an array at all')],
    ['an empty file', Buffer.alloc(0)],
    ['floats', npy('<f4', '(1,)', bytes(Float32Array.of(1)))],
    ['big-endian integers', npy('>i4', '(1,)', bytes(Int32Array.of(1)))],
    ['a matrix', npy('<i4', '(2, 2)', bytes(Int32Array.of(1, 2, 3, 4)))],
    ['fewer numbers than its shape says', npy('<i4', '(3,)', bytes(Int32Array.of(1)))],
    ['a header that was cut off', npy('<i4', '(1,)', Buffer.alloc(0)).subarray(0, 30)],
    ['an integer beyond 2^53, which would become another', npy('<i8', '(1,)', bytes(BigInt64Array.of(2n ** 53n + 1n)))],
  ])('are not read from %s', (_, content) => expect(readIntegerVector(content)).toBeNull())
})
