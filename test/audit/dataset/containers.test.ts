import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTar } from '../../../src/audit/dataset/containers/read-tar.js'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'
import type { DatasetPlan } from '../../../src/audit/types/definitions.js'
import { counts, planOf, refusal, testFolder, write } from './helpers.js'
import { INTEGER, TEXT, classLabel, hubFeatures, hubSchema, writeParquet } from './parquet-helpers.js'

const folder = testFolder()
let folders = 0
/** A fresh folder with these files. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = join(folder, `f${folders++}`)
  mkdirSync(root)
  for (const [name, content] of Object.entries(files)) write(root, content, name)
  return root
}
function tarWith(
  files: Readonly<Record<string, string | Uint8Array>>,
  format = 'gnu',
  names = Object.keys(files),
): string {
  const root = folderWith(files)
  const path = join(folder, `t${folders++}.tar`)
  execFileSync('tar', [`--format=${format}`, '-cf', path, '-C', root, ...names])
  return path
}
const RACE = [{ attribute: 'race', column: 'race' }]
const read = (format: DatasetPlan['format'], path: string, parts: Partial<DatasetPlan> = {}): Promise<Dataset> =>
  readDataset(planOf(path, { format, images: path.endsWith('.tar') ? path : path.endsWith('.parquet') ? dirname(path) : path, map: RACE, ...parts })) // prettier-ignore
const image = (path: string | null, bytes: string | null = 'x') => ({ bytes: bytes === null ? null : Buffer.from(bytes), path }) // prettier-ignore

function hub(
  name: string,
  images: unknown[],
  races: (bigint | null)[],
  names: string[] | null = ['Black', 'White'],
): string {
  const kvMetadata = names === null ? [] : hubFeatures({ race: classLabel(...names) })
  return writeParquet(
    join(folder, name),
    [
      { name: 'image', data: images },
      { name: 'race', data: races },
    ],
    { schema: hubSchema([INTEGER('race')]), kvMetadata },
  )
}

/** Two shards of one split, each with its own names of classes. */
function shards(...names: readonly (string[] | null)[]): string {
  const root = `f${folders++}`
  mkdirSync(join(folder, root))
  names.forEach((some, index) =>
    hub(join(root, `train-0000${index}-of-00002.parquet`), [image(`${index}.png`)], [0n], some),
  )
  return join(folder, root)
}

