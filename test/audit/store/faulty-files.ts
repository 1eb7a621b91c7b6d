import type { FileHandle } from 'node:fs/promises'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import type { StoreFiles } from '../../../src/audit/store/store-files.js'

/** Called before every file call of the store; what it throws is what the call gives. */
export type BeforeCall = (call: string, details: { path: string; bytes?: Uint8Array; position?: number }) => void

/** The real file system with somebody looking on, who may make a call fail. */
export function watchedFiles(before: BeforeCall): StoreFiles {
  const named =
    <Arguments extends unknown[], Result>(call: string, run: (...args: Arguments) => Promise<Result>) =>
    async (...args: Arguments): Promise<Result> => {
      before(call, { path: String(args[0]) })
      return run(...args)
    }
  const files = {
    mkdir: named('mkdir', nodeFiles.mkdir),
    readdir: named('readdir', nodeFiles.readdir),
    readFile: named('readFile', nodeFiles.readFile),
    rename: named('rename', nodeFiles.rename),
    rm: named('rm', nodeFiles.rm),
    stat: named('stat', nodeFiles.stat),
    open: named('open', async (...args: Parameters<StoreFiles['open']>) =>
      watchedHandle(await nodeFiles.open(...args), String(args[0]), before),
    ),
  }
  return files as unknown as StoreFiles // the overloads of node:fs/promises, with the same arguments in the same places
}

function watchedHandle(handle: FileHandle, path: string, before: BeforeCall): FileHandle {
  return new Proxy(handle, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        const [bytes, offset, length, position] = args
        const isWrite = property === 'write' && bytes instanceof Uint8Array
        const part = isWrite ? bytes.subarray(Number(offset), Number(offset) + Number(length)) : undefined
        const data = property === 'writeFile' || typeof bytes === 'string' ? Buffer.from(bytes as string) : part
        try {
          before(`handle.${String(property)}`, {
            path,
            ...(data === undefined ? {} : { bytes: data }),
            ...(isWrite ? { position: Number(position) } : {}),
          })
        } catch (error) {
          return Promise.reject(error instanceof Error ? error : new Error(String(error)))
        }
        return (value as (...all: unknown[]) => unknown).apply(target, args)
      }
    },
  })
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: planted`), { code })
}
