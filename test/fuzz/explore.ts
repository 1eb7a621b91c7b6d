import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../src/audit/statistics/random.js'
import { mutate, scribble } from './mutate.js'
import { judge } from './target.js'
import type { FuzzTarget, Outcome } from './target.js'
import { PLANTED } from './planted/targets.js'
import { TARGETS } from './targets.js'

/** What a process of the fuzzer is asked for. It stops at `runs` or after `milliseconds` for each target, whichever comes first. */
export type Asked = {
  readonly targets: readonly string[]
  readonly seed: number
  readonly runs: number
  readonly milliseconds: number
  /** A folder of this process alone. */
  readonly folder: string
  /** Where what was found is noted, a line of JSON each. */
  readonly events: string
  readonly corpus: string
  /** Inputs that reach blocks which no other input reaches are put into the corpus. */
  readonly keeps: boolean
  readonly stopsAtFault: boolean
}

type Module = {
  readonly file: string
  readonly first: number
  readonly blocks: number
  readonly words: readonly string[]
}
type Counting = { readonly counts: Uint8Array; readonly modules: Module[]; largest: number }

const SLOWEST = 5_000 // milliseconds: what bad-inputs.md allows one bad input
const LARGEST = 80 * 1024 * 1024 // bytes set aside at once: a Parquet page may promise 64 MB; no other reader comes near
const FEWEST_SEEDS = 5 // however little time there is
const LARGEST_KEPT = 4096 // bytes of an input in the corpus, which is kept small

type Question =
  | ({ readonly kind: 'explore' } & Asked)
  | { readonly kind: 'list'; readonly events: string }
  | {
      readonly kind: 'replay'
      readonly target: string
      readonly input: string
      readonly folder: string
      readonly events: string
    }

/** Does what the parent process asks for. */
export async function answer(question: Question): Promise<void> {
  const say = (value: object): void => appendFileSync(question.events, `${JSON.stringify(value)}\n`)
  if (question.kind === 'explore') return explore(question)
  if (question.kind === 'list') return say({ targets: TARGETS.map(({ name, family }) => ({ name, family })) })
  writeFileSync(join(question.folder, 'current'), '')
  say(await judge(targetOf(question.target), Uint8Array.from(readFileSync(question.input)), question.folder))
}

function targetOf(name: string): FuzzTarget {
  const target = [...TARGETS, ...PLANTED].find((each) => each.name === name)
  if (target === undefined) throw new Error(`no fuzz target ${name}`)
  return target
}

/** Looks for inputs on which a parser breaks its promise: keeps those that reach blocks no other input reached, and changes them again. */
async function explore(asked: Asked): Promise<void> {
  for (const name of asked.targets) await exploreTarget(targetOf(name), asked)
}

