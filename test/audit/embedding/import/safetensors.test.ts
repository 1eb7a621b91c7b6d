import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DatasetError } from '../../../../src/audit/errors.js'
import { parseSafetensorsHeader, safetensorsVectors } from '../../../../src/audit/embedding/import/safetensors.js'
import { numberToHalf } from '../../../../src/audit/model/half-float.js'
import { refusal, testFolder, write } from '../../dataset/helpers.js'
import { allOf, safetensorsBytes } from './vector-files.js'

const folder = testFolder()
const VALUES = [1, -0.5, 0.25, 3]
const F32 = Buffer.from(Float32Array.from(VALUES).buffer)
const one = (more: object = {}): object => ({ dtype: 'F32', shape: [2, 2], data_offsets: [0, 16], ...more })
const AGAIN = 'Download or save the file again, with safetensors.numpy.save_file'

describe('vectors of a safetensors file', () => {
  it.each([
    ['F16', Buffer.from(Uint16Array.from(VALUES, numberToHalf).buffer)],
    [
      'BF16',
      Buffer.from(Uint16Array.from(VALUES, (value) => new Uint32Array(Float32Array.of(value).buffer)[0] >>> 16).buffer),
    ],
    ['F32', F32],
    ['F64', Buffer.from(Float64Array.from(VALUES).buffer)],
  ])('are read from %s', async (dtype, data) => {
    const path = write(
      folder,
      safetensorsBytes({ embeddings: { dtype, shape: [2, 2], data_offsets: [0, data.length] } }, data),
      `${dtype}.safetensors`,
    )
    expect(await allOf(await safetensorsVectors(path, null))).toEqual(VALUES)
  })

  it('are the tensor that is named, or `embeddings`, or the only one of two dimensions', async () => {
    const scale = { dtype: 'F32', shape: [], data_offsets: [16, 20] }
    const data = Buffer.concat([F32, Buffer.alloc(4)])
    const alone = write(
      folder,
      safetensorsBytes({ scale, images: one(), __metadata__: { by: 'hand' } }, data),
      'alone.safetensors',
    )
    expect(await allOf(await safetensorsVectors(alone, null))).toEqual(VALUES)
    const two = { a: one(), embeddings: one({ data_offsets: [16, 32] }) }
    const both = write(folder, safetensorsBytes(two, Buffer.concat([Buffer.alloc(16), F32])), 'both.safetensors')
    expect(await allOf(await safetensorsVectors(both, null))).toEqual(VALUES)
    expect(await allOf(await safetensorsVectors(both, 'a'))).toEqual([0, 0, 0, 0])
  })

  it.each([
    [
      'cut',
      safetensorsBytes({ embeddings: one() }, F32.subarray(4)),
      'expected 16 bytes of tensors but received 12 bytes. The file is cut or was joined to another: download or save it again',
    ],
    ['seven-bytes', Buffer.alloc(7), `expected a safetensors file but received 7 bytes. ${AGAIN}`],
    [
      'header-outside',
      Buffer.concat([Buffer.from('ffffffffffffff7f', 'hex'), F32]),
      `expected a header that lies inside the file but received a header of 9223372036854776000 bytes in a file of 24. ${AGAIN}`,
    ],
    [
      'not-json',
      safetensorsBytes('{"embeddings": ', F32),
      `expected a safetensors file but received something else. ${AGAIN}`,
    ],
    [
      'twice',
      safetensorsBytes(`{"a": ${JSON.stringify(one())}, "a": ${JSON.stringify(one())}}`, F32),
      `expected every name once but received "a" twice. ${AGAIN}`,
    ],
    [
      'overlap',
      safetensorsBytes({ a: one(), b: one({ data_offsets: [8, 24] }) }, Buffer.alloc(24)),
      `expected "b" from byte 16 on but received byte 8: tensors that overlap, or a gap. ${AGAIN}`,
    ],
    [
      'gap',
      safetensorsBytes({ a: one({ data_offsets: [4, 20] }) }, Buffer.alloc(20)),
      `expected "a" from byte 0 on but received byte 4: tensors that overlap, or a gap. ${AGAIN}`,
    ],
    [
      'shape',
      safetensorsBytes({ a: one({ shape: [2, 3] }) }, F32),
      `expected 24 bytes for "a", of the shape [2, 3] but received 16 bytes. ${AGAIN}`,
    ],
    [
      'integers',
      safetensorsBytes({ a: one({ dtype: 'I32' }) }, F32),
      'expected F16, BF16, F32, F64 in "a" but received "I32". Save the tensor as float32',
    ],
    [
      'two-candidates',
      safetensorsBytes({ a: one(), b: one({ data_offsets: [16, 32] }) }, Buffer.alloc(32)),
      'expected a tensor "embeddings", or only one of two dimensions but received "a", "b". Say which one under tensor: in embeddings.yaml',
    ],
    [
      'one-dimension',
      safetensorsBytes({ embeddings: one({ shape: [4] }) }, F32),
      'expected rows and columns in "embeddings" but received the shape [4]. One row for each image, one column for each number',
    ],
  ])('refuses %s with one line of cure', async (name, bytes, message) => {
    const path = write(folder, bytes, `${name}.safetensors`)
    const { code, message: said } = await refusal(safetensorsVectors(path, null))
    expect([code, said]).toEqual(['vectors.safetensors', `${path}: ${message}`])
  })

  it('never crash on any header', () => {
    const entry = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'F16'), fc.anything()),
        shape: fc.oneof(fc.array(fc.double()), fc.anything()),
        data_offsets: fc.oneof(fc.array(fc.integer()), fc.anything()),
      },
      { requiredKeys: [] },
    )
    const header = fc.oneof(
      fc.json(),
      fc.string(),
      fc.dictionary(fc.string(), fc.oneof(entry, fc.anything())).map((value) => JSON.stringify(value) ?? ''),
    )
    fc.assert(
      fc.property(header, fc.nat(100), (text, bytes) => {
        try {
          parseSafetensorsHeader(text, bytes, 'x')
        } catch (error) {
          expect(error).toBeInstanceOf(DatasetError)
        }
      }),
    )
  })

  it('are not looked for in a header nested a million times, which would fill the memory', () => {
    const text = `{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`
    expect(() => parseSafetensorsHeader(text, 0, 'x')).toThrow(
      'expected a safetensors file but received something else',
    )
  })
})
