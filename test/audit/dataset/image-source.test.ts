import { describe, expect, it } from 'vitest'
import { sourceOf } from '../../../src/audit/dataset/image-source.js'
import type { ImageMember } from '../../../src/audit/types/dataset.js'

const STATE = { size: 1n, mtimeNs: 2n, ctimeNs: 3n, ino: 4n }
const bytes = (name: string, offset: number): ImageMember => ({ kind: 'bytes', name, offset, bytes: 10 })
const cell = (name: string, row: number): ImageMember => ({ kind: 'cell', name, column: 'image', row })

describe('sourceOf', () => {
  const paths = ['/d/a.jpg', '/d/x.tar', '/d/x.tar', '/d/x.parquet', '']
  const parts = [null, ...[bytes('1.jpg', 512), bytes('1.jpg', 2048), cell('1.jpg', 3)].map((member) => ({ member, box: null }))] // prettier-ignore
  const containers = new Map([['/d/x.tar', STATE]])
  const sources = paths.map((_, row) => sourceOf({ paths, parts, containers }, row))

  it('names a file by its path, and a member by what it is called in its container', () =>
    expect(sources.map(({ path, name }) => [path, name])).toEqual([
      ['/d/a.jpg', '/d/a.jpg'],
      ['/d/x.tar', '1.jpg'],
      ['/d/x.tar', '1.jpg'],
      ['/d/x.parquet', '1.jpg'],
      ['', ''],
    ]))

  it('has one key for each place, also where two members are called the same', () =>
    expect(new Set(sources.map(({ key }) => key)).size).toBe(paths.length))

  it('knows the state in which a container was read, and none of a file of its own', () =>
    expect(sources.map(({ indexed }) => indexed)).toEqual([null, STATE, STATE, null, null]))

  it('says the same of a dataset without containers, or without images', () => {
    expect(sourceOf({ paths: ['/d/a.jpg'] }, 0)).toMatchObject({ path: '/d/a.jpg', member: null, box: null })
    expect(sourceOf({ paths: null }, 0)).toMatchObject({ path: '', key: '' })
  })
})
