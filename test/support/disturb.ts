import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { MAIN, testEnvironment } from '../e2e/run-cli.js'
import { sayWaited } from './time-in-children.js'

/** A run of the built command line that a test may disturb, and how it ended. */
export type Disturbed = {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
}

export type Disturbance = {
  /** What is done to it, and how many milliseconds after its start or after `once` was printed on stderr. */
  readonly signals?: readonly { readonly signal: NodeJS.Signals; readonly afterMs: number }[]
  readonly once?: RegExp
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** Run by a shell, with `"$@"` for the command: for limits, redirections, namespaces. */
  readonly through?: string
}

const HANGS_AFTER_MS = 120_000

/** Runs the command line and sends it signals on the way. One that hangs is killed, and ends with the signal SIGABRT. */
export function disturbed(args: readonly string[], disturbance: Disturbance = {}): Promise<Disturbed> {
  const { signals = [], once, env = {}, cwd, through } = disturbance
  const command = [process.execPath, MAIN, ...args]
  const [program, ...rest] = through === undefined ? command : ['/bin/sh', '-c', through, 'sh', ...command]
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(program, rest, { env: { ...testEnvironment(), ...env }, cwd })
    let [stdout, stderr] = ['', '']
    const timers = [setTimeout(() => child.kill('SIGABRT'), HANGS_AFTER_MS)]
    let isDisturbed = false
    const disturb = (): void => {
      if (isDisturbed) return
      isDisturbed = true
      for (const { signal, afterMs } of signals) timers.push(setTimeout(() => child.kill(signal), afterMs))
    }
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString()
      if (once?.test(stderr) === true) disturb()
    })
    if (once === undefined) disturb()
    child.on('close', (status, signal) => {
      timers.forEach(clearTimeout)
      sayWaited(performance.now() - started)
      resolve({ status, signal, stdout, stderr, seconds: (performance.now() - started) / 1_000 })
    })
  })
}

/** A stack trace, or Node's own last words: nothing that a user should see. */
export function hasTrace({ stdout, stderr }: Pick<Disturbed, 'stdout' | 'stderr'>): boolean {
  return /^\s+at .+:\d+:\d+\)?$|Node\.js v\d|UnhandledPromise|error of its own|terminate called/m.test(stdout + stderr)
}

/** Temporary files and locks in a folder and below: nothing that should lie there when no process runs. */
export function leftovers(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.tmp$|(^|\/)lock$/.test(name))
          .map((name) => join(folder, name))
      : [],
  )
}

/** How many images' vectors lie whole in a store, counted by the sizes of its files; vectors of `dim` numbers. */
export function imagesStored(store: string, dim: number): number {
  const spaces = join(store, 'spaces')
  if (!existsSync(spaces)) return 0
  return readdirSync(spaces).reduce((sum, id) => sum + imagesOfSpace(join(spaces, id), dim), 0)
}

const HEADER_BYTES = 1_024
const ENTRY_BYTES = 64

function imagesOfSpace(folder: string, dim: number): number {
  const description = join(folder, 'space.json')
  if (!existsSync(description) || !readFileSync(description, 'utf8').includes('"images"')) return 0
  const sizeOf = (name: string): number => statSync(join(folder, name)).size
  return readdirSync(folder)
    .filter((name) => name.endsWith('.keys'))
    .reduce((sum, name) => {
      const entries = Math.max(0, Math.floor((sizeOf(name) - HEADER_BYTES) / ENTRY_BYTES))
      return sum + Math.min(entries, Math.floor(sizeOf(name.replace('.keys', '.f32')) / (4 * dim)))
    }, 0)
}
