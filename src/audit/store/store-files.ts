import * as fileSystem from 'node:fs/promises'

/** The file calls that the store makes. Everything goes through here, so that a test can make any one of them fail. */
export type StoreFiles = Pick<
  typeof fileSystem,
  'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'rmdir' | 'stat'
>

export const nodeFiles: StoreFiles = fileSystem

/** Of a system error, its code; of anything else, ''. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** A handle does not say which file it is; whoever reads the message must know. */
export function named(error: unknown, path: string): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  return 'path' in error ? error : Object.assign(error, { path })
}

/** Whether a file system says of a call that it has none: exclusive creation on some network disks. */
export function isUnsupported(error: unknown): boolean {
  return ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'].includes(errorCode(error))
}
