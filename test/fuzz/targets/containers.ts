import fc from 'fast-check'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { ParquetWriteOptions } from 'hyparquet-writer'
import { readTar } from '../../../src/audit/dataset/containers/read-tar.js'
import { readRecords, readTarHeader } from '../../../src/audit/dataset/containers/tar-header.js'
import { openCells } from '../../../src/audit/dataset/parquet-cells.js'
import { openParquetTable } from '../../../src/audit/dataset/parquet-table.js'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import { parquetVectors } from '../../../src/audit/embedding/import/parquet-vectors.js'
import { npyHeader } from '../../../src/audit/embedding/npy-header.js'
import { classLabel, hubFeatures, hubSchema, INTEGER, TEXT } from '../../audit/dataset/parquet-helpers.js'
import { hold } from '../target.js'
import type { FuzzTarget } from '../target.js'
import { accountFor, planOf } from './rows.js'
import { recordOf, repairTar, tarBytes } from './tar-bytes.js'
import type { Member } from './tar-bytes.js'

const LONG = 'n'.repeat(120)

const member: fc.Arbitrary<readonly Member[]> = fc
  .record({
    key: fc.constantFrom('a', 'b', 'a', '../c', '/d', '', 'e.f', LONG, '한글', '__proto__'),
    ending: fc.constantFrom('jpg', 'png', 'json', 'cls', 'txt', 'npy', 'JPG', ''),
    content: fc.constantFrom('{"race":"Black","age":3}', '{"race":', '1', '-1', '7777777777777', 'text', '', '{"a":{"b":[1]}}', Buffer.concat([npyHeader([1, 4]), Buffer.alloc(16)])), // prettier-ignore
    flag: fc.constantFrom('0', '0', '0', '0', '\0', '1', '2', '3', '5', '7', 'S', 'V'),
    before: fc.constantFrom('', '', '', 'x', 'g', 'L', 'K', 'size', 'sparse'),
  })
  .map(({ key, ending, content, flag, before }) => {
    const name = `${key}.${ending}`
    const extra: Record<string, Member> = {
      x: { name: 'pax', content: recordOf('path', name), flag: 'x' },
      g: { name: 'pax', content: recordOf('path', name), flag: 'g' },
      size: { name: 'pax', content: recordOf('size', '99999999999999999999'), flag: 'x' },
      sparse: { name: 'pax', content: recordOf('GNU.sparse.major', '1'), flag: 'x' },
      L: { name: '././@LongLink', content: `${name}\0`, flag: 'L' },
      K: { name: '././@LongLink', content: 'elsewhere\0', flag: 'K' },
    }
    return [...(before === '' ? [] : [extra[before]]), { name, content, flag }]
  })

const tarSeeds = (): Uint8Array[] => [
  tarBytes([
    { name: 'a.json', content: '{"race":"Black"}' },
    { name: 'a.png', content: 'x' },
    { name: 'b.json', content: '{"race":"White"}' },
    { name: 'b.png', content: 'y' },
  ]),
  ...fc
    .sample(fc.array(member, { minLength: 1, maxLength: 5 }), { numRuns: 60, seed: 1 })
    .map((some) => tarBytes(some.flat())),
]

const RACE = [{ attribute: 'race', column: 'race' }]

type Columns = ParquetWriteOptions['columnData']
const image = (bytes: string | null, path: string | null) => ({
  bytes: bytes === null ? null : Buffer.from(bytes),
  path,
})
const write = (columnData: Columns, options: Partial<ParquetWriteOptions> = {}): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...options }))

const parquetSeeds = (): Uint8Array[] => {
  const races = {
    schema: hubSchema([INTEGER('race')]),
    kvMetadata: hubFeatures({ race: classLabel('Black', 'White') }),
  }
  const images: Columns = [
    { name: 'image', data: [image('x', 'a.png'), image('y', 'b.png'), image(null, null)] },
    { name: 'race', data: [1n, 0n, null] },
  ]
  const texts: Columns = [
    { name: 'image', data: ['a.png', 'b.png', 'a longer name.png'], type: 'STRING' },
    { name: 'race', data: ['Black', 'White', 'Black'], type: 'STRING' },
    { name: 'age', data: [1, 2, 3], type: 'INT32' },
    { name: 'share', data: [0.5, 0.25, 1], type: 'DOUBLE' },
    { name: 'isTrue', data: [true, false, true], type: 'BOOLEAN' },
  ]
  const lists: Columns = [
    { name: 'image', data: ['a.png', 'b.png'], type: 'STRING' },
    { name: 'vector', data: [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)] },
  ]
  return [
    write(images, races),
    write([{ name: 'image', data: [image('x', 'a.png')] }, { name: 'race', data: ['Black'] }], { schema: hubSchema([TEXT('race')]) }), // prettier-ignore
    ...(['SNAPPY', 'UNCOMPRESSED'] as const).flatMap((codec) => [
      write(texts, { codec }),
      write(lists, { codec }),
      write(images, { ...races, codec, rowGroupSize: 2 }),
      write(texts, { codec, rowGroupSize: 1, statistics: false }),
    ]),
  ]
}

/** The length of the footer set to what its distance from the end was in the file that was changed: from the last place where a footer can begin. */
function repairParquet(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 16) return bytes
  const made = bytes.slice()
  made.set(Buffer.from('PAR1'), 0)
  made.set(Buffer.from('PAR1'), made.length - 4)
  const start = Buffer.from(made.buffer).lastIndexOf(Buffer.of(0x15, 0x04, 0x19)) // version 2, then the list of the schema
  if (start > 0) new DataView(made.buffer).setUint32(made.length - 8, made.length - 8 - start, true)
  return made
}

