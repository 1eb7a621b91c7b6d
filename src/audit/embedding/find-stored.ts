import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isSameState } from '../model/same-state.js'
import type { FileHashes } from '../store/file-hashes.js'
import type { VectorSpace } from '../store/vector-space.js'
import type { FileState } from '../types/files.js'
import { contentKey } from './content-key.js'
import type { ImageLedger } from './image-ledger.js'

const LOOKUPS_AT_ONCE = 64 // asks for the state of so many files at a time: a network disk answers late, and in parallel
const VECTORS_AT_ONCE = 4096

/** Finds the rows whose file is unchanged since it was hashed and whose vector is stored and whole. No image is opened. Gives the state
 *  in which each other file was seen; files whose state cannot be had are left for whoever opens them. */
export async function findStored(
  ledger: ImageLedger,
  space: VectorSpace,
  hashes: FileHashes,
): Promise<ReadonlyMap<number, FileState>> {
  const seen = new Map<number, FileState>()
  const known: KnownRow[] = []
  const stateOf = statesOnce(ledger)
  for (const rows of chunks(ledger.unsettled(), LOOKUPS_AT_ONCE)) {
    await Promise.all(
      rows.map(async (row) => {
        const { path, key, box, indexed } = ledger.sourceOf(row)
        const state = await stateOf(path)
        if (state === null) return
        if (indexed !== null && !isSameState(indexed, state)) return // what lies there now may be another image
        const ofBytes = hashes.known(key, state)
        const sha256 = ofBytes === null ? null : contentKey(ofBytes, box)
        if (sha256 !== null && box !== null) hashes.keep(sha256)
        if (sha256 !== null && space.has(sha256)) known.push({ row, sha256 })
        else seen.set(row, { size: state.size, mtimeNs: state.mtimeNs, ctimeNs: state.ctimeNs, ino: state.ino })
      }),
    )
  }
  known.sort((a, b) => a.row - b.row) // in the order of the store, as far as it was filled in the order of the rows
  await settleStored(known, space, ledger.settleFound)
  return seen
}

/** The state of a file; of a container, which holds many images, it is asked for once. */
function statesOnce({ hasContainers }: ImageLedger): (path: string) => Promise<BigIntStats | null> {
  const ask = (path: string): Promise<BigIntStats | null> => stat(path, { bigint: true }).catch(() => null)
  if (!hasContainers) return ask
  const asked = new Map<string, Promise<BigIntStats | null>>()
  return (path) => {
    const state = asked.get(path) ?? ask(path)
    asked.set(path, state)
    return state
  }
}

export type KnownRow = { readonly row: number; readonly sha256: string }

/** Settles rows whose content is known, as far as its vector is stored and whole. */
export async function settleStored(
  known: readonly KnownRow[],
  space: VectorSpace,
  settle: ImageLedger['settleFound'],
): Promise<void> {
  for (const some of chunks(known, VECTORS_AT_ONCE)) {
    await space.read(
      some.map(({ sha256 }) => sha256),
      (index, vector, note) => settle(some[index].row, some[index].sha256, vector, note),
    )
  }
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[], void> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
