import { quoted } from '../errors.js'
import type { Fault } from '../errors.js'

export type Json = Readonly<Record<string, unknown>>

/** One `preprocessor_config.json` that is being read, with what was found wrong so far. `at` names the file in messages. */
export type Reader = { readonly json: Json; readonly faults: Fault[]; readonly at: string }

/** Notes that a setting is not as it must be. */
export function fault({ faults, at }: Reader, field: string, expected: string, received: unknown, hint?: string): null {
  const words = received === undefined ? 'nothing' : quoted(received)
  faults.push({ at, field, expected, received: words, ...(hint === undefined ? {} : { hint }) })
  return null
}