const PARQUET = ['src/audit/dataset/open-parquet.ts', 'src/audit/dataset/parquet-file.ts', 'src/audit/dataset/parquet-footer.ts', 'src/audit/dataset/parquet-pages.ts', 'src/audit/dataset/parquet-columns.ts'] // prettier-ignore

export const CONTAINER_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'tar-members',
    family: 'tar files',
    reads: ['src/audit/dataset/containers/read-tar.ts', 'src/audit/dataset/containers/tar-header.ts', 'src/audit/dataset/containers/byte-stream.ts'], // prettier-ignore
    seeds: tarSeeds,
    repair: repairTar,
    run: async ({ bytes, file }) => {
      let held = 0
      for await (const { offset, bytes: size, content } of readTar(file('a.tar'), ({ bytes: some }) => some < 10_000)
        .members) {
        hold(offset + size <= bytes.length, 'a member that ends behind the end of its file')
        held += content?.length ?? 0
      }
      hold(held <= bytes.length, 'more bytes than the file has')
    },
  },
  {
    name: 'tar-headers',
    family: 'tar files',
    reads: ['src/audit/dataset/containers/tar-header.ts'],
    seeds: () => [
      ...tarSeeds().map((tar) => tar.subarray(0, 512)),
      Buffer.from(recordOf('path', 'a') + recordOf('size', '7')),
    ],
    run: ({ bytes }) => {
      const block = Buffer.alloc(512)
      block.set(bytes.subarray(0, 512))
      const header = readTarHeader(block)
      hold(
        header === null || header === 'damaged' || (Number.isSafeInteger(header.bytes) && header.bytes >= 0),
        'a size that is none',
      )
      readRecords(Buffer.from(bytes))
    },
  },
  {
    name: 'webdataset',
    family: 'tar files',
    reads: ['src/audit/dataset/containers/webdataset.ts', 'src/audit/dataset/containers/tar-samples.ts', 'src/audit/dataset/jsonl.ts', 'src/audit/dataset/containers/integer-vector.ts'], // prettier-ignore
    seeds: tarSeeds,
    repair: repairTar,
    run: async ({ file }) => {
      const path = file('shard.tar')
      accountFor(
        await readDataset(planOf(path, { format: 'webdataset', images: path, map: RACE, unknownValues: 'keep' })),
      )
    },
  },
  {
    name: 'class-list',
    family: 'tar files',
    reads: ['src/audit/dataset/containers/class-list.ts', 'src/audit/dataset/containers/shard-classes.ts'],
    seeds: () => [Buffer.from('Black\nWhite\n'), Buffer.from('Black\r\nBlack\n'), Buffer.from('\ufeffBlack\n\nWhite')],
    run: async ({ folder, bytes }) => {
      const path = join(folder, 'shards', 'a.tar')
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, tarBytes([{ name: 'a.cls', content: '1' }, { name: 'a.png', content: 'x' }])) // prettier-ignore
      writeFileSync(join(dirname(path), 'classnames.txt'), bytes)
      const map = [{ attribute: 'race', column: 'cls' }]
      accountFor(await readDataset(planOf(path, { format: 'webdataset', images: path, map, unknownValues: 'keep' })))
    },
  },
  {
    name: 'parquet-table',
    family: 'Parquet files',
    reads: [...PARQUET, 'src/audit/dataset/parquet-table.ts', 'src/audit/dataset/containers/parquet-cell-text.ts'],
    seeds: parquetSeeds,
    repair: repairParquet,
    run: async ({ file }) => {
      const table = await openParquetTable(file('table.parquet'), false)
      for await (const row of table.rows(table.header)) hold(row.cells.length === table.header.length, 'a ragged row')
    },
  },
  {
    name: 'parquet-dataset',
    family: 'Parquet files',
    reads: [...PARQUET, 'src/audit/dataset/containers/parquet-labels.ts', 'src/audit/dataset/containers/parquet-images.ts', 'src/audit/dataset/parquet-cells.ts', 'src/audit/dataset/containers/class-names.ts'], // prettier-ignore
    seeds: parquetSeeds,
    repair: repairParquet,
    run: async ({ file }) => {
      const path = file('data.parquet')
      const dataset = await readDataset(planOf(path, { format: 'parquet', images: dirname(path), map: RACE, unknownValues: 'keep' })) // prettier-ignore
      accountFor(dataset)
      const read = openCells()
      for (const [row, part] of (dataset.parts ?? []).entries())
        if (part?.member?.kind === 'cell' && !dataset.quarantined.has(row)) await read(path, part.member)
    },
  },
  {
    name: 'parquet-vectors',
    family: 'Parquet files',
    reads: [...PARQUET, 'src/audit/embedding/import/parquet-vectors.ts'],
    seeds: parquetSeeds,
    repair: repairParquet,
    run: async ({ file }) => {
      const { block, handle, ids, missing } = await parquetVectors(file('vectors.parquet'), {
        column: null,
        idColumn: null,
      })
      await handle.close()
      hold(ids === null || ids.length === block.rows, 'not an id for each vector')
      hold(missing >= 0, 'fewer rows than vectors')
    },
  },
]
