import { createInterface } from 'node:readline/promises'
import { DefinitionError } from '../audit/errors.js'
import { runStoreList, runStorePurge, runStoreVerify } from '../audit/run-store.js'
import type { ListedSpace, PurgeWhat, VerifiedSpace } from '../audit/run-store.js'
import { EXIT } from './exit.js'
import { shownFolder } from './home-folder.js'
import { counted, shownBytes, shownName } from './shown.js'
import { storeFolder } from './store-place.js'

export type PurgeFlags = { store?: string; model?: string; dataset?: string; all?: boolean; yes?: boolean }

export async function printStore({ store, json }: { store?: string; json?: boolean }): Promise<void> {
  const folder = storeFolder(store)
  const spaces = await runStoreList(folder)
  if (json === true) return print(JSON.stringify({ folder, spaces }, null, 2))
  if (spaces.length === 0) return print(`${shownFolder(folder)}: nothing is stored yet`)
  const total = spaces.reduce((sum, { bytes }) => sum + bytes, 0)
  print([`${shownFolder(folder)}: ${shownBytes(total)}`, ...spaces.map(describeSpace)].join('\n'))
}

export async function verifyStore({ store, json }: { store?: string; json?: boolean }): Promise<void> {
  const folder = storeFolder(store)
  const verified = await runStoreVerify(folder)
  const isWhole = verified.every(({ space, notices }) => notices.length === 0 && space.description !== null)
  if (json === true) print(JSON.stringify({ folder, isWhole, spaces: verified }, null, 2))
  else if (verified.length === 0) print(`${shownFolder(folder)}: nothing is stored yet`)
  else print(verified.map(describeVerified).join('\n'))
  process.exitCode = isWhole ? EXIT.passed : EXIT.failed
}

export async function purgeStore(flags: PurgeFlags): Promise<void> {
  const folder = storeFolder(flags.store)
  const what = purgeWhat(flags)
  if (flags.yes !== true && !(await isSure(folder, what))) return print('Nothing was removed.')
  const { vectors } = await runStorePurge(folder, what)
  print(`Removed ${counted(vectors, 'vector')} from ${shownFolder(folder)}.`)
}

function purgeWhat({ model, dataset, all }: PurgeFlags): PurgeWhat {
  const named: PurgeWhat[] = [
    ...(model === undefined ? [] : [{ kind: 'model', model } as const]),
    ...(dataset === undefined ? [] : [{ kind: 'dataset', images: dataset } as const]),
    ...(all === true ? [{ kind: 'all' } as const] : []),
  ]
  const [first] = named
  if (named.length === 1 && first !== undefined) return first
  throw new DefinitionError('store.purge', {
    at: 'command line',
    expected: 'one of --model, --dataset and --all',
    received: named.length === 0 ? 'none' : 'several',
  })
}

async function isSure(folder: string, what: PurgeWhat): Promise<boolean> {
  if (!process.stdin.isTTY) {
    const hint = 'Add --yes to remove without being asked'
    throw new DefinitionError('store.purge', {
      at: 'command line',
      expected: 'an answer from a terminal',
      received: 'no terminal',
      hint,
    })
  }
  const question = `Remove ${describeWhat(what)} from ${shownFolder(folder)}? It can be embedded again. [y/N] `
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(question).catch(() => '') // Ctrl-C and Ctrl-D say no
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

function describeWhat(what: PurgeWhat): string {
  switch (what.kind) {
    case 'all':
      return 'everything'
    case 'model':
      return `the vectors of ${shownName(what.model)}`
    case 'dataset':
      return `the vectors of the images in ${shownFolder(what.images)}`
  }
}

function describeSpace({ description, dim, vectors, bytes, segments, changedMs }: ListedSpace): string {
  if (description === null) return `  unreadable manifest: ${counted(vectors, 'vector')}, ${shownBytes(bytes)}`
  const { kind, model, encoder, prepared } = description
  const how = prepared === undefined ? '' : `\n      ${prepared}`
  const when = new Date(changedMs).toISOString().slice(0, 10)
  return `  ${shownName(model)} (${String(encoder).slice(0, 12)}): ${vectors} ${kind} of ${dim} numbers, ${shownBytes(bytes)} in ${counted(segments, 'segment')}, last written ${when}${how}`
}

const NOTICES: Readonly<Record<VerifiedSpace['notices'][number]['kind'], string>> = {
  'damaged-vectors': 'damaged',
  'lost-vectors': 'listed but not there',
  'unusable-segments': 'segments that cannot be used',
  'not-writable': 'not writable',
  'index-not-saved': 'index not saved',
  'own-segment': 'written beside another machine',
}

function describeVerified({ space, whole, notices }: VerifiedSpace): string {
  if (space.description === null)
    return `damaged  ${space.folder}: its manifest cannot be read, and is written again by the next run with this model; ${counted(space.vectors, 'vector')} not checked`
  const faults = notices.map(({ kind, count }) => `, ${count} ${NOTICES[kind]}`).join('')
  return `${notices.length === 0 ? 'whole   ' : 'damaged '} ${shownName(space.description['model'])}, ${space.description['kind']}: ${counted(whole, 'vector')} as stored${faults}`
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
