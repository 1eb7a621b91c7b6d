import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset, readDatasetApart } from '../../../../src/audit/dataset/read-dataset.js'
import type { Dataset } from '../../../../src/audit/types/dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { npyBytes } from '../../embedding/import/vector-files.js'
import { counts, planOf, refusal, testFolder, write } from '../helpers.js'

const folder = testFolder()

type Files = Readonly<Record<string, string | Uint8Array>>

/** A tar file with these members in order, written by tar, in `into` or a folder of its own. */
function tarWith(files: Files, into = mkdtempSync(join(folder, 'set-')), name = '0.tar'): string {
  const members = mkdtempSync(join(folder, 'members-'))
  for (const [member, content] of Object.entries(files)) write(members, content, member)
  execFileSync('tar', ['-cf', join(into, name), '-C', members, '--no-recursion', ...Object.keys(files)])
  return join(into, name)
}

const integers = (...numbers: number[]): Buffer =>
  npyBytes(`{'descr': '<i4', 'fortran_order': False, 'shape': (${numbers.length},), }\n`, Buffer.from(Int32Array.from(numbers).buffer)) // prettier-ignore
const RACE = [{ attribute: 'race', column: 'race' }]
const read = (path: string, parts: Partial<DatasetPlan> = {}): Promise<Dataset> =>
  readDataset(planOf(path, { format: 'webdataset', images: path, map: RACE, ...parts }))
const DATACOMP = 'race:black\nrace:white\ngender:male\ngender:female\nage:0-2\nage:3-9\n'

describe('the columns of a WebDataset', () => {
  it('are texts without the space around them, and single integers with the names of their classes', async () => {
    const at = mkdtempSync(join(folder, 'set-'))
    write(at, 'Black\nWhite\n', 'classnames.txt')
    const path = tarWith({ 'a.npy': integers(1), 'a.png': 'x', 'a.txt': ' studio \n', 'b.npy': integers(-1), 'b.png': 'y', 'b.txt': 'street' }, at) // prettier-ignore
    const { attributes } = await read(path, { map: [{ attribute: 'race', column: 'npy' }, { attribute: 'place', column: 'txt' }] }) // prettier-ignore
    expect(counts(attributes[0])).toEqual([
      ['White', 1],
      ['unknown', 1],
    ])
    expect(counts(attributes[1]).map(([value]) => value)).toEqual(['street', 'studio'])
  })

  it('may name the image otherwise than its member does', async () => {
    const path = tarWith({ 'a.json': '{"race":"x","id":"p/1.jpg"}', 'a.png': 'x' })
    const { images, parts } = await read(path, { map: [...RACE, { attribute: 'image', column: 'id' }] })
    expect(images).toEqual(['p/1.jpg'])
    expect(parts?.[0]?.member).toMatchObject({ kind: 'bytes', name: 'a.png' })
  })

  it('are refused by name where no key has them, with those that some key has', async () => {
    const path = tarWith({ 'a.json': '{"sex":"x"}', 'a.png': 'x', 'b.json': '{"age":"3"}', 'b.png': 'y' })
    expect((await refusal(read(path))).message).toBe(
      `${path}: columns: expected a column "race" but received the columns "__key__", "sex", "age"`,
    )
  })

  it('need no image where none is read: decisions and vectors come from elsewhere', async () => {
    const path = tarWith({ 'a.json': '{"race":"x"}', 'b.json': '{"race":"y"}', 'b.png': 'y' })
    expect((await read(path, { images: null })).quarantined.size).toBe(0)
    expect([...(await read(path)).quarantined.keys()]).toEqual([0])
  })

  it.each([
    ['a vector of one number too many', { 'a.npy': integers(1, 0), 'a.png': 'x' }, null, 'a: .npy: expected one integer but received 2 integers. Write annotations as .json members'], // prettier-ignore
    ['something else than a vector', { 'a.npy': 'x', 'a.png': 'x' }, null, 'a: .npy: expected one integer but received something else. Write'], // prettier-ignore
    ['a vector that DataComp does not write', { 'a.npy': integers(1, 0, 1), 'a.png': 'x' }, DATACOMP, '.npy: expected integers for age, gender, race, race_binary but received 3 integers. Write'], // prettier-ignore
  ] as [string, Files, string | null, string][])('are refused with %s', async (_, files, classes, message) => {
    const at = mkdtempSync(join(folder, 'set-'))
    if (classes !== null) write(at, classes, 'classnames.txt')
    expect((await refusal(read(tarWith(files, at), { map: [{ attribute: 'race', column: 'npy' }] }))).message).toContain(message) // prettier-ignore
  })
})

describe('the members of a WebDataset', () => {
  it('that are folders need no mention; those that belong to no key are counted by kind, in alphabetical order', async () => {
    const members = mkdtempSync(join(folder, 'members-'))
    mkdirSync(join(members, 'p'))
    for (const [name, content] of Object.entries({ 'p/a.json': '{"race":"x"}', 'p/a.png': 'x', README: '', '.hidden': '' })) write(members, content, name) // prettier-ignore
    execFileSync('mkfifo', [join(members, 'pipe.png')])
    const path = join(mkdtempSync(join(folder, 'set-')), '0.tar')
    execFileSync('tar', ['-cf', path, '-C', members, '--no-recursion', 'README', 'p', 'p/a.json', 'p/a.png', '.hidden', 'pipe.png']) // prettier-ignore
    const { images, warnings } = await read(path)
    expect(images).toEqual(['p/a.png'])
    expect(warnings).toEqual([
      {
        code: 'tar.skipped',
        count: 3,
        message: 'members of tar files that are not read: 1 devices and other special files, 2 names without a key or an ending', // prettier-ignore
      },
    ])
  })

  it('are no dataset where none of them belongs to a key', async () => {
    expect((await refusal(read(tarWith({ README: 'x' })))).message).toMatch(/at least one row but received 0 rows$/)
  })

  it('of one key are refused in two files, with the name of the first', async () => {
    const at = mkdtempSync(join(folder, 'set-'))
    for (const name of ['0.tar', '1.tar']) tarWith({ 'a.json': '{"race":"x"}', 'a.png': 'x' }, at, name)
    expect((await refusal(read(at))).message).toMatch(
      /1\.tar: "a": expected members of one key side by side, and every key once but received the key of an image in 0\.tar\. Sort/,
    )
  })

  it('that say something of an image are refused beyond a megabyte; images are not', async () => {
    const large = 'x'.repeat(1024 * 1024 + 1)
    expect((await read(tarWith({ 'a.json': '{"race":"x"}', 'a.png': large }))).images).toEqual(['a.png'])
    const said = { 'a.json': JSON.stringify({ race: large }), 'a.png': 'x' }
    expect((await refusal(read(tarWith(said)))).message).toMatch(
      /"a\.json": expected at most 1048576 bytes that say something of an image but received 1048\d+\. Keep vectors/,
    )
  })

  it('are not quoted in a refusal where a column of them is who people are', async () => {
    const path = tarWith({ 'a.json': '["Ada Lovelace"]', 'a.png': 'x' })
    const plan = planOf(path, { format: 'webdataset', images: path, map: [{ attribute: 'identity', column: 'who' }] })
    expect((await refusal(readDataset(plan))).message).toContain('Ada Lovelace')
    expect((await refusal(readDatasetApart(plan, 'identity'))).message).toMatch(/received something else\./)
  })
})
