import { existsSync, mkdtempSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, it } from 'vitest'
import { createRandom } from '../../src/audit/statistics/random.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { disturbed, hasTrace, leftovers, type Disturbed } from '../support/disturb.js'
import { contentOf, writeDrawnRun, type DrawnRun } from '../support/drawn-run.js'
import { settle, tell, TORTURE_SEED, tries } from './torture.js'

const IMAGES = 400
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const EMBEDDING_BEGINS = /to read\n/
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

let run: DrawnRun
let whole: { readonly content: string; readonly milliseconds: number; readonly out: string }
beforeAll(async () => {
  run = await writeDrawnRun(temporaryFolder(), IMAGES)
  const out = join(run.folder, 'whole')
  const { seconds } = await disturbed(auditTo(join(run.folder, 'whole-store'), out))
  whole = { content: contentOf(out), milliseconds: Math.ceil(seconds * 1_000), out }
})

function auditTo(store: string, out: string): string[] {
  return ['audit', ...run.evidence, '--label-set', 'clip-paper', '--store', store, '--out', out]
}

/** The command that a stopped run prints, as it was given. */
function resumeOf({ stderr }: Disturbed): string[] | null {
  const line = /To go on, run it again:\n {2}probity (.+)\n$/.exec(stderr)?.[1]
  return line === undefined ? null : line.split(' ')
}

describe('a run that is asked to stop', () => {
  it('ends as it says it does, leaves nothing half-made, and goes on from there to the same bytes', async () => {
    const random = createRandom(TORTURE_SEED, 'signals')
    let [tried, lost, wrong] = [0, 0, 0]
    const seen = { finished: 0, kept: 0, ended: 0 }
    for (; tried < tries(4, 120); tried++) {
      const folder = mkdtempSync(join(run.folder, 'stopped-'))
      const [store, out] = [join(folder, 'store'), join(folder, 'out')]
      const signal = SIGNALS[tried % SIGNALS.length]
      const isEmbedding = tried % 2 === 0 // when it begins to embed, or at any moment
      const afterMs = random.below(isEmbedding ? Math.ceil(whole.milliseconds / 12) : whole.milliseconds)
      const isTwice = random.below(4) === 0
      const signals = [{ signal, afterMs }, ...(isTwice ? [{ signal, afterMs: afterMs + random.below(40) }] : [])]
      const args = auditTo(store, out)
      const ended = await disturbed(args, { signals, ...(isEmbedding ? { once: EMBEDDING_BEGINS } : {}) })
      const isFinished = ended.status === 0
      const isKept = ended.status === 130
      const isEnded = ended.status === null && ended.signal === signal
      seen[isFinished ? 'finished' : isKept ? 'kept' : 'ended']++
      const faults = [
        !isFinished && !isKept && !isEnded,
        hasTrace(ended),
        leftovers(out, store).length > 0,
        existsSync(join(out, 'audit.json')) ? contentOf(out) !== whole.content : isFinished,
      ]
      if (isKept) {
        const embedded = Number(/Interrupted: (\d+) images? embedded/.exec(ended.stderr)?.[1])
        const again = resumeOf(ended)
        const resumed = await disturbed(again ?? args)
        const found = Number(/rows: (\d+) found in the store/.exec(resumed.stderr)?.[1])
        lost += Math.max(0, embedded - found) || 0
        faults.push(again?.join(' ') !== args.join(' '), found !== embedded, resumed.status !== 0)
        faults.push(contentOf(out) !== whole.content, leftovers(out, store).length > 0)
      }
      if (faults.some(Boolean)) wrong++
      if (faults.some(Boolean)) tell({ signals, ended, faults, left: leftovers(out, store) })
    }
    tell(seen)
    settle({
      where: 'run',
      fault: 'SIGINT, SIGTERM or SIGHUP, once or twice, at a random moment of an audit',
      tried,
      lost,
      wrong,
    })
  })

  it.skipIf(!existsSync(CHROMIUM))(
    'also while a browser prints, which is ended with it (skipped where there is no browser)',
    async () => {
      const random = createRandom(TORTURE_SEED, 'signals to a printing run')
      let [tried, wrong] = [0, 0]
      for (; tried < tries(1, 20); tried++) {
        const [out, temporary] = [mkdtempSync(join(run.folder, 'printed-')), mkdtempSync(join(run.folder, 'tmp-'))]
        const args = ['report', join(whole.out, 'audit.json'), '--format', 'pdf', '--out', out, '--chromium', CHROMIUM]
        const signal = SIGNALS[tried % SIGNALS.length]
        const signals = [{ signal, afterMs: random.below(whole.milliseconds) }]
        const ended = await disturbed(args, { signals, env: { TMPDIR: temporary } })
        await new Promise((resolve) => setTimeout(resolve, 300)) // ended processes are gone a moment later
        const isWhole = ended.status !== 0 || existsSync(join(out, 'report.pdf'))
        const isRight = (ended.status === 0 && isWhole) || ended.signal === signal
        const left = [...leftovers(out), ...readdirSync(temporary), ...browsersOf(temporary)]
        if (isRight && left.length === 0 && !hasTrace(ended)) continue
        wrong++
        tell({ signals, ended, left })
      }
      settle({ where: 'run', fault: 'a signal while a browser prints the PDF', tried, lost: 0, wrong })
    },
  )
})

/** Processes whose command line names a folder. */
function browsersOf(folder: string): string[] {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return numbers.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
    } catch {
      return false // it ended meanwhile
    }
  })
}

describe('other commands', () => {
  it('are ended by a signal without a word of Node, and leave nothing half-made', async () => {
    const random = createRandom(TORTURE_SEED, 'signals to other commands')
    const decisions = join(run.folder, 'other')
    mkdirSync(decisions)
    const audit = join(whole.out, 'audit.json')
    const commands: readonly (readonly string[])[] = [
      ['gate', audit],
      ['curve', 'clip-paper-choices', ...run.evidence, '--store', join(run.folder, 'whole-store'), '--out', decisions],
      ['report', audit, '--out', decisions],
      ['verify', audit],
      ['compare', audit, audit, '--out', decisions],
      ['list'],
    ]
    const undisturbed = new Map<readonly string[], number | null>() // the code of docs/exit-codes.md that each ends with by itself
    let [tried, wrong] = [0, 0]
    for (; tried < tries(2, 60); tried++) {
      const args = commands[tried % commands.length]
      if (!undisturbed.has(args)) undisturbed.set(args, (await disturbed(args)).status)
      const signal = SIGNALS[random.below(SIGNALS.length)]
      const signals = [{ signal, afterMs: random.below(Math.ceil(whole.milliseconds / 2)) }] // also before anything began
      const ended = await disturbed(args, { signals })
      const left = leftovers(decisions, join(run.folder, 'whole-store'))
      const isOver = ended.status !== null && ended.status === undisturbed.get(args) // before the signal came
      const isKept = ended.status === 130 && args[0] === 'curve' && resumeOf(ended)?.join(' ') === args.join(' ') // it alone embeds
      const isRight = isOver || isKept || ended.signal === signal
      if (isRight && left.length === 0 && !hasTrace(ended)) continue
      wrong++
      tell({ args, signals, ended, left })
    }
    settle({
      where: 'run',
      fault: 'a signal at a random moment of curve, gate, report, compare, verify and list',
      tried,
      lost: 0,
      wrong,
    })
  })
})
