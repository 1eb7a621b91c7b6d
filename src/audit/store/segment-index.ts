import { errorCode } from '../disk/error-code.js'
import { keyBytes, someKeys } from './keys.js'
import type { Keys } from './keys.js'
import { KEY_BYTES } from './segment-entry.js'
import type { StoreFiles } from './store-files.js'
import { readSegment, readVectors } from './segment-reader.js'
import type { Segment, UnusableSegment } from './segment-reader.js'
import type { Settings } from './segment-header.js'
import { rowOf, segmentOf, VectorPlaces } from './vector-places.js'
import type { VectorPlace } from './vector-places.js'
import type { OnStored, StoreNotice } from './vector-space.js'

export type SpacePlace = {
  readonly files: StoreFiles
  readonly folder: string
  /** SHA-256 of what the vectors are; it stands in every segment. */
  readonly id: string
  readonly dim: number
  readonly onNotice: (notice: StoreNotice) => void
}

/** The segments of a space as they lie on disk, and where each key's vector is: 64 bytes are read per vector. */
export class SegmentIndex {
  private segments: readonly Segment[] = []
  private places = new VectorPlaces([], () => false)
  /** Segment and row of vectors that turned out to be damaged: reading the segments again must not bring them back. */
  private readonly damaged = new Set<string>()

  constructor(private readonly place: SpacePlace) {}

  /** Reads the entries of every segment; of a key that stands in several, the newest counts. Gives the segments that cannot be used. */
  async load(): Promise<UnusableSegment[]> {
    const { files, folder, id, dim } = this.place
    const read: (Segment | UnusableSegment)[] = []
    const unreadable = (name: string): UnusableSegment => ({ name, unusable: 'unreadable' }) // its vectors are made again
    const names = await segmentNames(files, folder).catch((error: unknown) => {
      if (!['EACCES', 'EPERM'].includes(errorCode(error))) throw error
      read.push(unreadable(folder)) // all of them, as far as anybody can say
      return []
    })
    for (const name of names) {
      read.push(await readSegment(files, folder, name, { space: id, dim }).catch(() => unreadable(name)))
    }
    const segments = read.filter((segment): segment is Segment => !('unusable' in segment))
    this.segments = segments
    const isDamaged = ({ name }: Segment, row: number): boolean => this.damaged.has(`${name}/${row}`)
    this.places = new VectorPlaces(segments, this.damaged.size === 0 ? () => false : isDamaged) // no text for each of a million rows
    return read.filter((segment) => 'unusable' in segment)
  }

  get size(): number {
    return this.places.size
  }

  keys(): IterableIterator<string> {
    return this.places.keys()
  }

  has(key: string): boolean {
    return this.places.placeOf(keyBytes([key]), 0) !== undefined
  }

  settingsOf(key: string): Settings | null {
    const place = this.places.placeOf(keyBytes([key]), 0)
    return place === undefined ? null : this.segments[segmentOf(place)].settings
  }

  lastSettings(): Settings | null {
    return this.segments.findLast(({ vectors }) => vectors > 0)?.settings ?? null
  }

  /** Every usable segment with its number of vectors, in the order in which they were begun. */
  list(): { name: string; vectors: number }[] {
    return this.segments.map(({ name, vectors }) => ({ name, vectors }))
  }

  /** Reads vectors. Gives the indices of keys that stand in no segment, and of those whose vector is damaged, which are then forgotten.
   *  A vector that is not where it was is looked for once more: another process may have written its segment anew. */
  async read(keys: Keys, onStored: OnStored): Promise<{ unknown: number[]; damaged: number[] }> {
    const first = await this.readOnce(keys, onStored)
    if (first.damaged.length === 0) return first
    await this.load()
    const again = await this.readOnce(someKeys(keys, first.damaged), (index, vector, note) =>
      onStored(first.damaged[index], vector, note),
    )
    const lost = [...again.unknown, ...again.damaged].map((index) => first.damaged[index])
    return { unknown: first.unknown, damaged: lost }
  }

  private async readOnce(keys: Keys, onStored: OnStored): Promise<{ unknown: number[]; damaged: number[] }> {
    const { segments, places } = this // as they are now: another call may load them anew meanwhile
    const unknown: number[] = []
    const found: number[] = []
    const bytes = keyBytes(keys)
    const placeOf = new Float64Array(bytes.length / KEY_BYTES)
    let before: VectorPlace | undefined
    for (let index = 0; index < placeOf.length; index++) {
      const place = places.placeOf(bytes, index * KEY_BYTES, before)
      before = place
      if (place === undefined) unknown.push(index)
      else {
        placeOf[index] = place
        found.push(index)
      }
    }
    found.sort((a, b) => placeOf[a] - placeOf[b]) // most often they are in order already
    const damaged: number[] = []
    for (let start = 0; start < found.length;) {
      const segment = segmentOf(placeOf[found[start]])
      let end = start + 1
      while (end < found.length && segmentOf(placeOf[found[end]]) === segment) end++
      await this.readRows(segments[segment], { indices: found.slice(start, end), placeOf }, onStored, damaged)
      start = end
    }
    for (const index of damaged) places.forget(bytes, index * KEY_BYTES)
    return { unknown, damaged }
  }

  /** `indices`: places in the keys that were asked for, by rows of this segment. */
  private async readRows(
    segment: Segment,
    { indices, placeOf }: { readonly indices: readonly number[]; readonly placeOf: Float64Array },
    onStored: OnStored,
    damaged: number[],
  ): Promise<void> {
    const { files, folder, dim } = this.place
    const rows = Uint32Array.from(indices, (index) => rowOf(placeOf[index]))
    await readVectors(files, folder, segment, dim, rows, (place, vector, note) => {
      if (vector === null) {
        this.damaged.add(`${segment.name}/${rows[place]}`)
        damaged.push(indices[place])
      } else onStored(indices[place], vector, note)
    })
  }
}

/** Names of the segments of a space, in the order in which they were begun; none where there is no folder. */
export async function segmentNames(files: StoreFiles, folder: string): Promise<string[]> {
  const names = await files.readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return []
    throw error
  })
  return segmentsAmong(names)
}

/** Names of the segments among the files of a space, in the order in which they were begun. */
export function segmentsAmong(names: readonly string[]): string[] {
  return names.flatMap((name) => /^(\d{6,15})\.keys$/.exec(name)?.[1] ?? []).sort((a, b) => Number(a) - Number(b))
}
