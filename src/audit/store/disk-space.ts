import { errorCode } from '../disk/error-code.js'
import { KeySet } from './key-set.js'
import { someKeys } from './keys.js'
import type { Keys } from './keys.js'
import { underManifestLock } from './manifest-lock.js'
import { memorySpace } from './memory-space.js'
import { SegmentIndex, segmentNames } from './segment-index.js'
import type { SpacePlace } from './segment-index.js'
import type { UnusableSegment } from './segment-reader.js'
import type { StoredVector } from './segment-entry.js'
import type { Settings } from './segment-header.js'
import { SegmentWriter } from './segment-writer.js'
import { readSpaceFile, writeSpaceFile } from './space-file.js'
import type { Description } from './space-file.js'
import { lockSpace } from './store-lock.js'
import type { StoreLock } from './store-lock.js'
import { lockBeside } from './writers.js'
import type { OnStored, StartWriting, VectorSpace } from './vector-space.js'

export type DiskPlace = SpacePlace & { readonly description: Description }

const SEGMENT_BYTES = 256_000_000 // a file over 2 GiB cannot be read in one call, and a smaller one is lost with less
const NOT_WRITABLE: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'] // the last: mkdir says it of a read-only disk

/** A space on disk. Nothing is written before `startWriting`; a folder that cannot be written still serves, and new vectors are then
 *  kept in memory. */
export async function openDiskSpace(place: DiskPlace): Promise<VectorSpace> {
  const space = new DiskSpace(place)
  await space.open()
  return space
}

class DiskSpace implements VectorSpace {
  private readonly index: SegmentIndex
  /** Keys appended since the segments were read. */
  private readonly fresh = new KeySet()
  private settings: Settings = {}
  private writer: SegmentWriter | null = null
  private lock: StoreLock | null = null
  /** Takes new vectors where the folder cannot be written. */
  private overflow: VectorSpace | null = null
  private lastTurn: Promise<unknown> = Promise.resolve()

  constructor(private readonly place: DiskPlace) {
    this.index = new SegmentIndex(place)
  }

  get dim(): number {
    return this.place.dim
  }

  get description(): Description {
    return this.place.description
  }

  async open(): Promise<void> {
    const { onNotice } = this.place
    const first = await this.loadAndCompare()
    const { unusable, lost } = first.lost === 0 ? first : await this.loadAndCompare() // another process may have written in between
    tellUnusable(unusable, onNotice)
    if (lost > 0) onNotice({ kind: 'lost-vectors', count: lost })
  }

  /** Loads the segments, and counts the vectors that the manifest listed before and none of them holds. */
  private async loadAndCompare(): Promise<{ unusable: UnusableSegment[]; lost: number }> {
    const { files, folder, id } = this.place
    const listed = (await readSpaceFile(files, folder, id))?.segments ?? []
    const unusable = await this.index.load()
    const held = new Map(this.index.list().map(({ name, vectors }) => [name, vectors]))
    return {
      unusable,
      lost: listed.reduce((sum, { name, vectors }) => sum + Math.max(0, vectors - (held.get(name) ?? 0)), 0),
    }
  }

  isKept(): boolean {
    return this.overflow === null
  }

  size(): number {
    return this.index.size + this.fresh.size + (this.overflow?.size() ?? 0) // a vector that is made again counts twice for a while
  }

  keys(): string[] {
    return [...new Set([...this.index.keys(), ...this.fresh, ...(this.overflow?.keys() ?? [])])]
  }

  has(key: string): boolean {
    return this.index.has(key) || this.fresh.has(key) || this.overflow?.has(key) === true
  }

  settingsOf(key: string): Settings | null {
    if (this.fresh.has(key)) return this.settings
    return this.index.settingsOf(key) ?? this.overflow?.settingsOf(key) ?? null
  }

  lastSettings(): Settings | null {
    return this.index.lastSettings()
  }