describe('Parquet', () => {
  it('names classes by the footer, takes -1 and null as unknown, and quarantines a row without an image', async () => {
    const dataset = await read('parquet', hub('classes.parquet', [image('a.png'), image('b.png'), image('c.png'), image(null, null)], [1n, 0n, -1n, null])) // prettier-ignore
    expect(counts(dataset.attributes[0])).toEqual([
      ['Black', 1],
      ['White', 1],
      ['unknown', 2],
    ])
    expect(dataset.images).toEqual(['a.png', 'b.png', 'c.png', 'classes.parquet#3'])
    expect([...dataset.quarantined].map(([row, { code }]) => [row, code])).toEqual([[3, 'image.missing']])
    expect(dataset.parts?.[1]?.member).toEqual({ kind: 'cell', name: 'b.png', column: 'image', row: 1 })
  })

  it('numbers images whose names repeat, and finds a file where there are no bytes', async () => {
    const repeated = await read('parquet', hub('repeated.parquet', [image('image.png', 'x'), image('image.png', 'y')], [0n, 1n])) // prettier-ignore
    expect(repeated.images).toEqual(['repeated.parquet#0', 'repeated.parquet#1'])
    expect(repeated.quarantined.size).toBe(0)
    write(folder, 'x', 'beside.png')
    const { paths, parts } = await read('parquet', hub('mixed.parquet', [image('beside.png', null), image('in.png')], [0n, 1n])) // prettier-ignore
    expect(paths).toEqual([join(folder, 'beside.png'), join(folder, 'mixed.parquet')])
    expect(parts?.map((part) => part?.member?.kind ?? null)).toEqual([null, 'cell'])
  })

  it('takes values of the plan for integers that nobody names', async () => {
    const reading = { attributes: [{ name: 'race', values: ['White', 'Black'] }] }
    const dataset = await read('parquet', hub('bare.parquet', [image('a'), image('b')], [1n, -1n], null), { reading })
    expect(counts(dataset.attributes[0])).toEqual([
      ['White', 0],
      ['Black', 1],
      ['unknown', 1],
    ])
  })

  it('needs no image where none is read: decisions and vectors come from elsewhere', async () => {
    const path = hub('no-image.parquet', [image(null, null), image('b.png')], [0n, 1n])
    expect((await read('parquet', path, { images: null })).quarantined.size).toBe(0)
    expect((await read('parquet', path)).quarantined.size).toBe(1)
  })

  it('reads a table of file names as CSV is read', async () => {
    const root = folderWith({ 'a.png': 'x' })
    const path = writeParquet(join(root, 'table.parquet'), [{ name: 'file', data: ['a.png', 'b.png'] }, { name: 'race', data: ['x', 'y'] }], { schema: [{ name: 'root', num_children: 2 }, TEXT('file'), TEXT('race')] }) // prettier-ignore
    const { quarantined, paths } = await read('parquet', path)
    expect([paths?.[0], quarantined.get(1)?.code]).toEqual([join(root, 'a.png'), 'file.missing'])
  })

  it.each([
    ['integers without names', () => hub('no-names.parquet', [image('a')], [1n], null), /integers without names in the column "race"\. Give them in the plan, in the order from 0/], // prettier-ignore
    ['an integer beyond the names', () => hub('beyond.parquet', [image('a')], [7n]), /beyond\.parquet:1: "race": expected an integer from 0 to 1.* received 7\. Write/], // prettier-ignore
    ['shards of which one has no names', () => shards(['Black', 'White'], null), /train-00001-of-00002\.parquet: "race": expected the 2 names of classes of train-00000-of-00002\.parquet, in their order but received none\. Write/], // prettier-ignore
    ['shards of which only a later one has names', () => shards(null, ['Black', 'White']), /"race": expected no names of classes, as in train-00000-of-00002\.parquet but received 2 names\. Write/], // prettier-ignore
    ['shards with names in another order', () => shards(['Black', 'White'], ['White', 'Black']), /in their order but received others\. Write/], // prettier-ignore
    ['a missing shard', () => dirname(write(folderWith({}), 'x', 'train-00001-of-00002.parquet')), /train-\*-of-00002\.parquet: expected 2 files, numbered from 0 but received 1 of them; number 0 is missing\. Download/], // prettier-ignore
    ['shards of two versions', () => folderWith({ 'train-00000-of-00002.parquet': '', 'train-00001-of-00002.parquet': '', 'train-00001-of-00002-aa.parquet': '' }), /one number twice\. Download what is missing, or take away/], // prettier-ignore
    ['several splits', () => folderWith({ 'test-00000-of-00001.parquet': '', 'train-00000-of-00001.parquet': '' }), /expected one split but received "test", "train"\. Name the file or folder of one, or filter/], // prettier-ignore
    [
      'a folder one level off',
      () => folderWith({ '0.25/x.parquet': '' }),
      /none, but the folders "0\.25"\. Name the file/,
    ],
    ['a folder of other things', () => folderWith({ 'a.txt': '' }), /received none\. Name the file/],
  ])('refuses %s, with a cure', async (_, path, message) =>
    expect((await refusal(read('parquet', path()))).message).toMatch(message),
  )
})

