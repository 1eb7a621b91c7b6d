import { describe, expect, it } from 'vitest'
import { chooseDatasetFiles } from '../../../src/audit/hub/choose-dataset-files.js'
import { partsOf } from '../../../src/audit/hub/dataset-parts.js'
import type { DatasetPart, Repository } from '../../../src/audit/types/pull.js'

/** As HuggingFaceM4/FairFace is laid out. */
const FACES = ['README.md', ...['0.25', '1.25'].flatMap((config) => ['train-00000-of-00002-ab.parquet', 'train-00001-of-00002-cd.parquet', 'validation-00000-of-00001-ef.parquet'].map((name) => `${config}/${name}`))] // prettier-ignore
/** As the hub's own conversion is laid out. */
const CONVERTED = ['default/train/0000.parquet', 'default/train/0001.parquet', 'default/test/0000.parquet']

type Choice = Partial<Parameters<typeof chooseDatasetFiles>[1]>
function choose(paths: readonly string[], choice: Choice = {}, parts: readonly DatasetPart[] = []): string[] {
  const files = paths.map((path) => ({ path, bytes: 1, checksum: { kind: 'git-sha1', hex: '' } as const }))
  const repository: Repository = { kind: 'dataset', endpoint: 'https://hub.test', id: 'org/faces', asked: 'main', revision: '0'.repeat(40), licence: null, isGated: false, files, parts } // prettier-ignore
  return chooseDatasetFiles(repository, { config: null, split: null, include: [], ...choice }).map(({ path }) => path)
}

describe('chooseDatasetFiles', () => {
  it('takes every Parquet file, and the card', () => expect(choose([...FACES, 'x.py'])).toEqual(FACES))

  it('takes one configuration and one split, told from the paths', () => {
    expect(choose(FACES, { config: '0.25', split: 'validation' })).toEqual(['README.md', FACES[3]])
    expect(choose(CONVERTED, { split: 'train' })).toEqual(CONVERTED.slice(0, 2))
    expect(choose(CONVERTED, { config: 'default' })).toEqual(CONVERTED)
  })

  it('believes the card before the paths', () => {
    const configs = [{ config_name: 'small', data_files: [{ split: 'validation', path: ['0.25/train-*'] }] }]
    const parts = partsOf({ configs })
    expect(parts).toEqual([{ config: 'small', split: 'validation', pattern: '0.25/train-*' }])
    expect(choose(FACES, { split: 'validation', config: 'small' }, parts)).toEqual(['README.md', FACES[1], FACES[2]])
  })

  it('reads every way in which a card may name files, and leaves out what it does not know', () => {
    const configs = [{ config_name: 'a', data_files: 'a.parquet' }, { config_name: 'b', data_files: ['b.parquet', { path: 'c.parquet' }, 7] }, { config_name: 'd' }, 'e'] // prettier-ignore
    expect(partsOf({ configs })).toEqual([
      { config: 'a', split: 'train', pattern: 'a.parquet' },
      { config: 'b', split: 'train', pattern: 'b.parquet' },
      { config: 'b', split: 'train', pattern: 'c.parquet' },
    ])
    expect(partsOf(null)).toEqual([])
  })

  it('takes other files by pattern', () => {
    expect(
      choose(['labels/a.csv', 'labels/b.txt', 'images/1.png', 'images/x/2.png'], {
        include: ['labels/*.csv', 'images/'],
      }),
    ).toEqual(['labels/a.csv', 'images/1.png', 'images/x/2.png'])
  })

  it('names what there is instead', () => {
    expect(() => choose(FACES, { split: 'test' })).toThrow(
      'expected Parquet files of the split "test" but received none among its 7 files. It has "0.25/train-00000',
    )
    expect(() => choose(['a.csv'])).toThrow('org/faces@refs/convert/parquet, or name other files with --include.')
    expect(() => choose(['a.csv'], { include: ['*.png'] })).toThrow('It has "a.csv"')
    const parts = partsOf({ configs: [{ config_name: 'small', data_files: [{ split: 'train', path: '**' }] }] })
    expect(() => choose(FACES, { split: 'test' }, parts)).toThrow('It has "small / train".')
  })

  it('takes the name of a split for text, not for a pattern', () => {
    expect(() => choose(['data/train-0.parquet'], { split: '.*' })).toThrow('of the split ".*"')
  })
})
