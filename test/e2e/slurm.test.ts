import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MergeOutcome } from '../../src/audit/run-merge.js'
import { contentOf, writeDrawnRun } from '../support/drawn-run.js'
import type { DrawnRun } from '../support/drawn-run.js'
import { MAIN, probity, temporaryFolder } from './run-cli.js'
import { isSlurmHere, startSlurm } from './slurm-cluster.js'
import type { SlurmCluster } from './slurm-cluster.js'

const SCRIPT = join(import.meta.dirname, '../../deploy/slurm.sbatch')
const IMAGES = 1_200
const SETTLED_MS = 2_100 // a file that was written a moment ago is hashed again in the next run
const isHere = isSlurmHere()

describe.skipIf(!isHere)('deploy/slurm.sbatch on a real SLURM (needs root, slurm-wlm and munge)', () => {
  let cluster: SlurmCluster
  let run: DrawnRun
  let alone: string
  beforeAll(async () => {
    cluster = await startSlurm(temporaryFolder())
    run = await writeDrawnRun(temporaryFolder(), IMAGES)
    writeFileSync(join(run.folder, 'probity'), `#!/bin/sh\nexec ${process.execPath} ${MAIN} "$@"\n`, { mode: 0o755 })
    writeFileSync(
      join(run.folder, 'audit.yaml'),
      `models: [${run.model}]\ndataset: { format: csv, labels: ${run.labels}, images: ${run.images}, map: { race: race } }\nlabelSets: [clip-paper]\n`,
    )
    await setTimeout(SETTLED_MS)
    alone = audit('store-alone')
  }, 180_000)
  afterAll(() => cluster?.stop())

  /** The audit of what a store has, but for `run`. */
  function audit(store: string): string {
    const out = join(run.folder, `out-of-${store}`)
    const { status, stderr } = probity(['audit', join(run.folder, 'audit.yaml'), '--threads', '1', '--batch', '8', '--store', join(run.folder, store), '--out', out]) // prettier-ignore
    if (status !== 0) throw new Error(stderr)
    return contentOf(out)
  }

  function submit(store: string, ...more: string[]): string {
    const exported = `ALL,PROBITY=${run.folder}/probity,PLAN=${run.folder}/audit.yaml,STORE=${run.folder}/${store},BATCH=8`
    return cluster
      .slurm('sbatch', '--parsable', `--chdir=${run.folder}`, `--export=${exported}`, ...more, SCRIPT)
      .trim()
  }

  /** Waits for the end of a job; gives how many of its tasks ran at once, at most. */
  async function ended(job: string): Promise<number> {
    let most = 0
    for (let look = 0; look < 480; look++) {
      if (cluster.slurm('squeue', '--noheader', `--jobs=${job}`).trim() === '') return most
      most = Math.max(most, cluster.slurm('squeue', '--noheader', '--array', '--states=RUNNING', `--jobs=${job}`).split('\n').filter(Boolean).length) // prettier-ignore
      await setTimeout(250)
    }
    throw new Error(`job ${job} did not end`)
  }

  /** The shards of a store that are done, and those that are not, as `merge` counts them. */
  function merged(store: string): { status: number | null; outcome: MergeOutcome } {
    const { status, stdout } = probity(['merge', '--store', join(run.folder, store), '--json'])
    return { status, outcome: JSON.parse(stdout) as MergeOutcome }
  }

  const log = (number: number): string => readFileSync(join(run.folder, `probity-embed-${number}.log`), 'utf8')

  it(
    'embeds every shard once, two at a time, and the merged audit is that of a run in one piece',
    { timeout: 180_000 },
    async () => {
      expect(await ended(submit('store'))).toBe(2)
      const { status, outcome } = merged('store')
      expect([status, outcome.merged[0].shards.done, outcome.merged[0].rows.in]).toEqual([0, [1, 2, 3, 4], IMAGES])
      const own = [1, 2, 3, 4].map((number) => Number(/(\d+) embedded/.exec(log(number))?.[1]))
      expect(own.reduce((sum, embedded) => sum + embedded)).toBe(IMAGES)
      expect(audit('store')).toBe(alone)
    },
  )

  it(
    'goes on with a task that was killed with -9 in the middle: every shard is done once, and the audit is the same',
    { timeout: 240_000 },
    async () => {
      const first = submit('store-killed', '--array=2')
      const space = join(run.folder, 'store-killed', 'spaces')
      const pid = await workerOf(space)
      process.kill(pid, 'SIGKILL')
      await ended(first)
      const { status, outcome } = merged('store-killed')
      expect([status, outcome.merged[0].shards]).toEqual([3, { done: [], begun: [2], missing: [1, 3, 4], lost: [] }])
      await ended(submit('store-killed'))
      expect(merged('store-killed').outcome.merged[0]).toMatchObject({ isComplete: true, shards: { done: [1, 2, 3, 4] }, rows: { in: IMAGES, processed: IMAGES } }) // prettier-ignore
      const [, found, embedded] =
        /(\d+) found in the store, (\d+) embedded[^]*$/.exec(log(2).slice(log(2).lastIndexOf('Shard 2'))) ?? []
      expect(Number(found)).toBeGreaterThan(0) // what the killed task had stored
      expect(Number(found) + Number(embedded)).toBe(outcomeRows())
      expect(probity(['store', 'verify', '--store', join(run.folder, 'store-killed')]).status).toBe(0)
      expect(audit('store-killed')).toBe(alone)

      function outcomeRows(): number {
        return Number(/Shard 2 of 4, (\d+) of/.exec(log(2))?.[1])
      }
    },
  )

  /** Waits until a task has stored vectors and is still at work; gives its process, as the lock beside its segment names it. */
  async function workerOf(spaces: string): Promise<number> {
    for (let look = 0; look < 6_000; look++) {
      const [space] = filesIn(spaces)
      const lock =
        space === undefined ? undefined : filesIn(join(spaces, space)).find((name) => name.startsWith('lock-'))
      const keys = space === undefined ? undefined : filesIn(join(spaces, space)).find((name) => name.endsWith('.keys'))
      if (lock !== undefined && keys !== undefined && readFileSync(join(spaces, space, keys)).length > 1024 + 8 * 64)
        return (JSON.parse(readFileSync(join(spaces, space, lock), 'utf8')) as { pid: number }).pid
      await setTimeout(5)
    }
    throw new Error('no task stored anything')
  }
})

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
