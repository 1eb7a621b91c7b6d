import type { Isolation } from '../audit/types/isolation.js'
import { LEAST_MEGABYTES, MOST_MEGABYTES } from './isolation-options.js'
import { wholeFlag } from './whole-flag.js'

/** The flags of addIsolationOptions, as they are typed. */
export type IsolationFlags = {
  readonly isolate?: boolean | undefined
  readonly isolateMemory?: string | undefined
}

const MEGABYTES = ' of megabytes for each process of --isolate,'

/** What the flags ask for; undefined where they ask for nothing. Throws DefinitionError. */
export function isolationAsked({ isolate, isolateMemory }: IsolationFlags): Isolation | undefined {
  if (isolateMemory === undefined) return isolate === true ? {} : undefined
  const limits = { most: MOST_MEGABYTES, of: MEGABYTES }
  return { memoryBytes: wholeFlag('--isolate-memory', isolateMemory, LEAST_MEGABYTES, limits) * 1e6 }
}
