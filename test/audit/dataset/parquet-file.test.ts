import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parquetMetadata } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { checkPages, pageRunsOf } from '../../../src/audit/dataset/parquet-pages.js'
import { openParquet } from '../../../src/audit/dataset/open-parquet.js'
import { refusal, testFolder } from './helpers.js'
import { INTEGER, TEXT, hubSchema, writeParquet } from './parquet-helpers.js'

const folder = testFolder()
const at = (name: string): string => join(folder, name)

const ROWS = 25
const bytesOf = (row: number): Uint8Array => Uint8Array.from({ length: 50 }, (_, index) => (row * 7 + index) % 256)
const images = Array.from({ length: ROWS }, (_, row) => ({ bytes: bytesOf(row), path: `${row}.png` }))
const races = Array.from({ length: ROWS }, (_, row) => (row % 5 === 4 ? null : BigInt(row % 3)))
const hub = writeParquet(
  at('hub.parquet'),
  [
    { name: 'image', data: images },
    { name: 'race', data: races },
  ],
  { schema: hubSchema([INTEGER('race')]), rowGroupSize: 10, pageSize: 200, kvMetadata: [{ key: 'k', value: 'v' }] },
)

describe('openParquet', () => {
  it('tells columns, rows, row groups and what a writer keeps in the footer', async () => {
    const { columns, rows, rowGroups, metadata } = await openParquet(hub)
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['image', 'struct'],
      ['race', 'integer'],
    ])
    expect(columns[0].fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['bytes', 'bytes'],
      ['path', 'text'],
    ])
    expect(rows).toBe(ROWS)
    expect(rowGroups).toEqual([
      { start: 0, end: 10 },
      { start: 10, end: 20 },
      { start: 20, end: 25 },
    ])
    expect(metadata.get('k')).toBe('v')
  })

  it('reads structs, 64-bit integers as bigints, and null for what is not there', async () => {
    const file = await openParquet(hub)
    const rows = await file.read(['race', 'image', 'race'], 0, ROWS)
    expect(rows.map(([race]) => race)).toEqual(races)
    expect(rows.map(([, image]) => image)).toEqual(images)
    expect(rows.map((row) => row[2])).toEqual(races)
    expect(await file.read(['race'], 3, 3)).toEqual([])
  })

  it('reads any part as it reads the whole, across pages and row groups', async () => {
    const file = await openParquet(hub)
    const whole = await file.read(['image', 'race'], 0, ROWS)
    await fc.assert(
      fc.asyncProperty(fc.nat(ROWS), fc.nat(ROWS), async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)]
        expect(await file.read(['image', 'race'], start, end)).toEqual(whole.slice(start, end))
      }),
      { numRuns: 60 },
    )
  })

  it('leaves a field of a struct out, and then reads its bytes from no disk', async () => {
    const path = at('damaged-images.parquet')
    const content = readFileSync(hub)
    const start = content.indexOf(Buffer.from(bytesOf(0)))
    content.fill(0xff, start - 20, start + 40) // the page of the first image, with its header
    writeFileSync(path, content)
    const file = await openParquet(path)
    expect((await refusal(file.read(['image'], 0, 10))).code).toBe('parquet.unreadable')
    const lean = file.without('image', 'bytes')
    expect((await lean.read(['image'], 0, 2)).flat()).toEqual([{ path: '0.png' }, { path: '1.png' }])
    expect(file.without('race', 'element').columns.map(({ name }) => name)).toEqual(['image'])
  })

  it('says what the footer promises of nulls, and how large a column is', async () => {
    const file = await openParquet(hub)
    expect([file.isNeverNull('image', 'bytes'), file.isNeverNull('race', null)]).toEqual([true, false])
    expect(file.isNeverNull('image', 'nothing')).toBe(false)
    const { bytes, unindexed } = file.sizeOf('image', file.rowGroups[0])
    expect(bytes).toBeGreaterThan(500)
    expect(unindexed).toBeLessThan(200) // the names of the images, which fit one page
  })

  it('trusts no page that says it unpacks to more than its whole part of the file', () => {
    const { buffer, byteOffset, byteLength } = readFileSync(hub)
    const bytes = buffer.slice(byteOffset, byteOffset + byteLength)
    const runs = pageRunsOf(parquetMetadata(bytes))
    expect(checkPages(bytes, 0, runs)).toBe(bytes)
    expect(() => checkPages(bytes, 0, runs.map((run) => ({ ...run, bytes: 5 })))).toThrow('longer than its part') // prettier-ignore
  })

  it('keeps a column that is called __proto__', async () => {
    const path = writeParquet(at('proto.parquet'), [{ name: '__proto__', data: ['a', 'b'] }], {
      schema: [{ name: 'root', num_children: 1 }, TEXT('__proto__')],
    })
    expect(await (await openParquet(path)).read(['__proto__'], 0, 2)).toEqual([['a'], ['b']])
  })

  it('tells kinds of columns apart, and calls what has a meaning of its own other', async () => {
    const when = new Date(1_700_000_000_000)
    const path = writeParquet(at('kinds.parquet'), [
      { name: 'text', data: ['a'], type: 'STRING' },
      { name: 'bytes', data: [Uint8Array.of(1)], type: 'BYTE_ARRAY' },
      { name: 'flag', data: [true], type: 'BOOLEAN' },
      { name: 'whole', data: [1], type: 'INT32' },
      { name: 'share', data: [0.5], type: 'DOUBLE' },
      { name: 'when', data: [when], type: 'TIMESTAMP' },
    ])
    const file = await openParquet(path)
    const kinds = ['text', 'bytes', 'boolean', 'integer', 'float', 'other']
    expect(file.columns.map(({ kind }) => kind)).toEqual(kinds)
    expect(await file.read(['text', 'flag', 'whole', 'share'], 0, 1)).toEqual([['a', true, 1, 0.5]])
  })

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['text', Buffer.from('file,race\na.jpg,White\n')],
    ['a file cut in the middle', readFileSync(hub).subarray(0, 600)],
    ['a file without its beginning', readFileSync(hub).subarray(900)],
  ])('refuses %s, with a cure', async (_, content) => {
    const path = at('broken.parquet')
    writeFileSync(path, content)
    const reading = async () => (await openParquet(path)).read(['image', 'race'], 0, ROWS)
    const { message } = await refusal(reading())
    expect(message).toBe(
      `${path}: expected a whole Parquet file but received one that is cut, damaged or something else. Download or write the file again`,
    )
  })

  it('refuses a footer that does not say how long a column is, in which the fuzzer found a file that was read for ever', async () => {
    const found = readFileSync(join(import.meta.dirname, '../../fuzz/corpus/parquet-table/3dfa74d324ac'))
    writeFileSync(at('endless.parquet'), found)
    expect((await refusal(openParquet(at('endless.parquet')))).code).toBe('parquet.unreadable')
  })

  it('refuses pages that have fewer values than the footer promises, which would come out as nulls', () => {
    const bytes = readFileSync(hub)
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
    const runs = pageRunsOf(parquetMetadata(whole))
    expect(() => checkPages(whole, 0, runs)).not.toThrow()
    const more = runs.map((run, index) => (index === 0 ? { ...run, values: run.values + 1 } : run))
    expect(() => checkPages(whole, 0, more)).toThrow('fewer values')
  })

  it('refuses a small page that promises 256 MB, which would be set aside, also where the footer agrees', () => {
    const megabytes = (size: number): ArrayBuffer => {
      const promised = [0, 7, 14, 21, 28].map(
        (shift, at) => (Math.floor((size * 2 ** 21) / 2 ** shift) % 128) + (at < 4 ? 128 : 0),
      ) // prettier-ignore -- zigzag, then 7 bits at a time
      const header = [0x15, 0, 0x15, ...promised, 0x15, 8, 0x2c, 0x15, 2, 0x15, 0, 0x15, 6, 0x15, 6, 0, 0]
      return Uint8Array.from([...header, 1, 2, 3, 4]).buffer
    }
    const check = (size: number) => () =>
      checkPages(megabytes(size), 0, [{ start: 0, end: megabytes(size).byteLength, values: 1, bytes: 2 ** 31 }])
    expect(check(256)).toThrow('promises more than its bytes can hold')
    expect(check(64)).not.toThrow()
  })

  it('refuses a folder and a file that is not there in the same words', async () => {
    mkdirSync(at('folder.parquet'))
    for (const name of ['folder.parquet', 'absent.parquet'])
      expect((await refusal(openParquet(at(name)))).code).toBe('parquet.unreadable')
  })

  it('never crashes or hangs on a file with damaged bytes: it reads or refuses', async () => {
    const content = readFileSync(hub)
    const path = at('flipped.parquet')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(content.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (flips) => {
          // prettier-ignore
          const damaged = Buffer.from(content)
          for (const [place, value] of flips) damaged[place] = value
          writeFileSync(path, damaged)
          const reading = async () => (await openParquet(path)).read(['image', 'race'], 0, ROWS)
          const ended = await reading().catch((error: unknown) => error)
          expect(Array.isArray(ended) || (ended instanceof Error && ended.constructor.name === 'DatasetError')).toBe(
            true,
          )
        },
      ),
      { numRuns: 150 },
    )
  }, 20_000)
})
