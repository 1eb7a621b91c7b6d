import { DefinitionError } from './errors.js'
import type { Tools } from './tools.js'

/** Throws DefinitionError where threads or images per run are left open and several processes embed one dataset: each would take its own. */
export function refuseOpenPace({ threads, batch }: Pick<Tools, 'threads' | 'batch'>): void {
  const open = Object.entries({ '--threads': threads, '--batch': batch }).filter(([, asked]) => asked === 'auto')
  if (open.length === 0) return
  throw new DefinitionError(
    'embed.pace',
    open.map(([field]) => ({
      at: 'command line',
      field,
      expected: 'a number, with shards and queues',
      received: 'auto',
      hint: `Each process would take its own, and last bits of vectors would differ between shards. Ask probity plan ${field} auto on one machine, and name what it takes on all`,
    })),
  )
}