  async read(keys: Keys, onStored: OnStored): Promise<number[]> {
    if (this.fresh.size > 0) await this.inTurn(() => this.reload())
    const { unknown, damaged } = await this.index.read(keys, onStored)
    if (damaged.length > 0) this.place.onNotice({ kind: 'damaged-vectors', count: damaged.length })
    return [...damaged, ...(await this.readOverflow(keys, unknown, onStored))]
  }

  async startWriting(settings: Settings, options: StartWriting): Promise<void> {
    const { files, folder, id, description, dim, onNotice } = this.place
    this.settings = settings
    try {
      if (options.beside !== true) this.lock = await this.lockAmongWriters(options)
      await underManifestLock(files, folder, async () => {
        if (options.beside === true) this.lock = await lockBeside(files, folder)
        if ((await readSpaceFile(files, folder, id)) === null)
          await writeSpaceFile(files, folder, id, { description, dim, segments: [] })
      })
      await this.reload() // somebody else may have written since
    } catch (error) {
      if (!NOT_WRITABLE.includes(errorCode(error))) throw error
      onNotice({ kind: 'not-writable', count: 1 })
      this.overflow = memorySpace(description, dim)
      await this.overflow.startWriting(settings, options)
    }
  }

  /** Calls may overlap; each is written when those before it are. */
  append(records: readonly StoredVector[]): Promise<void> {
    return this.inTurn(async () => {
      if (this.overflow !== null) return this.overflow.append(records)
      const writer = await this.writerFor(records.length * this.dim * Float32Array.BYTES_PER_ELEMENT)
      await writer.append(records)
      for (const { key } of records) this.fresh.add(key)
      await this.lock?.touch()
    })
  }

  finishWriting(): Promise<void> {
    return this.inTurn(async () => {
      try {
        await this.writer?.close()
        if (this.writer !== null) await this.writeManifest()
      } finally {
        this.writer = null
        await this.lock?.release()
        this.lock = null
      }
    })
  }

  private async lockAmongWriters({ onWait, signal, impatient = false }: StartWriting): Promise<StoreLock | null> {
    const { files, folder, onNotice } = this.place
    const lock = await lockSpace(files, folder, { onWait, signal, impatient })
    if (typeof lock !== 'string') return lock
    if (!impatient) onNotice({ kind: 'own-segment', count: 1 })
    return null
  }

  /** What is written, and what reads what was written, goes one after the other. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.lastTurn.then(work)
    this.lastTurn = turn.catch(() => undefined) // whoever called for it hears of its failure
    return turn
  }

  private async reload(): Promise<void> {
    await this.index.load()
    this.fresh.clear()
  }

  private async readOverflow(keys: Keys, unknown: number[], onStored: OnStored): Promise<number[]> {
    if (this.overflow === null || unknown.length === 0) return unknown
    const missing = await this.overflow.read(someKeys(keys, unknown), (index, vector, note) =>
      onStored(unknown[index], vector, note),
    )
    return missing.map((index) => unknown[index])
  }

  private async writerFor(bytes: number): Promise<SegmentWriter> {
    const { files, folder, id, dim } = this.place
    if (this.writer !== null && this.writer.bytes + bytes <= SEGMENT_BYTES) return this.writer
    await this.writer?.close()
    this.writer = null
    const last = Number((await segmentNames(files, folder)).at(-1) ?? 0)
    this.writer = await SegmentWriter.create(files, folder, last, { space: id, dim, settings: this.settings })
    return this.writer
  }

  private async writeManifest(): Promise<void> {
    const { files, folder, id, description, dim } = this.place
    await underManifestLock(files, folder, async () => {
      await this.reload()
      await writeSpaceFile(files, folder, id, { description, dim, segments: this.index.list() })
    })
  }
}

function tellUnusable(unusable: readonly UnusableSegment[], onNotice: SpacePlace['onNotice']): void {
  const reasons = new Map<Exclude<UnusableSegment['unusable'], 'empty'>, number>()
  for (const { unusable: why } of unusable) if (why !== 'empty') reasons.set(why, (reasons.get(why) ?? 0) + 1)
  for (const [why, count] of reasons) onNotice({ kind: 'unusable-segments', count, why })
}
