import { spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { MergeOutcome } from '../../src/audit/run-merge.js'
import { contentOf, writeDrawnRun } from '../support/drawn-run.js'
import type { DrawnRun } from '../support/drawn-run.js'
import { MAIN, probity, temporaryFolder, testEnvironment } from './run-cli.js'
import type { Ran } from './run-cli.js'

const IMAGES = 50
const SHARDS = 4
const SETTLED_MS = 2_100 // a file that was written a moment ago is hashed again in the next run

let run: DrawnRun
let alone: string
beforeAll(async () => {
  run = await writeDrawnRun(temporaryFolder(), IMAGES)
  writeFileSync(join(run.images, '7.png'), 'no image') // is found to be none by its shard, and by every audit
  appendFileSync(run.labels, 'gone.png,A\n')
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
  const out = join(run.folder, 'alone')
  expect(audit(join(run.folder, 'store-alone'), out).status).toBe(3) // two images of 51 are a lot
  alone = contentOf(out)
}, 60_000)

const args = (store: string, number: number | string): string[] => ['embed', ...run.evidence, '--where', 'race=A,B', '--store', store, '--shard', String(number)] // prettier-ignore
const shard = (store: string, number: number | string, env: NodeJS.ProcessEnv = {}): Ran =>
  probity(args(store, number), { env: { ...testEnvironment(), ...env } })
const merge = (...more: string[]): Ran => probity(['merge', ...more])
const merged = (store: string): MergeOutcome => JSON.parse(merge('--store', store, '--json').stdout) as MergeOutcome

function audit(store: string, out: string, ...more: string[]): Ran {
  return probity(['audit', ...run.evidence, '--where', 'race=A,B', '--store', store, '--label-set', 'clip-paper', '--out', out, ...more]) // prettier-ignore
}

/** Runs a shard of its own process, beside the others. */
function start(store: string, number: string): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...args(store, number)], { env: testEnvironment() })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })))
}

describe('shards that share a store', () => {
  it(
    'are embedded at once without waiting for each other, and give the audit of a run in one piece',
    { timeout: 120_000 },
    async () => {
      const store = join(run.folder, 'shared')
      const ran = await Promise.all(
        Array.from({ length: SHARDS }, (_, index) => start(store, `${index + 1}/${SHARDS}`)),
      )
      expect(ran.map(({ status }) => status)).toEqual([0, 0, 0, 0])
      expect(ran.filter(({ stderr }) => /wait|segment|beside/i.test(stderr))).toEqual([])
      expect(ran[1].stdout).toMatch(
        /^Shard 2 of 4, \d+ of 51 rows: 0 found in the store, \d+ embedded, \d quarantined, \d+ excluded\n/,
      )
      const { isComplete, merged: [{ rows, quarantined, shards }] } = merged(store) // prettier-ignore
      expect({ isComplete, rows, quarantined, shards }).toEqual({
        isComplete: true,
        rows: { in: 51, processed: 33, quarantined: 2, excluded: 16 },
        quarantined: [
          ['file.missing', 1],
          ['image.format', 1],
        ],
        shards: { done: [1, 2, 3, 4], begun: [], missing: [], lost: [] },
      })
      const said = merge('--store', store)
      expect([said.status, said.stdout]).toEqual([
        0,
        expect.stringContaining('Every shard is done. Go on with:\n  probity audit --model'),
      ])
      expect(probity(['store', 'verify', '--store', store]).status).toBe(0)
      const out = join(run.folder, 'of-shards')
      audit(store, out)
      expect(contentOf(out)).toBe(alone)
      const { run: record } = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
      expect(record.cacheHits).toBe(33)
    },
  )

  it('tell merge which of them are missing, begun or robbed of vectors, with the commands that embed them again', () => {
    const store = join(run.folder, 'some')
    for (const number of [1, 2, 4]) expect(shard(store, `${number}/${SHARDS}`).status).toBe(0)
    const said = merge('--store', store)
    expect(said.status).toBe(3)
    expect(said.stdout).toContain('3 of 4 shards done')
    expect(said.stdout).toContain('not begun: 3')
    expect(said.stdout).toMatch(/^ {2}probity embed --model .* --shard 3\/4$/m)
    const spaces = join(store, 'spaces')
    for (const space of readdirSync(spaces)) rmSync(join(spaces, space, '000002.f32'), { force: true })
    for (const space of readdirSync(spaces)) rmSync(join(spaces, space, '000002.keys'), { force: true })
    expect(merge('--store', store).stdout).toContain('done, but with vectors that the store has not: 2')
    for (const number of [2, 3]) expect(shard(store, `${number}/${SHARDS}`).status).toBe(0)
    expect(merge('--store', store).status).toBe(0)
  })

  it('may be shared out anew: the division that is complete counts, and what is stored is found', () => {
    const store = join(run.folder, 'anew')
    expect(shard(store, '1/4').status).toBe(0)
    for (const number of [1, 2]) expect(shard(store, `${number}/2`).stdout).not.toContain(' 0 found in the store')
    expect(merge('--store', store).stdout).toContain('2 of 2 shards done')
  })

  it('are forgotten by a purge, which leaves nothing of them', () => {
    const store = join(run.folder, 'purged')
    expect(shard(store, '1/4').status).toBe(0)
    expect(probity(['store', 'purge', '--dataset', run.images, '--store', store, '--yes']).status).toBe(0)
    expect(existsSync(join(store, 'shards'))).toBe(false)
    expect([merge('--store', store).status, merge('--store', store).stderr]).toEqual([
      2,
      expect.stringContaining('expected shards that were embedded into this store but received none'),
    ])
  })
})

