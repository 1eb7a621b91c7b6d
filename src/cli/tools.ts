import { performance } from 'node:perf_hooks'
import type { Progress, StoreChoice, Tools } from '../audit/tools.js'
import type { DeviceAsked } from '../audit/types/device.js'
import type { Isolation } from '../audit/types/isolation.js'
import type { NumberAsked } from '../audit/types/pace.js'
import { systemTools } from '../library/system-tools.js'
import { interruption, setEmbedding } from './interruption.js'
import { longRunQuestion } from './long-run-question.js'
import { eventPrinter, progressPrinter } from './progress.js'
import { commandLine } from './shown.js'

export type ToolOptions = {
  readonly threads?: NumberAsked | undefined
  readonly batch?: NumberAsked | undefined
  readonly device?: DeviceAsked | undefined
  readonly isolation?: Isolation | undefined
  readonly store?: StoreChoice | null
  /** Progress as JSON, one object a line. */
  readonly json?: boolean | undefined
  /** Do not ask before a run of hours. */
  readonly yes?: boolean | undefined
}

/** The clock, the version and the terminal, handed to the engine. */
export function commandLineTools({
  threads,
  batch,
  device,
  isolation,
  store = null,
  json = false,
  yes = false,
}: ToolOptions = {}): Tools {
  const now = (): number => performance.now()
  const print = (json ? eventPrinter : progressPrinter)(process.stderr, now)
  return {
    ...systemTools(commandLine()),
    ...(threads === undefined ? {} : { threads }),
    ...(batch === undefined ? {} : { batch }),
    ...(device === undefined ? {} : { device }),
    ...(isolation === undefined ? {} : { isolation }),
    store,
    signal: interruption,
    ...(yes || json || !process.stdin.isTTY || !process.stderr.isTTY
      ? {}
      : { mayGoOn: longRunQuestion({ input: process.stdin, output: process.stderr, signal: interruption, now }) }),
    onProgress: (progress: Progress) => {
      if (progress.stage === 'waiting') setEmbedding(true)
      if (progress.stage === 'embedding') setEmbedding(progress.done < progress.total)
      print(progress)
    },
  }
}
