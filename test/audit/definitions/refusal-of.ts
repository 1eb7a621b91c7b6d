import { DefinitionError } from '../../../src/audit/errors.js'

/** The whole message with which something is refused; `not refused` when it is not. Other errors are thrown on. */
export function refusalOf(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof DefinitionError) return error.message
    throw error
  }
  return 'not refused'
}
