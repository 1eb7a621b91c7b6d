import * as fileSystem from 'node:fs/promises'

/** The file calls that the store makes. Everything goes through here, so that a test can make any one of them fail. */
export type StoreFiles = Pick<typeof fileSystem, 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'stat'>

export const nodeFiles: StoreFiles = fileSystem

/** Of a system error, its code; of anything else, ''. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
