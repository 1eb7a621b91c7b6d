// Starts the processes of the fuzzer and watches over them: one that hangs or dies takes nobody along, and what it was reading is kept.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clearInterval, setInterval } from 'node:timers'
import { fileURLToPath } from 'node:url'

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url))
export const CORPUS = fileURLToPath(new URL('corpus', import.meta.url))
const LONGEST_WORK = 15_000 // milliseconds of the processor on one input: a machine that is busy with other things hangs nobody
const LONGEST_SILENCE = 120_000 // milliseconds by the clock, for who waits without working, and where there is no /proc
const TICK = 10 // milliseconds: Linux counts in hundredths of a second
const MOST_HEAP = 1024 // MB
const MEMORY_DISK = '/dev/shm' // parsers of files read them from here where it is there: thousands of files a second

/** Explores targets one after another. See drive.d.mts. */
export async function drive({
  targets,
  seed,
  runs = Infinity,
  seconds,
  corpus = CORPUS,
  keeps = false,
  stopsAtFault = false,
  longestWork = LONGEST_WORK,
  onEvent = () => {},
}) {
  const folder = mkdtempSync(join(existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir(), 'probity-fuzz-'))
  const events = join(folder, 'events.jsonl')
  writeFileSync(events, '')
  const ended = new Map()
  const faults = []
  try {
    for (let left = [...targets]; left.length > 0;) {
      const milliseconds = (1000 * seconds) / targets.length
      const settings = {
        kind: 'explore',
        targets: left,
        seed,
        runs: Math.min(runs, 1e12),
        milliseconds,
        folder,
        events,
        corpus,
        keeps,
        stopsAtFault,
      }
      writeFileSync(events, '')
      const died = await runChild(settings, onEvent, longestWork)
      const said = readFileSync(events, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line)) // prettier-ignore
      for (const event of said) {
        if (event.kind === 'end') ended.set(event.target, event)
        if (event.kind === 'fault') faults.push(event)
      }
      const begun = said.filter(({ kind }) => kind === 'begin').map(({ target }) => target)
      const current = begun.at(-1)
      if (died === null) break
      if (current === undefined) throw new Error(`the fuzzer does not start: ${died}`)
      const bytes = readFileSync(join(folder, 'current'))
      const kept = join(corpus, current)
      mkdirSync(kept, { recursive: true })
      const path = join(kept, createHash('sha256').update(bytes).digest('hex').slice(0, 12))
      writeFileSync(path, bytes)
      faults.push({ target: current, what: died, isLost: false, path })
      onEvent({ kind: 'fault', target: current, what: died, path })
      left = left.slice(left.indexOf(current) + 1)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return targets.map((target) => ({
    target,
    ...(ended.get(target) ?? { tried: 1, refused: 0, blocks: 0, blocksReached: 0 }), // one that ended its process did so on one input
    faults: faults.filter((fault) => fault.target === target),
  }))
}

/** Names and families of all targets. */
export async function listTargets() {
  return (await asked({ kind: 'list' })).targets
}

/** What one input does to one target, in a process of its own. */
export async function replay(target, bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'probity-fuzz-'))
  try {
    writeFileSync(join(folder, 'input'), bytes)
    return await asked({ kind: 'replay', target, folder, input: join(folder, 'input') })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One question to a process of the fuzzer, and its answer. */
async function asked(question) {
  const folder = mkdtempSync(join(tmpdir(), 'probity-fuzz-'))
  try {
    const events = join(folder, 'events.jsonl')
    writeFileSync(events, '')
    const died = await runChild({ ...question, folder: question.folder ?? folder, events }, () => {})
    if (died !== null) return { kind: 'fault', what: died, isLost: false }
    return JSON.parse(readFileSync(events, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Null where the process ended as it should, else what became of it. */
function runChild(asked, onEvent, longestWork = LONGEST_WORK) {
  const settings = join(asked.folder, 'settings.json')
  writeFileSync(settings, JSON.stringify(asked))
  rmSync(join(asked.folder, 'current'), { force: true })
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${MOST_HEAP}`, CHILD, settings], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    let complaint = ''
    let hung = null
    let [since, workBefore] = [0, 0]
    let told = 0
    child.stderr.on('data', (piece) => (complaint = `${complaint}${piece}`.slice(-2000)))
    const watch = setInterval(() => {
      const lines = readFileSync(asked.events, 'utf8').split('\n').filter((line) => line !== '') // prettier-ignore
      for (const line of lines.slice(told)) onEvent(JSON.parse(line))
      told = lines.length
      const current = join(asked.folder, 'current')
      if (!existsSync(current)) return
      const [begun, work] = [statSync(current).mtimeMs, workOf(child.pid)]
      if (begun !== since) [since, workBefore] = [begun, work]
      if (work - workBefore > longestWork) hung = `did not end within ${longestWork / 1000} s of work`
      else if (Date.now() - begun > LONGEST_SILENCE) hung = `did not end within ${LONGEST_SILENCE / 1000} s`
      if (hung !== null) child.kill('SIGKILL')
    }, 500)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      const lines = readFileSync(asked.events, 'utf8').split('\n').filter((line) => line !== '') // prettier-ignore
      for (const line of lines.slice(told)) onEvent(JSON.parse(line))
      if (hung !== null) resolve(hung)
      else if (code === 0) resolve(null)
      else resolve(`ended the process (${signal ?? code}): ${complaint}`)
    })
  })
}

/** What a process has worked so far, in milliseconds; 0 where the system does not say. */
function workOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK // utime and stime
  } catch {
    return 0
  }
}
