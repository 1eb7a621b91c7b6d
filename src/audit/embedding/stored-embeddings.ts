import { DatasetError } from '../errors.js'
import type { EmbeddedWith } from '../model/open-model.js'
import type { Settings } from '../store/segment-header.js'
import type { VectorSpace } from '../store/vector-space.js'
import type { RawEmbeddings } from '../types/decisions.js'
import { DEVICES } from '../types/device.js'
import type { ImageLedger } from './image-ledger.js'
import { toUnitVectors, unitRoom } from './unit-vectors.js'

/** The vectors of a ledger's images, read from where they are stored: as they are, or divided by their length. */
export function storedEmbeddings(ledger: ImageLedger, space: VectorSpace): RawEmbeddings {
  const rows = Int32Array.from(ledger.usableRows())
  const readRaw: RawEmbeddings['readRaw'] = async (start, end, into) => {
    const keys = ledger.hashes.bytesOf(rows.subarray(start, end))
    const vectors = into ?? new Float32Array((end - start) * space.dim)
    const missing = await space.read(keys, (index, vector) => vectors.set(vector, index * space.dim))
    if (missing.length > 0) {
      throw storeDamaged(`${missing.length} vectors that were there a moment ago`)
    }
    return vectors
  }
  return {
    dim: space.dim,
    rows,
    read: async (start, end, into) => {
      const vectors = await readRaw(start, end, into)
      toUnitVectors(vectors, space.dim)
      return vectors
    },
    readRaw,
    room: (vectors) => unitRoom(vectors, space.dim),
  }
}

/** Vectors that were read before cannot be read any more: the disk fails, or somebody removed them. */
export function storeDamaged(which: string): DatasetError {
  return new DatasetError('store.damaged', {
    at: 'the store',
    expected: which,
    received: 'something else, or nothing',
    hint: 'Another process may have removed them, or the disk fails; run again, with another --store or with --no-store',
  })
}

/** The distinct settings that the stored vectors of these images were made with, in a fixed order. */
export function settingsUsed(hashes: readonly (string | null)[], space: VectorSpace): EmbeddedWith[] {
  const distinct = new Map<string, Settings>()
  const looked = new Set<Settings>() // one object per segment: most images share it
  for (const sha256 of hashes) {
    const settings = sha256 === null ? null : space.settingsOf(sha256)
    if (settings === null || looked.has(settings)) continue
    looked.add(settings)
    distinct.set(JSON.stringify(settings), settings)
  }
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, settings]) => embeddedWith(settings))
}

function embeddedWith({ threads, batch, onnxruntime, libvips, device }: Settings): EmbeddedWith {
  const known = DEVICES.find((each) => each === device)
  return {
    threads: Number(threads),
    batch: Number(batch),
    onnxruntime: String(onnxruntime),
    libvips: String(libvips),
    ...(known === undefined ? {} : { device: known }),
  }
}