describe('WebDataset', () => {
  const sample = (key: string, race: string) => ({ [`${key}.png`]: `image of ${key}`, [`${key}.json`]: `{"race":"${race}"}` }) // prettier-ignore

  it.each(['gnu', 'pax', 'ustar'])(
    'gives the place of every image in a file by tar, long names too: %s',
    async (format) => {
      const long = `${'folder-with-a-long-name/'.repeat(5)}한글-${'x'.repeat(40)}`
      const path = tarWith({ ...sample('a', 'x'), ...sample(long, 'y') }, format)
      const { images, parts } = await read('webdataset', path)
      expect(images).toEqual(['a.png', `${long}.png`])
      const content = readFileSync(path)
      const found = parts?.map((part) => (part?.member?.kind === 'bytes' ? content.toString('utf8', part.member.offset, part.member.offset + part.member.bytes) : null)) // prettier-ignore
      expect(found).toEqual(['image of a', `image of ${long}`])
    },
  )

  it('passes links and names that lead out over and counts them; a key without an image is quarantined', async () => {
    const root = folderWith({ ...sample('a', 'x'), 'b.json': '{"race":"y"}', 'd.png': 'x' })
    symlinkSync('a.png', join(root, 'c.png'))
    execFileSync('tar', [
      '-P',
      '-cf',
      join(root, 'x.tar'),
      '-C',
      root,
      'a.json',
      'a.png',
      'b.json',
      'c.png',
      `${root}/d.png`,
    ])
    const { warnings, quarantined, images } = await read('webdataset', join(root, 'x.tar'))
    expect(images).toEqual(['a.png', 'b'])
    expect(quarantined.get(1)?.code).toBe('image.missing')
    expect(warnings).toEqual([{ code: 'tar.skipped', count: 2, message: 'members of tar files that are not read: 1 links, 1 names that lead out' }]) // prettier-ignore
  })

  it('reads classes by classnames.txt, in the layout of CLIP_benchmark, shards by number', async () => {
    const root = folderWith({ 'classnames.txt': 'Black\nWhite\n', 'test/nshards.txt': '11\n' })
    for (let shard = 0; shard < 11; shard++) {
      const tar = tarWith({ [`s${shard}.cls`]: `${shard % 2}`, [`s${shard}.webp`]: 'x' })
      write(root, readFileSync(tar), `test/${shard}.tar`)
    }
    const { images, attributes, sources } = await read('webdataset', root, { map: [{ attribute: 'race', column: 'cls' }] }) // prettier-ignore
    expect(images[10]).toBe('s10.webp')
    expect(counts(attributes[0])).toEqual([
      ['Black', 6],
      ['White', 5],
    ])
    expect(sources.map(({ file }) => file)).toEqual([...Array(11).keys()].map((shard) => `${shard}.tar`).concat('classnames.txt')) // prettier-ignore
  })

  it('reads the vectors of DataComp by numpy, with the names of its objectives', async () => {
    const root = folderWith({ 'classnames.txt': 'race:black\nrace:white\ngender:male\ngender:female\nage:0-2\nage:3-9\ntoxic:thief\n', 'a.jpg': 'x' }) // prettier-ignore
    execFileSync('python3', ['-c', 'import numpy,sys; numpy.save(sys.argv[1], numpy.array([1,0,1,1]))', join(root, 'a.npy')]) // prettier-ignore
    mkdirSync(join(root, 'test'))
    execFileSync('tar', ['-cf', join(root, 'test/0.tar'), '-C', root, 'a.jpg', 'a.npy'])
    const map = ['race', 'gender', 'age'].map((name) => ({ attribute: name, column: name }))
    const { attributes } = await read('webdataset', root, { map })
    expect(attributes.map(({ values, codes }) => values[codes[0]])).toEqual(['white', 'male', '3-9'])
  })

  const two = () => tarWith({ ...sample('a', 'x'), ...sample('b', 'y') })
  const cut = (bytes: (length: number) => number) => () => {
    const content = readFileSync(two())
    return write(folder, content.subarray(0, bytes(content.length)), `cut-${folders++}.tar`)
  }
  it.each([
    ['a key that comes again', () => tarWith({ ...sample('a', 'x'), ...sample('b', 'y'), 'c/a': '' }, 'gnu', ['a.png', 'b.png', 'a.json']), /"a": expected members of one key side by side.* the same key again later\. Sort/], // prettier-ignore
    ['two images of one key', () => tarWith({ 'a.png': 'x', 'a.jpg': 'y' }), /one image for each key but received "a\.png" and "a\.jpg"\. Give/], // prettier-ignore
    ['a tar cut inside a member', cut(() => 3 * 512 + 5), /cut short inside "a\.json"; the last whole member is "a\.png"\. Download/], // prettier-ignore
    [
      'a tar cut between members',
      cut(() => 4 * 512),
      /cut short before its end is marked; the last whole member is "a\.json"/,
    ],
    ['a compressed tar', () => { const path = two(); execFileSync('gzip', [path]); const to = `${path}.gz.tar`; writeFileSync(to, readFileSync(`${path}.gz`)); return to }, /compressed with gzip\. Unpack it with gunzip/], // prettier-ignore
    [
      'text',
      () => write(folder, 'no tar\n'.repeat(100), 'text.tar'),
      /expected a tar file but received something else\. Download/,
    ],
    ['files that were joined', () => write(folder, Buffer.concat([readFileSync(two()), readFileSync(two())]), 'joined.tar'), /more behind its end, as when files are joined; .*Keep every/], // prettier-ignore
    ['JSON that is none', () => tarWith({ 'a.png': 'x', 'a.json': '[1]' }), /a: expected one JSON object/],
    [
      'classes without names',
      () => tarWith({ 'a.png': 'x', 'a.cls': '3' }),
      /integers without names in the column "cls"\. Give/,
    ],
    [
      'classes without names that only a later key has',
      () => tarWith({ 'a.png': 'x', 'b.cls': '0', 'b.png': 'x', 'c.cls': '1', 'c.png': 'x' }),
      /integers without names in the column "cls"\. Give/,
    ],
    ['a class list with an empty line', () => { const root = folderWith({ 'classnames.txt': 'x\n\ny\n' }); return write(root, readFileSync(tarWith({ 'a.png': 'x', 'a.cls': '1' })), 'a.tar') }, /classnames\.txt:2: expected the name of a class but received an empty line\. Write/], // prettier-ignore
    ['a class list of something else, above', () => { const root = folderWith({ 'classnames.txt': 'x\ny\n' }); return write(root, readFileSync(tarWith({ 'a.png': 'x', 'a.cls': '1' })), 'mine/a.tar') }, /integers without names in the column "cls"/], // prettier-ignore
    ['a class beyond the names', () => { const root = folderWith({ 'classnames.txt': 'x\n' }); return write(root, readFileSync(tarWith({ 'a.png': 'x', 'a.cls': '3' })), 'a.tar') }, /an integer from 0 to 0, which classnames\.txt names.* received 3\. Take/], // prettier-ignore
  ] as const)('refuses %s, with a cure', async (name, path, message) => {
    const map = [{ attribute: 'race', column: name.includes('class') ? 'cls' : 'race' }]
    expect((await refusal(read('webdataset', path(), { map }))).message).toMatch(message)
  })

  it('refuses a folder of fewer tar files than it counts, and one of several splits', async () => {
    const few = folderWith({ 'nshards.txt': '2', '0.tar': '' })
    expect((await refusal(read('webdataset', few))).message).toMatch(/the 2 tar files that nshards\.txt counts but received 1; "1\.tar" missing/) // prettier-ignore
    const splits = folderWith({ 'test/0.tar': '', 'train/0.tar': '' })
    expect((await refusal(read('webdataset', splits))).message).toMatch(/several such folders: "test", "train"\. Name/)
  })

  it('never crashes or hangs on damaged bytes', async () => {
    const content = readFileSync(two())
    const path = join(folder, 'flipped.tar')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(content.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (flips) => {
          // prettier-ignore
          const damaged = Buffer.from(content)
          for (const [place, value] of flips) damaged[place] = value
          writeFileSync(path, damaged)
          const names: string[] = []
          const reading = async () => {
            for await (const { name } of readTar(path, () => true).members) names.push(name)
          }
          const ended: unknown = await reading().catch((error: unknown) => error)
          expect(ended === undefined || (ended as Error).constructor.name === 'DatasetError').toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('imagefolder', () => {
  it('reads the metadata of each split, with names relative to it', async () => {
    const root = folderWith({ 'test/metadata.jsonl': '{"file_name":"a.png","race":"x"}\n', 'test/a.png': '1', 'dev/metadata.jsonl': '{"file_name":"b/c.png","race":"y"}\n', 'dev/b/c.png': '2' }) // prettier-ignore
    const map = [...RACE, { attribute: 'split', column: 'split' }]
    const { images, paths, sources, attributes } = await read('imagefolder', root, { map })
    expect(attributes[1].values).toEqual(['dev', 'test'])
    expect((await read('imagefolder', root, { map, where: [{ attribute: 'split', values: ['dev'] }] })).excluded.size).toBe(1) // prettier-ignore
    expect(images).toEqual(['dev/b/c.png', 'test/a.png'])
    expect(paths).toEqual(images.map((name) => join(root, name)))
    expect(sources.map(({ file, rows }) => [file, rows])).toEqual([
      ['dev/metadata.jsonl', 1],
      ['test/metadata.jsonl', 1],
    ])
  })

  it('counts files that are no images', async () => {
    const root = folderWith({ 'x/a.png': '1', 'y/b.png': '2', 'y/notes.zip': '' })
    const { attributes, warnings } = await read('imagefolder', root, { map: [{ attribute: 'race', column: 'folder' }] })
    expect([attributes[0].values, attributes[0].labelledBy]).toEqual([['x', 'y'], 'folder-name'])
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['imagefolder.other-files', 1]])
  })

  it.each([
    ['two kinds of metadata', { 'metadata.csv': '', 'metadata.jsonl': '' }, /metadata of one kind but received metadata\.csv and metadata\.jsonl\. Keep/], // prettier-ignore
    ['images at different depths', { 'x/a.png': '', 'y/z/b.png': '' }, /all images at the same depth but received "x\/a\.png" and "y\/z\/b\.png"\. Sort/], // prettier-ignore
    ['a single folder', { 'x/a.png': '' }, /at least two folders of images but received "x"\. Sort/],
    ['no image', { 'x/a.txt': '' }, /0 rows/],
    ['several splits', { 'train/x/a.png': '', 'test/y/b.png': '' }, /expected one split but received "test", "train"/],
    ['several splits, each with its metadata', { 'train/metadata.csv': 'file_name,folder\na.png,x\n', 'test/metadata.csv': 'file_name,folder\nb.png,y\n' }, /expected one split but received "test", "train"\. Name the file or folder of one, or filter with --map split=split --where split=train/], // prettier-ignore
    ['metadata without the column', { 'metadata.csv': 'file_name,sex\na.png,x\n', 'a.png': '' }, /a column "folder"/],
  ])('refuses %s, with a cure', async (_, files, message) => {
    const map = [{ attribute: 'race', column: 'folder' }]
    expect((await refusal(read('imagefolder', folderWith(files), { map }))).message).toMatch(message)
  })
})
