import type { Command } from 'commander'
import type { Isolation } from '../audit/types/isolation.js'
import { wholeFlag } from './whole-flag.js'

export type IsolationFlags = {
  readonly isolate?: boolean | undefined
  /** Megabytes. */
  readonly isolateMemory?: number | undefined
}

const LEAST_MEGABYTES = 256 // an empty process with both libraries takes some 150
const MOST_MEGABYTES = 1_048_576
const MEGABYTES = ' of megabytes for each process of --isolate,'

/** Options of commands that open a model. */
export function addIsolationOptions(command: Command): void {
  command
    .option('--isolate', 'decode images and run the model in processes of their own, which may die of them (slower)')
    .option(
      '--isolate-memory <megabytes>',
      `what each of these two processes may hold, ${LEAST_MEGABYTES} to ${MOST_MEGABYTES}; asks for --isolate by itself (default: half of the machine's)`,
      (text: string) => wholeFlag('--isolate-memory', text, LEAST_MEGABYTES, { most: MOST_MEGABYTES, of: MEGABYTES }),
    )
}

/** What the flags ask for; undefined where they ask for nothing. */
export function isolationAsked({ isolate, isolateMemory }: IsolationFlags): Isolation | undefined {
  if (isolateMemory !== undefined) return { memoryBytes: isolateMemory * 1e6 }
  return isolate === true ? {} : undefined
}
