import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCsv } from '../../src/audit/dataset/csv.js'
import { safeCsvCell, unmarked } from '../../src/audit/dataset/csv-out.js'
import { npyVectors } from '../../src/audit/embedding/import/npy.js'
import { safetensorsVectors } from '../../src/audit/embedding/import/safetensors.js'
import { npyHeader } from '../../src/audit/embedding/npy-header.js'
import { safetensorsHeader } from '../../src/audit/embedding/safetensors-header.js'
import { ENTRY_BYTES, EntryChecksums, keyOf, noteOf } from '../../src/audit/store/segment-entry.js'
import { headerHash, readHeader, writeHeader } from '../../src/audit/store/segment-header.js'
import { allOf } from '../audit/embedding/import/vector-files.js'
import { drive } from '../fuzz/drive.mjs'
import type { Explored } from '../fuzz/drive.mjs'
import { TARGETS } from '../fuzz/targets.js'
import { settle, TORTURE_SEED, tries, upTo } from './torture.js'

/** What is refused in our own words, or read, is right; what is lost, hangs, fills the memory or fails in other words is not. */
describe('parsers under the fuzzer', () => {
  const corpus = mkdtempSync(join(tmpdir(), 'probity-parsers-'))
  let found: readonly Explored[] = []
  beforeAll(async () => {
    const targets = TARGETS.map(({ name }) => name)
    found = await drive({
      targets,
      seed: TORTURE_SEED,
      runs: tries(6, 20_000),
      seconds: upTo(6, 300) / 1_000,
      corpus,
    })
  }, 7_200_000)
  afterAll(() => rmSync(corpus, { recursive: true }))

  it.each([...new Set(TARGETS.map(({ family }) => family))])('keep their promises: %s', (family) => {
    const names = TARGETS.filter((target) => target.family === family).map(({ name }) => name)
    const explored = found.filter(({ target }) => names.includes(target))
    const faults = explored.flatMap((each) => each.faults)
    expect(faults.map(({ target, what }) => `${target}: ${what}`)).toEqual([])
    settle({
      where: 'parsers',
      fault: `${family}: arbitrary bytes, and valid inputs with some of them changed`,
      tried: explored.reduce((sum, { tried }) => sum + tried, 0),
      lost: faults.filter(({ isLost }) => isLost).length,
      wrong: faults.filter(({ isLost }) => !isLost).length,
    })
  })
})

describe('what our own writers write', () => {
  const folder = mkdtempSync(join(tmpdir(), 'probity-written-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'file')
  const vectors = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .chain(([rows, dim]) => fc.tuple(fc.constant([rows, dim] as const), fc.float32Array({ minLength: rows * dim, maxLength: rows * dim }))) // prettier-ignore

  it('is read back as it was: vectors, tables of any text, and entries of the store', async () => {
    const count = tries(30, 3_000)
    let [tried, lost, wrong] = [0, 0, 0]
    for (const [shape, numbers] of fc.sample(vectors, { numRuns: count, seed: TORTURE_SEED })) {
      const data = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
      writeFileSync(path, Buffer.concat([npyHeader(shape), data]))
      const asNpy = await allOf(await npyVectors(path))
      writeFileSync(path, Buffer.concat([safetensorsHeader(shape), data]))
      const asSafetensors = await allOf(await safetensorsVectors(path, null))
      for (const read of [asNpy, asSafetensors]) {
        if (read.length !== numbers.length) lost++
        else if (!read.every((value, index) => Object.is(value, numbers[index]))) wrong++
        tried++
      }
      const header = { space: 'ab', dim: shape[1], settings: { threads: 2 } }
      const checksums = new EntryChecksums(headerHash(writeHeader(header)), shape[1])
      const vector = numbers.slice(0, shape[1])
      const entry = Buffer.alloc(ENTRY_BYTES)
      checksums.write(entry, 0, { key: 'c'.repeat(64), note: shape[0], vector })
      if (!checksums.holds(entry, 0, Buffer.from(vector.buffer), 0)) lost++
      if (keyOf(entry, 0) !== 'c'.repeat(64) || noteOf(entry, 0) !== shape[0]) wrong++
      if (JSON.stringify(readHeader(writeHeader(header), header)) !== JSON.stringify(header)) wrong++
      tried++
    }
    const cell = fc.string({ unit: 'binary', maxLength: 12 })
    const tables = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 })
    for (const rows of fc.sample(tables, { numRuns: count, seed: TORTURE_SEED })) {
      writeFileSync(path, ['a,b', ...rows.map((row) => row.map(safeCsvCell).join(','))].join('\n'))
      const read: string[][] = []
      for await (const { cells } of (await openCsv(path)).rows(['a', 'b'])) read.push(cells.map(unmarked))
      if (read.length !== rows.length) lost++
      else if (JSON.stringify(read) !== JSON.stringify(rows)) wrong++
      tried++
    }
    settle({ where: 'parsers', fault: 'what our own writers write is read again', tried, lost, wrong })
  }, 600_000)
})
