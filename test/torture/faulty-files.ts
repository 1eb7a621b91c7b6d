import * as fileSystem from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { FolderFiles } from '../../src/audit/audit-file/replace-together.js'
import type { StoreFiles } from '../../src/audit/store/store-files.js'

/** One call on a file: `open`, `rename`, `handle.write`, ... with what it is given. */
export type FileCall = {
  readonly name: string
  readonly path: string
  readonly args: readonly unknown[]
}

/** Stands between the store and the disk: carries a call out, or does something else. */
export type Between = (call: FileCall, carryOut: (...args: unknown[]) => Promise<unknown>) => Promise<unknown>

export type Files = StoreFiles & FolderFiles

/** The real file system with somebody in between. */
export function filesThrough(between: Between): Files {
  const named =
    (name: keyof Files) =>
    (...args: unknown[]): Promise<unknown> =>
      between({ name, path: String(args[0]), args }, (...given) =>
        (fileSystem[name] as (...all: unknown[]) => Promise<unknown>)(...given),
      )
  const open = named('open')
  const files = {
    ...Object.fromEntries((['copyFile', 'link', 'lstat', 'mkdir', 'readdir', 'readFile', 'rename', 'rm', 'rmdir', 'stat'] as const).map((name) => [name, named(name)])), // prettier-ignore
    open: async (...args: unknown[]) => handleThrough((await open(...args)) as FileHandle, String(args[0]), between),
  }
  return files as unknown as Files // the overloads of node:fs/promises, with the same arguments in the same places
}

function handleThrough(handle: FileHandle, path: string, between: Between): FileHandle {
  return new Proxy(handle, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) =>
        between(
          { name: `handle.${String(property)}`, path, args },
          (...given) => (value as (...all: unknown[]) => Promise<unknown>).apply(target, given), // a method of the handle
        )
    },
  })
}

export const ERRORS = ['EIO', 'ENOSPC', 'EACCES'] as const

/** What goes wrong: an error with no effect but half a write; `late`: everything is done, and EIO said of it all the same; `short`: a
 *  read or a write takes half of what it is given. */
export type Fault = (typeof ERRORS)[number] | 'late' | 'short'
export const FAULTS: readonly Fault[] = [...ERRORS, 'late', 'short']

export type Plant = { readonly fault: Fault; readonly nth: number; readonly lasts: boolean }

export type Planted = { readonly files: Files; readonly felt: () => number; readonly first: () => string }

/** Makes the nth file call go wrong, or that one and all after it. */
export function plant({ fault, nth, lasts }: Plant): Planted {
  let calls = 0
  let felt = 0
  let first = ''
  const files = filesThrough(async (call, carryOut) => {
    if (fault === 'short' && !canBeShort(call)) return carryOut(...call.args)
    const number = ++calls
    if (number < nth || (number > nth && !lasts)) return carryOut(...call.args)
    felt++
    if (felt === 1) first = `${call.name} ${call.path}`
    return fault === 'short' ? short(call, carryOut) : fail(call, carryOut, fault)
  })
  return { files, felt: () => felt, first: () => first }
}

function canBeShort({ name }: FileCall): boolean {
  return name === 'handle.write' || name === 'handle.read' || name === 'handle.writeFile'
}

async function short(
  { name, path, args }: FileCall,
  carryOut: (...args: unknown[]) => Promise<unknown>,
): Promise<unknown> {
  if (name === 'handle.writeFile') {
    await carryOut(halfOf(args[0])) // Node writes the rest itself, until the disk says why it took half
    throw systemError('ENOSPC', name, path)
  }
  const [bytes, offset, length, position] = args
  return carryOut(bytes, offset, Math.ceil(Number(length) / 2), position)
}

async function fail(
  { name, path, args }: FileCall,
  carryOut: (...args: unknown[]) => Promise<unknown>,
  fault: Exclude<Fault, 'short'>,
): Promise<never> {
  // prettier-ignore
  if (fault === 'late' || name === 'handle.close') {
    const result = await carryOut(...args) // a file that does not close stays open in this process
    if (name === 'open') await (result as FileHandle).close()
  } else if (name === 'handle.write') {
    const [bytes, offset, length, position] = args
    await carryOut(bytes, offset, Math.floor(Number(length) / 2), position)
  } else if (name === 'handle.writeFile') await carryOut(halfOf(args[0]))
  throw systemError(fault === 'late' ? 'EIO' : fault, name, path)
}

function halfOf(data: unknown): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data as Uint8Array)
  return bytes.subarray(0, bytes.length >> 1)
}

/** As Node's own: the calls on a handle do not say which file it is. */
function systemError(code: string, call: string, path: string): Error {
  return Object.assign(new Error(`${code}: planted, ${call}`), {
    code,
    ...(call.startsWith('handle.') ? {} : { path }),
  })
}
