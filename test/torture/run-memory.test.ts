import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../e2e/run-cli.js'
import { disturbed, hasTrace, imagesStored, leftovers, type Disturbed } from '../support/disturb.js'
import { contentOf, writeDrawnRun, type DrawnRun } from '../support/drawn-run.js'
import { groupLimit, heapLimit } from '../support/memory-limit.js'
import { settle, tell, tries } from './torture.js'

const IMAGES = 48
const DIM = 4
const MB = 1_000_000
const CHILDREN = 50 // killed for memory under --isolate, in the full loop

const limit = process.platform === 'linux' ? (groupLimit() ?? heapLimit()) : heapLimit()
const kind =
  limit.kind === 'cgroup' ? 'a limit of the system' : 'a limit of Node (no group of processes may be made here)'
let run: DrawnRun
let content: string
beforeAll(async () => {
  run = await writeDrawnRun(temporaryFolder(), IMAGES, 1, 64)
  const out = join(run.folder, 'whole')
  await disturbed(auditTo(join(run.folder, 'whole-store'), out))
  content = contentOf(out)
})
afterAll(limit.close)

function auditTo(store: string, out: string): string[] {
  return ['audit', ...run.evidence, '--label-set', 'clip-paper', '--store', store, '--out', out]
}

/** Killed by the system or by V8, or one that could say that memory ran out; never a refusal of an image. */
function isPlain({ status, signal, stderr }: Disturbed): boolean {
  if (status === null) return signal === 'SIGKILL' || signal === 'SIGABRT' || signal === 'SIGTRAP'
  if (status === 134 || status === 137) return true
  return (status === 2 || status === 3) && /memory|ended \(SIGKILL\)/.test(stderr.trimEnd().split('\n').at(-1) ?? '')
}

let number = 0

/** One audit under a limit, and the same without: what is wrong with the two, and what the first had kept and the second did not find. */
async function tryWith(
  bytes: number,
  flags: readonly string[],
): Promise<{ wrong: boolean; lost: number; whole: boolean }> {
  const folder = join(run.folder, String(++number))
  const [store, out] = [join(folder, 'store'), join(folder, 'out')]
  const args = [...auditTo(store, out), ...flags]
  const short = await disturbed(args, { through: limit.through(bytes) })
  const isWritten = existsSync(join(out, 'audit.json'))
  const stored = imagesStored(store, DIM)
  const faults = [
    short.status === 0 ? !isWritten : !isPlain(short),
    isWritten && contentOf(out) !== content,
    hasTrace(short),
  ]
  const again = await disturbed(args)
  const found = Number(/images: (\d+) found in the store/.exec(again.stderr)?.[1])
  faults.push(again.status !== 0 || contentOf(out) !== content, leftovers(store, out).length > 0)
  const wrong = faults.some(Boolean)
  if (wrong) tell({ bytes, flags, faults, short, again, left: leftovers(store, out) })
  return { wrong, lost: Math.max(0, stored - found) || 0, whole: short.status === 0 }
}

/** So many limits, from too little to begin with to just enough. */
function limits(count: number, least: number, most: number): number[] {
  return Array.from(
    { length: count },
    (_, index) => least + Math.floor(((most - least) * index) / Math.max(1, count - 1)),
  )
}

describe(`an audit that runs out of memory (${kind})`, () => {
  it('is killed or says so, and the same command without the limit goes on to the same bytes', async () => {
    const row = { where: 'run', fault: `too little memory for an audit (${limit.kind})`, tried: 0, lost: 0, wrong: 0 }
    let whole = 0
    for (const bytes of limits(tries(1, 20), 60 * MB, 115 * MB)) {
      const found = await tryWith(bytes, [])
      row.tried++
      row.lost += found.lost
      row.wrong += Number(found.wrong)
      whole += Number(found.whole)
    }
    tell({ ...row, whole, killed: limit.killed() })
    settle(row)
  })

  it('also with --isolate, whose processes are killed first', async () => {
    const row = { where: 'run', fault: `too little memory for --isolate (${limit.kind})`, tried: 0, lost: 0, wrong: 0 }
    const before = limit.killed()
    const sizes = limits(tries(1, 20), 110 * MB, 190 * MB)
    const enough = tries(1, CHILDREN)
    const killed = (): number => limit.killed() - before
    while (row.tried < sizes.length || (limit.kind === 'cgroup' && killed() < enough && row.tried < 6 * sizes.length)) {
      const found = await tryWith(sizes[row.tried % sizes.length], ['--isolate', '--isolate-memory', '8000'])
      row.tried++
      row.lost += found.lost
      row.wrong += Number(found.wrong)
    }
    tell({ ...row, killed: killed() })
    if (limit.kind === 'cgroup') expect(killed(), 'processes killed for memory').toBeGreaterThanOrEqual(enough)
    settle(row)
  })
})

describe.skipIf(process.platform !== 'linux')('a decoder that is given no memory (skipped outside Linux)', () => {
  it('never calls a sound image broken', () => {
    const program = join(import.meta.dirname, '../support/short-of-memory.mjs')
    const seen: Record<string, number> = {}
    for (const format of ['webp', 'png', 'jpeg'].slice(0, tries(1, 3))) {
      const { stdout } = spawnSync(process.execPath, [program, format, String(tries(8, 200))], { encoding: 'utf8' })
      for (const outcome of stdout.trim().split('\n')) seen[outcome] = (seen[outcome] ?? 0) + 1
    }
    tell(seen)
    const tried = Object.values(seen).reduce((sum, count) => sum + count, 0)
    const right = (seen['decoded'] ?? 0) + (seen['memory.short'] ?? 0)
    expect(seen['memory.short'], 'times that memory was short').toBeGreaterThan(0)
    settle({ where: 'images', fault: 'no memory left to decode a sound image', tried, lost: 0, wrong: tried - right })
  })
})
