import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { sourceOf } from '../../../src/audit/dataset/image-source.js'
import { openSources } from '../../../src/audit/embedding/read-source.js'
import { DEFAULT_IMAGE_LIMITS } from '../../../src/audit/model/image-limits.js'
import { readImageBytes } from '../../../src/audit/model/read-image-bytes.js'
import type { ImageMember } from '../../../src/audit/types/dataset.js'
import type { FileState } from '../../../src/audit/types/files.js'
import { hubSchema, writeParquet } from '../dataset/parquet-helpers.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-source-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = openSources({ readBytes: (path, range) => readImageBytes(path, DEFAULT_IMAGE_LIMITS, range) })
const stateOf = (path: string): FileState => statSync(path, { bigint: true })

async function contentOf(path: string, member: ImageMember | null, indexed = stateOf(path)): Promise<string> {
  const parts = [{ member, box: null }]
  const found = await read(sourceOf({ paths: [path], parts, containers: new Map([[path, indexed]]) }, 0))
  return found.kind === 'fault' ? `${found.code}: ${found.reason}` : found.bytes.toString('latin1')
}

const plain = join(folder, 'plain.bin')
writeFileSync(plain, 'abcdefghij')
const member = (offset: number, bytes: number): ImageMember => ({ kind: 'bytes', name: 'm', offset, bytes })
const parquet = writeParquet(
  join(folder, 'x.parquet'),
  [
    {
      name: 'image',
      data: [{ bytes: Buffer.from('xyz'), path: null }, null, { bytes: new Uint8Array(0), path: null }],
    },
  ],
  { schema: hubSchema([]) },
)
const cell = (row: number): ImageMember => ({ kind: 'cell', name: `#${row}`, column: 'image', row })

describe('openSources', () => {
  it('reads a whole file, some bytes of one, and a cell', async () => {
    expect(await contentOf(plain, null)).toBe('abcdefghij')
    expect(await contentOf(plain, member(3, 4))).toBe('defg')
    expect(await contentOf(parquet, cell(0))).toBe('xyz')
  })

  it('says why there is no image: outside its container, an empty member, no bytes, an empty cell', async () => {
    expect(await contentOf(plain, member(8, 4))).toBe('image.truncated: its container ends before it does')
    expect(await contentOf(plain, member(8, 0))).toMatch(/^image\.empty/)
    expect(await contentOf(parquet, cell(1))).toBe('image.missing: the cell holds no image')
    expect(await contentOf(parquet, cell(2))).toBe('image.empty: the cell has no bytes')
  })

  it('reads nothing of a container that is another one than when its index was read', async () => {
    for (const [path, inside] of [
      [plain, member(0, 3)],
      [parquet, cell(0)],
    ] as const) {
      const before = { ...stateOf(path), mtimeNs: 1n }
      expect(await contentOf(path, inside, before)).toMatch(/^file\.changed: its container/)
    }
    expect(await contentOf(plain, null, { ...stateOf(plain), mtimeNs: 1n })).toBe('abcdefghij') // a file of its own has no index
  })

  it('has a fault, and no crash, for a container that is gone or is no longer one', async () => {
    const gone = join(folder, 'gone.parquet')
    expect(await contentOf(gone, cell(0), stateOf(plain))).toMatch(/^file\.missing/)
    expect(await contentOf(gone, member(0, 3), stateOf(plain))).toMatch(/^file\.missing/)
    expect(await contentOf(plain, cell(0))).toBe('file.unreadable: its container cannot be read')
  })

  it('refuses a member of 2 GB before memory is set aside for it', async () =>
    expect(await contentOf(plain, member(0, 2_000_000_000))).toMatch(/^file\.too-large/))
})
