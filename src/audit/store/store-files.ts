import * as fileSystem from 'node:fs/promises'
import { errorCode } from '../disk/error-code.js'

/** The file calls that the store makes. Everything goes through here, so that a test can make any one of them fail. */
export type StoreFiles = Pick<
  typeof fileSystem,
  'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'rmdir' | 'stat'
>

export const nodeFiles: StoreFiles = fileSystem

/** Whether a file system says of a call that it has none: exclusive creation on some network disks. */
export function isUnsupported(error: unknown): boolean {
  return ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'].includes(errorCode(error))
}
