/** Of a system error, its code; of anything else, ''. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** A handle does not say which file it is; whoever reads the message must know. An error about `temporary`, a file on the way to the one that was
 *  wanted, is one about that. */
export function named(error: unknown, path: string, temporary?: string): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  return 'path' in error && error.path !== temporary ? error : Object.assign(error, { path })
}
