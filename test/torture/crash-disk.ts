import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { filesThrough } from './faulty-files.js'
import type { FileCall } from './faulty-files.js'
import type { StoreFiles } from '../../src/audit/store/store-files.js'

/** What reached the disk's cache, in the order in which it was asked for. Files are numbered: a name may be that of another one later. */
type Step =
  | { readonly kind: 'write'; readonly file: number; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: 'sync'; readonly file: number }
  | { readonly kind: 'name'; readonly path: string; readonly file: number; readonly from?: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'sync-folder'; readonly path: string }

export type CrashDisk = {
  readonly files: StoreFiles
  /** How many steps were taken so far. */
  readonly steps: () => number
  /** Lays out in `target` what a disk may hold after the power went before step `at`. What was synced is there: of files their content, of
   *  folders their names. Of the rest any part is: `chance` says so, step by step; one of the writes that are there is torn. */
  readonly crash: (target: string, at: number, chance: Chance) => void
}

export type Chance = { readonly below: (limit: number) => number }

/** Watches what a store does below `root`, which is empty at first. */
export function crashDisk(root: string): CrashDisk {
  const log: Step[] = []
  const names = new Map<string, number>()
  let files = 0
  const short = (path: string): string => relative(root, path)
  const note = (step: Step): void => void log.push(step)

  const notes: Readonly<Record<string, (call: FileCall, given: unknown) => void>> = {
    mkdir: ({ path }) => note({ kind: 'folder', path: short(path) }),
    open: ({ path, args }) => {
      if (args[1] === 'r') return
      const file = ++files // `w` and `wx`: the store never opens to write what is there already, but for its own temporary files
      names.set(path, file)
      note({ kind: 'name', path: short(path), file })
    },
    rename: ({ path, args }) => {
      const file = names.get(path) ?? 0
      names.set(String(args[1]), file)
      names.delete(path)
      note({ kind: 'name', path: short(String(args[1])), file, from: short(path) })
    },
    rm: ({ path }) => note({ kind: 'remove', path: short(path) }),
    rmdir: ({ path }) => note({ kind: 'remove', path: short(path) }),
    'handle.write': ({ path, args }, given) => {
      const { bytesWritten } = given as { bytesWritten: number }
      const [bytes, offset, , position] = args as [Uint8Array, number, number, number]
      note({ kind: 'write', file: names.get(path) ?? 0, position, bytes: Buffer.from(bytes.subarray(offset, offset + bytesWritten)) }) // prettier-ignore
    },
    'handle.writeFile': ({ path, args }) => {
      const bytes = typeof args[0] === 'string' ? Buffer.from(args[0]) : Buffer.from(args[0] as Uint8Array)
      note({ kind: 'write', file: names.get(path) ?? 0, position: 0, bytes })
    },
    'handle.sync': ({ path }) => {
      const file = names.get(path)
      note(file === undefined ? { kind: 'sync-folder', path: short(path) } : { kind: 'sync', file })
    },
  }

  return {
    files: filesThrough(async (call, carryOut) => {
      const given = await carryOut(...call.args)
      notes[call.name]?.(call, given)
      return given
    }),
    steps: () => log.length,
    crash: (target, at, chance) => layOut(target, log.slice(0, at), chance),
  }
}

function layOut(target: string, log: readonly Step[], chance: Chance): void {
  const lasting = lastingOf(log)
  const survived = log.filter((step) => lasting.has(step) || chance.below(2) === 0)
  const torn =
    chance.below(3) === 0 ? undefined : survived.findLast((step) => step.kind === 'write' && !lasting.has(step))
  const contents = new Map<number, Buffer>()
  const names = new Map<string, number>()
  const folders = new Set([''])
  for (const step of survived) {
    if (step.kind === 'folder') folders.add(step.path)
    else if (step.kind === 'write') write(contents, step === torn ? tear(step, chance) : step)
    else if (step.kind === 'remove') {
      for (const path of [...names.keys()]) if (isBelow(path, step.path)) names.delete(path)
      for (const path of [...folders]) if (path !== '' && isBelow(path, step.path)) folders.delete(path)
    } else if (step.kind === 'name') {
      if (step.from !== undefined) names.delete(step.from)
      names.set(step.path, step.file)
    }
  }
  mkdirSync(target, { recursive: true })
  for (const folder of [...folders].sort())
    if (isReached(folder, folders)) mkdirSync(join(target, folder), { recursive: true })
  for (const [path, file] of names) {
    if (isReached(parentOf(path), folders)) writeFileSync(join(target, path), contents.get(file) ?? '')
  }
}

/** The steps that a later sync made last. */
function lastingOf(log: readonly Step[]): ReadonlySet<Step> {
  const lasting = new Set<Step>()
  const synced = new Set<number | string>()
  for (const step of [...log].reverse()) {
    if (step.kind === 'sync') synced.add(step.file)
    else if (step.kind === 'sync-folder') synced.add(step.path)
    else if (synced.has(step.kind === 'write' ? step.file : parentOf(step.path))) lasting.add(step)
  }
  return lasting
}

function write(contents: Map<number, Buffer>, { file, position, bytes }: Extract<Step, { kind: 'write' }>): void {
  const before = contents.get(file) ?? Buffer.alloc(0)
  const grown = Buffer.alloc(Math.max(before.length, position + bytes.length)) // a hole is read as zeros
  before.copy(grown)
  bytes.copy(grown, position)
  contents.set(file, grown)
}

/** Cut at some byte, or zeros from there. */
function tear(step: Extract<Step, { kind: 'write' }>, chance: Chance): Extract<Step, { kind: 'write' }> {
  const kept = step.bytes.subarray(0, chance.below(step.bytes.length + 1))
  const zeros = Buffer.alloc(chance.below(2) * (step.bytes.length - kept.length))
  return { ...step, bytes: Buffer.concat([kept, zeros]) }
}

function parentOf(path: string): string {
  return dirname(path) === '.' ? '' : dirname(path)
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function isReached(folder: string, folders: ReadonlySet<string>): boolean {
  for (let each = folder; each !== ''; each = parentOf(each)) if (!folders.has(each)) return false
  return true
}
