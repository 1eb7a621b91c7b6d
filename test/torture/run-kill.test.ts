import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, it } from 'vitest'
import { createRandom } from '../../src/audit/statistics/random.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { disturbed, hasTrace, imagesStored, leftovers } from '../support/disturb.js'
import { contentOf, writeDrawnRun, type DrawnRun } from '../support/drawn-run.js'
import { settle, tell, TORTURE_SEED, tries } from './torture.js'

const IMAGES = 400
const DIM = 4 // numbers of a vector of the small model
const KILLS_A_STORE = 8 // then the run goes to its end, and the next one begins with nothing

let run: DrawnRun
let whole: { readonly content: string; readonly milliseconds: number }
beforeAll(async () => {
  run = await writeDrawnRun(temporaryFolder(), IMAGES)
  const out = join(run.folder, 'whole')
  const { seconds } = await disturbed(auditTo(join(run.folder, 'whole-store'), out))
  whole = { content: contentOf(out), milliseconds: Math.ceil(seconds * 1_000) }
})

function auditTo(store: string, out: string): string[] {
  return ['audit', ...run.evidence, '--label-set', 'clip-paper', '--store', store, '--out', out]
}

describe('kill -9', () => {
  it('at any moment of an audit costs what was under way: the next run goes on, and comes to the same bytes', async () => {
    const random = createRandom(TORTURE_SEED, 'kill -9')
    const [store, out] = [join(run.folder, 'store'), join(run.folder, 'out')]
    let [tried, lost, wrong, stored, sinceWhole] = [0, 0, 0, 0, 0]
    const seen = { before: 0, embedding: 0, after: 0, finished: 0 }
    const count = tries(5, 200)
    while (tried < count) {
      const isEmbedding = tried % 2 === 0 // while it embeds, or at any moment
      const afterMs = random.below(isEmbedding ? Math.ceil(whole.milliseconds / 10) : whole.milliseconds)
      const killed = await disturbed(auditTo(store, out), {
        signals: [{ signal: 'SIGKILL', afterMs }],
        ...(isEmbedding ? { once: /to read\n/ } : {}),
      })
      tried++
      sinceWhole++
      const now = imagesStored(store, DIM)
      seen[killed.status === 0 ? 'finished' : now === 0 ? 'before' : now < IMAGES ? 'embedding' : 'after']++
      lost += Math.max(0, stored - now)
      stored = now
      const faults = [hasTrace(killed), existsSync(join(out, 'audit.json')) && contentOf(out) !== whole.content]
      if (sinceWhole === KILLS_A_STORE || tried === count) {
        const resumed = await disturbed(auditTo(store, out))
        const found = Number(/rows: (\d+) found in the store/.exec(resumed.stderr)?.[1])
        lost += Math.max(0, stored - found)
        const verified = await disturbed(['store', 'verify', '--store', store])
        faults.push(resumed.status !== 0, Number.isNaN(found), /warning/.test(resumed.stderr), verified.status !== 0)
        const hasWritten = found < IMAGES // a lock that nobody holds stays until somebody writes beside it
        const left = leftovers(store, out).filter((path) => hasWritten || basename(path) !== 'lock')
        faults.push(contentOf(out) !== whole.content, left.length > 0)
        if (faults.some(Boolean)) tell({ stored, found, resumed, verified, left })
        for (const folder of [store, out]) rmSync(folder, { recursive: true, force: true })
        ;[stored, sinceWhole] = [0, 0]
      }
      if (faults.some(Boolean)) wrong++
      if (faults.some(Boolean)) tell({ afterMs, faults, killed })
    }
    tell(seen)
    settle({ where: 'run', fault: 'kill -9 at a random moment of an audit, then run again', tried, lost, wrong })
  })
})
