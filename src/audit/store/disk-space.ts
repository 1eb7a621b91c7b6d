import { memorySpace } from './memory-space.js'
import { readSegment, readVectors, segmentKey } from './segment-reader.js'
import type { Segment, UnusableSegment } from './segment-reader.js'
import type { StoredVector } from './segment-entry.js'
import type { Settings } from './segment-header.js'
import { SegmentWriter } from './segment-writer.js'
import { readSpaceFile, writeSpaceFile } from './space-file.js'
import type { Description } from './space-file.js'
import { errorCode } from './store-files.js'
import type { StoreFiles } from './store-files.js'
import { lockSpace } from './store-lock.js'
import type { StoreLock } from './store-lock.js'
import type { OnStored, StartWriting, StoreNotice, VectorSpace } from './vector-space.js'

export type SpacePlace = {
  readonly files: StoreFiles
  readonly folder: string
  /** SHA-256 of what the vectors are; it stands in every segment. */
  readonly id: string
  readonly description: Description
  readonly dim: number
  readonly onNotice: (notice: StoreNotice) => void
}

export const SEGMENT_BYTES = 256_000_000 // a file over 2 GiB cannot be read in one call, and a smaller one is lost with less

/** A space on disk. Nothing is written before `startWriting`; a folder that cannot be written still serves, and new vectors are then
 *  kept in memory. Reads the keys of all segments when it opens: 64 bytes per vector. */
export async function openDiskSpace(place: SpacePlace): Promise<VectorSpace> {
  const space = new DiskSpace(place)
  await space.open()
  return space
}

/** Where a vector lies: segment index x 2^32 + row. */
type Location = number
const ROWS = 2 ** 32

class DiskSpace implements VectorSpace {
  private segments: Segment[] = []
  private readonly locations = new Map<string, Location>()
  /** Keys appended since the segments were read. */
  private readonly fresh = new Set<string>()
  /** Segment and row of vectors that turned out to be damaged: reading the segments again must not bring them back. */
  private readonly damaged = new Set<string>()
  private settings: Settings = {}
  private writer: SegmentWriter | null = null
  private lastTurn: Promise<void> = Promise.resolve()
  private lock: StoreLock | null = null
  /** Takes new vectors where the folder cannot be written. */
  private overflow: VectorSpace | null = null

  constructor(private readonly place: SpacePlace) {}

  get dim(): number {
    return this.place.dim
  }

  get description(): Description {
    return this.place.description
  }

  async open(): Promise<void> {
    const { files, folder, onNotice } = this.place
    tellUnusable(await this.load(), onNotice)
    const listed = (await readSpaceFile(files, folder))?.segments ?? []
    const held = new Map(this.segments.map(({ name, vectors }) => [name, vectors]))
    const lost = listed.reduce((sum, { name, vectors }) => sum + Math.max(0, vectors - (held.get(name) ?? 0)), 0)
    if (lost > 0) onNotice({ kind: 'lost-vectors', count: lost })
  }

  isKept(): boolean {
    return this.overflow === null
  }

  size(): number {
    return this.locations.size + this.fresh.size + (this.overflow?.size() ?? 0) // a vector that is made again counts twice for a while
  }

  keys(): string[] {
    return [...new Set([...this.locations.keys(), ...this.fresh, ...(this.overflow?.keys() ?? [])])]
  }

  has(key: string): boolean {
    return this.locations.has(key) || this.fresh.has(key) || this.overflow?.has(key) === true
  }

  settingsOf(key: string): Settings | null {
    const location = this.locations.get(key)
    if (location !== undefined) return this.segments[Math.floor(location / ROWS)].settings
    return this.fresh.has(key) ? this.settings : (this.overflow?.settingsOf(key) ?? null)
  }

  lastSettings(): Settings | null {
    return this.segments.findLast(({ vectors }) => vectors > 0)?.settings ?? null
  }

  async read(keys: readonly string[], onStored: OnStored): Promise<number[]> {
    if (this.fresh.size > 0) await this.load()
    const missing: number[] = []
    const wanted = new Map<number, Wanted[]>()
    const elsewhere: number[] = []
    keys.forEach((key, index) => {
      const location = this.locations.get(key)
      if (location === undefined) elsewhere.push(index)
      else push(wanted, Math.floor(location / ROWS), { row: location % ROWS, index })
    })
    for (const [segment, rows] of wanted) missing.push(...(await this.readFrom(segment, rows, onStored)))
    if (missing.length > 0) this.place.onNotice({ kind: 'damaged-vectors', count: missing.length })
    for (const index of missing) this.locations.delete(keys[index])
    return [...missing, ...(await this.readOverflow(keys, elsewhere, onStored))]
  }

