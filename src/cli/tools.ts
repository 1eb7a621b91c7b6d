import { arch, platform, release } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { Progress, Stopwatch, StoreChoice, Tools } from '../audit/tools.js'
import { interruption, setEmbedding } from './interruption.js'
import { eventPrinter, progressPrinter } from './progress.js'
import { commandLine } from './shown.js'
import { version } from './version.js'

export type ToolOptions = {
  readonly threads?: number | undefined
  readonly batch?: number | undefined
  readonly store?: StoreChoice | null
  /** Progress as JSON, one object a line. */
  readonly json?: boolean | undefined
}

/** The clock, the version and the terminal, handed to the engine. */
export function commandLineTools({ threads, batch, store = null, json = false }: ToolOptions = {}): Tools {
  const print = (json ? eventPrinter : progressPrinter)(process.stderr, () => performance.now())
  return {
    version: version(),
    ...(threads === undefined ? {} : { threads }),
    ...(batch === undefined ? {} : { batch }),
    store,
    now: Date.now,
    signal: interruption,
    onProgress: (progress: Progress) => {
      if (progress.stage === 'waiting') setEmbedding(true)
      if (progress.stage === 'embedding') setEmbedding(progress.done < progress.total)
      print(progress)
    },
    stopwatch,
    describeRun: (durations, cacheHits) => ({
      createdUtc: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      durations,
      cacheHits,
      commandLine: commandLine(),
      host: { node: process.version, os: `${platform()} ${release()} ${arch()}` },
    }),
  }
}

function stopwatch(): Stopwatch {
  const laps: (readonly [string, number])[] = []
  let last = performance.now()
  return {
    lap: (stage) => {
      const now = performance.now()
      laps.push([stage, Math.round(now - last) / 1000])
      last = now
    },
    laps: () => laps,
  }
}
