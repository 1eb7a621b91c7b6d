import type { Command } from 'commander'

/** What one process of --isolate may be given, in megabytes. */
export const LEAST_MEGABYTES = 256 // an empty process with both libraries takes some 150
export const MOST_MEGABYTES = 1_048_576

/** Options of commands that open a model. */
export function addIsolationOptions(command: Command): void {
  command
    .option('--isolate', 'decode images and run the model in processes of their own, which may die of them (slower)')
    .option(
      '--isolate-memory <megabytes>',
      `what each of these two processes may hold, ${LEAST_MEGABYTES} to ${MOST_MEGABYTES}; asks for --isolate by itself (default: half of the machine's)`,
    )
}