  async startWriting(settings: Settings, { onWait, signal, impatient = false }: StartWriting): Promise<void> {
    const { files, folder, description, dim, onNotice } = this.place
    this.settings = settings
    try {
      await files.mkdir(folder, { recursive: true, mode: 0o700 })
      this.lock = await lockSpace(files, folder, { onWait, signal, impatient })
      if (this.lock === null && !impatient) onNotice({ kind: 'own-segment', count: 1 })
      if ((await readSpaceFile(files, folder)) === null)
        await writeSpaceFile(files, folder, { description, dim, segments: [] })
      await this.load() // somebody else may have written since
    } catch (error) {
      if (!NOT_WRITABLE.includes(errorCode(error))) throw error
      onNotice({ kind: 'not-writable', count: 1 })
      this.overflow = memorySpace(description, dim)
      await this.overflow.startWriting(settings, { onWait })
    }
  }

  /** Calls may overlap; each is written when those before it are. */
  append(records: readonly StoredVector[]): Promise<void> {
    const turn = this.lastTurn.then(() => this.appendNow(records))
    this.lastTurn = turn.catch(() => undefined) // whoever called for it hears of its failure
    return turn
  }

  private async appendNow(records: readonly StoredVector[]): Promise<void> {
    if (this.overflow !== null) return this.overflow.append(records)
    const writer = await this.writerFor(records.length * this.dim * Float32Array.BYTES_PER_ELEMENT)
    await writer.append(records)
    for (const { key } of records) this.fresh.add(key)
    await this.lock?.touch()
  }

  async finishWriting(): Promise<void> {
    await this.lastTurn
    try {
      await this.writer?.close()
      if (this.lock !== null && this.writer !== null) await this.writeManifest()
    } finally {
      this.writer = null
      await this.lock?.release()
      this.lock = null
    }
  }

  /** Reads the entries of every segment; of a key that stands in several, the newest counts. */
  private async load(): Promise<(Segment | UnusableSegment)[]> {
    const { files, folder, id, dim } = this.place
    const read: (Segment | UnusableSegment)[] = []
    for (const name of await segmentNames(files, folder)) {
      read.push(await readSegment(files, folder, name, { space: id, dim }))
    }
    this.segments = read.filter((segment): segment is Segment => !('unusable' in segment))
    this.locations.clear()
    this.fresh.clear()
    this.segments.forEach((segment, index) => {
      for (let row = 0; row < segment.vectors; row++) {
        if (!this.damaged.has(`${segment.name}/${row}`))
          this.locations.set(segmentKey(segment, row), index * ROWS + row)
      }
    })
    return read
  }

  /** Gives the indices whose vector is not the one that was stored. */
  private async readFrom(segment: number, wanted: Wanted[], onStored: OnStored): Promise<number[]> {
    const { files, folder, dim } = this.place
    const damaged: number[] = []
    const indices = new Map<number, number[]>()
    for (const { row, index } of wanted) push(indices, row, index)
    const rows = [...indices.keys()].sort((a, b) => a - b)
    await readVectors(files, folder, this.segments[segment], dim, rows, (row, vector, note) => {
      if (vector === null) this.damaged.add(`${this.segments[segment].name}/${row}`)
      for (const index of indices.get(row) ?? []) {
        if (vector === null) damaged.push(index)
        else onStored(index, vector, note)
      }
    })
    return damaged
  }

  private async readOverflow(keys: readonly string[], elsewhere: number[], onStored: OnStored): Promise<number[]> {
    if (this.overflow === null || elsewhere.length === 0) return elsewhere
    const wanted = elsewhere.map((index) => keys[index])
    const missing = await this.overflow.read(wanted, (index, vector, note) => onStored(elsewhere[index], vector, note))
    return missing.map((index) => elsewhere[index])
  }

  private async writerFor(bytes: number): Promise<SegmentWriter> {
    const { files, folder, id, dim } = this.place
    if (this.writer !== null && this.writer.bytes + bytes <= SEGMENT_BYTES) return this.writer
    await this.writer?.close()
    const last = (await segmentNames(files, folder)).at(-1)
    this.writer = await SegmentWriter.create(files, folder, last === undefined ? 0 : Number(last), {
      space: id,
      dim,
      settings: this.settings,
    })
    return this.writer
  }

  private async writeManifest(): Promise<void> {
    const { files, folder, description, dim } = this.place
    await this.load()
    const segments = this.segments.map(({ name, vectors }) => ({ name, vectors }))
    await writeSpaceFile(files, folder, { description, dim, segments })
  }
}

type Wanted = { readonly row: number; readonly index: number }

const NOT_WRITABLE: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']

/** Names of the segments of a space, in the order in which they were begun; none where there is no folder, or none to be looked into. */
export async function segmentNames(files: StoreFiles, folder: string): Promise<string[]> {
  const names = await files.readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(errorCode(error))) return []
    throw error
  })
  return names.flatMap((name) => /^(\d{6,})\.keys$/.exec(name)?.[1] ?? []).sort((a, b) => Number(a) - Number(b))
}

function tellUnusable(read: readonly (Segment | UnusableSegment)[], onNotice: SpacePlace['onNotice']): void {
  const reasons = new Map<UnusableSegment['unusable'], number>()
  for (const segment of read)
    if ('unusable' in segment) reasons.set(segment.unusable, (reasons.get(segment.unusable) ?? 0) + 1)
  for (const [why, count] of reasons) onNotice({ kind: 'unusable-segments', count, why })
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}