describe('shards that each have a store of their own', () => {
  it(
    'are brought together vector by vector, once, and give the same audit without opening an image',
    { timeout: 120_000 },
    () => {
      const stores = Array.from({ length: SHARDS }, (_, index) => join(run.folder, `own-${index + 1}`))
      stores.forEach((store, index) => expect(shard(store, `${index + 1}/${SHARDS}`).status).toBe(0))
      const target = join(run.folder, 'together')
      const first = merge(...stores, '--store', target)
      expect([first.status, first.stdout]).toEqual([
        0,
        expect.stringContaining('4 of 4 shards done, with 51 of 51 rows'),
      ])
      expect(merge(...stores, '--store', target).stdout).toContain(': 0 vectors copied')
      expect(probity(['store', 'verify', '--store', target]).status).toBe(0)
      const out = join(run.folder, 'of-stores')
      audit(target, out)
      expect(contentOf(out)).toBe(alone)
    },
  )

  it('leave damaged vectors behind, and merge says which shard lacks them', () => {
    const stores = [1, 2].map((number) => join(run.folder, `halves-${number}`))
    stores.forEach((store, index) => expect(shard(store, `${index + 1}/2`).status).toBe(0))
    const [space] = readdirSync(join(stores[1], 'spaces'))
    truncateSync(join(stores[1], 'spaces', space, '000001.f32'), 40)
    const target = join(run.folder, 'of-halves')
    const said = merge(...stores, '--store', target)
    expect(said.status).toBe(3)
    expect(said.stdout).toMatch(/halves-2: \d+ vectors? copied; \d+ damaged, which stay behind/)
    expect(said.stdout).toContain('done, but with vectors that the store has not: 2')
  })

  it('are not merged with those of another dataset: each is counted by itself', () => {
    const store = join(run.folder, 'mixed')
    expect(shard(store, '1/2').status).toBe(0)
    const other = join(run.folder, 'other.csv')
    cpSync(run.labels, other)
    appendFileSync(other, '1.png,B\n'.replace('1.png', '2.png').replace('2.png', 'more.png'))
    expect(probity([...args(store, '2/2'), '--labels', other]).status).toBe(0)
    expect(merged(store).merged.map(({ shards }) => shards.done)).toEqual(expect.arrayContaining([[1], [2]]))
    expect(merge('--store', store).status).toBe(3)
  })
})

describe('one shard', () => {
  it('is taken from a SLURM array, or an indexed Kubernetes job', () => {
    const store = join(run.folder, 'auto')
    expect(shard(store, 'auto/4', { SLURM_ARRAY_TASK_ID: '3' }).stdout).toContain('Shard 3 of 4')
    expect(shard(store, 'auto/4', { JOB_COMPLETION_INDEX: '3' }).stdout).toContain('Shard 4 of 4')
  })

  it('is refused without a store, and with vectors to export', () => {
    expect(
      probity([...args('x', '1/4').filter((arg) => arg !== '--store' && arg !== 'x'), '--no-store']).stderr,
    ).toContain('--no-store: expected a store beside --shard')
    expect(probity([...args(join(run.folder, 'x'), '1/4'), '--export', 'x.npy']).stderr).toContain(
      'Export them when every shard is done',
    )
  })

  it('is as good as none where its store cannot be written: exit code 3', () => {
    const file = join(run.folder, 'a-file')
    writeFileSync(file, '')
    expect(shard(join(file, 'store'), '1/4').status).toBe(3)
  })
})
