import { createHash } from 'node:crypto'
import pMap from 'p-map'
import type { Model } from '../model/open-model.js'
import type { FileHashes } from '../store/file-hashes.js'
import type { VectorSpace } from '../store/vector-space.js'
import type { Dataset } from '../types/dataset.js'
import { contentKey } from './content-key.js'
import type { EmbeddedImages } from './embed-images.js'
import { findStored, settleStored } from './find-stored.js'
import type { KnownRow } from './find-stored.js'
import { ImageLedger } from './image-ledger.js'
import { MOST_FILES_AT_ONCE } from './most-files-at-once.js'
import { openSources } from './read-source.js'
import { storedEmbeddings } from './stored-embeddings.js'

/** How many images of a dataset have their vector in a store, and the rows that have none, ascending: as far as that is known without opening an image. */
export async function knownImages(
  dataset: Dataset,
  { space, hashes }: StoredPlace,
): Promise<{ readonly found: number; readonly missing: readonly number[] }> {
  const ledger = new ImageLedger(dataset)
  await findStored(ledger, space, hashes)
  return { found: ledger.counts().found, missing: ledger.unsettled() }
}

export type StoredPlace = { readonly space: VectorSpace; readonly hashes: FileHashes }

/** The vectors of a dataset that other processes embedded, and the rows that have none, ascending. Files that are not known are read and hashed; nothing is
 *  decoded or embedded. */
export async function checkStored(
  dataset: Dataset,
  model: Pick<Model, 'readBytes'>,
  { space, hashes }: StoredPlace,
): Promise<{ readonly images: EmbeddedImages; readonly missing: readonly number[] }> {
  const ledger = new ImageLedger(dataset)
  await findStored(ledger, space, hashes)
  const readSource = openSources(model)
  const known: KnownRow[] = []
  const look = async (row: number): Promise<void> => {
    const source = ledger.sourceOf(row)
    const asOf = hashes.now()
    const read = await readSource(source)
    if (read.kind === 'fault') return
    const ofBytes = createHash('sha256').update(read.bytes).digest('hex')
    hashes.remember(source.key, read.state, ofBytes, asOf)
    const sha256 = contentKey(ofBytes, source.box)
    if (source.box !== null) hashes.keep(sha256)
    if (space.has(sha256)) known.push({ row, sha256 })
  }
  await pMap(ledger.unsettled(), look, { concurrency: MOST_FILES_AT_ONCE })
  known.sort((a, b) => a.row - b.row) // in the order of the store, as far as it was filled in the order of the rows
  await settleStored(known, space, ledger.settleFound)
  await hashes.save()
  return {
    images: {
      embeddings: storedEmbeddings(ledger, space),
      hashes: ledger.hashes.toArray(),
      quarantined: ledger.quarantined,
      flags: ledger.flags,
      counts: ledger.counts(),
    },
    missing: ledger.unsettled(),
  }
}