async function exploreTarget(target: FuzzTarget, asked: Asked): Promise<void> {
  const counting = (globalThis as unknown as { __fuzz: Counting }).__fuzz // set up in child.mjs
  const say = (event: object): void => appendFileSync(asked.events, `${JSON.stringify(event)}\n`)
  const folder = join(asked.folder, target.name)
  mkdirSync(folder, { recursive: true })
  say({ kind: 'begin', target: target.name })
  const used = counting.modules.reduce((end, { first, blocks }) => Math.max(end, first + blocks), 0)
  const own = counting.modules.filter(({ file }) => target.reads.some((read) => file.endsWith(read)))
  const words = [...new Set(own.flatMap((module) => module.words))].map((word) => new TextEncoder().encode(word))
  const reached = new Uint8Array(used)
  const random = createRandom(asked.seed, `fuzz/${target.name}`)
  const faults = new Set<string>()
  let outside: string | null = null
  const onRejection = (reason: unknown): void => {
    outside = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)
  }
  process.on('unhandledRejection', onRejection)
  process.on('uncaughtException', onRejection)

  const attempt = async (bytes: Uint8Array): Promise<Outcome> => {
    writeFileSync(join(asked.folder, 'current'), bytes) // what to blame where this process does not come back
    counting.counts.fill(0, 0, used)
    counting.largest = 0
    outside = null
    const before = process.cpuUsage() // not the wall clock: a machine that is busy with other things makes no reader slow
    const outcome = await judge(target, bytes, folder)
    await new Promise(setImmediate) // failures that nobody waits for are told of now, not with the next input
    const { user, system } = process.cpuUsage(before)
    const took = (user + system) / 1_000
    const said = outside as string | null // set by the handler meanwhile
    if (outcome.kind === 'fault') return outcome
    if (said !== null) return { kind: 'fault', what: `a failure that nobody waits for: ${said}`, isLost: false }
    if (took > SLOWEST) return { kind: 'fault', what: `took ${Math.round(took / 1000)} s`, isLost: false }
    if (counting.largest > LARGEST) return { kind: 'fault', what: `set ${counting.largest} bytes aside for ${bytes.length}`, isLost: false } // prettier-ignore
    return outcome
  }

  /** Whether the last input reached a block more often than any before, counted in powers of two; and whether one that none had reached. */
  const isNews = (): { isNew: boolean; isNewBlock: boolean } => {
    let isNew = false
    let isNewBlock = false
    for (let block = 0; block < used; block++) {
      const count = counting.counts[block]
      if (count === 0) continue
      const bucket = 32 - Math.clz32(count)
      if (reached[block] >= bucket) continue
      isNewBlock ||= reached[block] === 0 && own.some(({ first, blocks }) => block >= first && block < first + blocks)
      reached[block] = bucket
      isNew = true
    }
    return { isNew, isNewBlock }
  }

  let [tried, refused] = [0, 0]
  const inputs: Uint8Array[] = []
  const finds: Uint8Array[] = []
  const tryOne = async (bytes: Uint8Array, isSeed: boolean): Promise<void> => {
    const outcome = await attempt(bytes)
    tried++
    if (outcome.kind === 'refused') refused++
    const { isNew, isNewBlock } = isNews()
    if (outcome.kind === 'fault') {
      const signature = signatureOf(outcome.what)
      if (faults.has(signature)) return
      faults.add(signature)
      const least = outcome.what.startsWith('took') ? bytes : await minimise(bytes, signature, attempt)
      const path = putIntoCorpus(asked.corpus, target.name, least)
      say({
        kind: 'fault',
        target: target.name,
        family: target.family,
        what: outcome.what,
        isLost: outcome.isLost,
        path,
      })
    } else if (isSeed || isNew) {
      inputs.push(bytes)
      if (!isSeed && isNewBlock && bytes.length <= LARGEST_KEPT) finds.push(bytes)
    }
  }

  const seeds = [...(await target.seeds()), ...corpusOf(asked.corpus, target.name), new Uint8Array(0)]
  const began = performance.now()
  for (const seed of seeds) {
    if (tried >= FEWEST_SEEDS && performance.now() - began > asked.milliseconds) break
    await tryOne(seed, true)
  }
  while (
    tried < asked.runs &&
    !(asked.stopsAtFault && faults.size > 0) &&
    performance.now() - began < asked.milliseconds
  ) {
    if (inputs.length === 0 || random.below(16) === 0) {
      await tryOne(scribble(random), false)
      continue
    }
    const isLate = random.below(2) === 0 // what was found late is what is least explored
    const from = isLate ? Math.floor(inputs.length * 0.75) : 0
    const made = mutate(inputs[from + random.below(inputs.length - from)], random, { inputs, words })
    await tryOne(target.repair !== undefined && random.below(4) > 0 ? target.repair(made) : made, false)
  }
  if (asked.keeps) for (const find of finds) putIntoCorpus(asked.corpus, target.name, find)
  process.off('unhandledRejection', onRejection)
  process.off('uncaughtException', onRejection)
  const isReached = (block: number): boolean => reached[block] > 0
  const blocks = own.reduce((sum, module) => sum + module.blocks, 0)
  const blocksReached = own.reduce((sum, { first, blocks: count }) => sum + Array.from({ length: count }, (_, at) => first + at).filter(isReached).length, 0) // prettier-ignore
  say({ kind: 'end', target: target.name, family: target.family, tried, refused, seeds: seeds.length, inputs: inputs.length, blocks, blocksReached, milliseconds: Math.round(performance.now() - began) }) // prettier-ignore
}

/** Faults of one cause: the words without their numbers and texts, and the place in our code that they come from. */
function signatureOf(what: string): string {
  const [first] = what.split('\n')
  const place = /\((?:file:\/\/)?[^)]*\/(src|hyparquet[^/]*)\/[^)]*\)|at file:\/\/\S+/.exec(what)?.[0] ?? ''
  return `${first.replace(/"[^"]*"|\d+/g, '#').slice(0, 80)} ${place}`
}

const MOST_TRIES = 300

/** A shorter input with the same fault. */
async function minimise(
  bytes: Uint8Array,
  signature: string,
  attempt: (bytes: Uint8Array) => Promise<Outcome>,
): Promise<Uint8Array> {
  let least = bytes
  let left = MOST_TRIES
  for (let size = Math.ceil(least.length / 2); size >= 1 && left > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < least.length && left > 0; left--) {
      const shorter = Uint8Array.from([...least.subarray(0, start), ...least.subarray(start + size)])
      const outcome = await attempt(shorter)
      if (outcome.kind === 'fault' && signatureOf(outcome.what) === signature) least = shorter
      else start += size
    }
  }
  return least
}

/** Inputs of the corpus for one target, in the order of their names. */
export function corpusOf(corpus: string, target: string): Uint8Array[] {
  const folder = join(corpus, target)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => Uint8Array.from(readFileSync(join(folder, name))))
}

function putIntoCorpus(corpus: string, target: string, bytes: Uint8Array): string {
  const folder = join(corpus, target)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, createHash('sha256').update(bytes).digest('hex').slice(0, 12))
  writeFileSync(path, bytes)
  return path
}
