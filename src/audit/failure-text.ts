import { ProbityError, saysMemoryShort } from './errors.js'
import { inWords, isSystemError } from './system-errors.js'

/** Why work failed, for whoever is on another machine: in one sentence, without a path of a system error or the words of a fault of ours, which may name
 *  an image. */
export function failureText(error: unknown): string {
  if (error instanceof ProbityError) return error.message
  if (isSystemError(error)) return inWords(error.code)
  if (saysMemoryShort(error)) return 'there was not enough memory'
  return `a fault of Probity itself (${error instanceof Error ? error.name : typeof error}): see the log of the worker`
}
