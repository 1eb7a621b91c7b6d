import { sourceOf } from '../dataset/image-source.js'
import type { ImageSource } from '../dataset/image-source.js'
import { imageNotes } from '../model/image-note.js'
import type { ImageNote } from '../model/image-note.js'
import type { Dataset, Quarantine } from '../types/dataset.js'
import { readNoteCode } from './note-code.js'
import { RowHashes } from './row-hashes.js'
import { vectorFault } from './unit-vector.js'

/** Every image that was to be embedded is in one of the three. */
export type EmbedCounts = {
  /** Images whose vector was in the store. */
  readonly found: number
  readonly embedded: number
  readonly quarantined: number
}

/**
 * What is known of each image while a dataset is embedded. Every row that is to be embedded ends in one of two ways: with the hash of
 * its content, whose vector is stored, or with the reason why it has none.
 */
export class ImageLedger {
  /** Dataset rows to be embedded, ascending. */
  readonly rows: readonly number[]
  /** SHA-256 of the content (and of the box, where there is one), by dataset row; none where no content was read. */
  readonly hashes: RowHashes
  readonly quarantined = new Map<number, Quarantine>()
  readonly flags = new Map<ImageNote, number>()
  /** One per dataset row: 1 where it is settled. */
  private readonly isSettled: Uint8Array
  private settledRows = 0
  private found = 0
  private embedded = 0

  /** `expected`: what each row held when it was embedded before; another content now is a fault of the row. `among`: the rows that this run is about,
   *  ascending; null is all of them. */
  constructor(
    private readonly dataset: Dataset,
    private readonly expected: readonly (string | null)[] | null = null,
    among: readonly number[] | null = null,
  ) {
    const rows = among ?? dataset.images.map((_, row) => row)
    this.rows = rows.filter((row) => !dataset.excluded.has(row) && !dataset.quarantined.has(row))
    this.isSettled = new Uint8Array(dataset.images.length)
    this.hashes = new RowHashes(dataset.images.length)
  }

  sourceOf(row: number): ImageSource {
    return sourceOf(this.dataset, row)
  }

  /** Some images share a file. */
  get hasContainers(): boolean {
    return this.dataset.parts !== undefined
  }

  unsettled(): number[] {
    return this.rows.filter((row) => this.isSettled[row] === 0)
  }

  /** A vector for this row is in the store: `note` is what is kept beside it. */
  readonly settleFound = (row: number, sha256: string, vector: Float32Array, note: number): void => {
    if (this.settle(row, sha256, vector, note)) this.found++
  }

  /** The vector was made in this run, for this row or for another with the same content. */
  readonly settleEmbedded = (row: number, sha256: string, vector: Float32Array, note: number): void => {
    if (this.settle(row, sha256, vector, note)) this.embedded++
  }

  quarantine(row: number, { code, reason }: Quarantine): void {
    this.markSettled(row)
    this.quarantined.set(row, { code, reason })
  }

  /** Rows with a usable vector, ascending. */
  usableRows(): number[] {
    return this.rows.filter((row) => this.isSettled[row] === 1 && !this.quarantined.has(row))
  }

  done(): number {
    return this.settledRows
  }

  counts(): EmbedCounts {
    return { found: this.found, embedded: this.embedded, quarantined: this.quarantined.size }
  }

  /** False for a vector without a direction: its row is quarantined, with the hash of what was read. */
  private settle(row: number, sha256: string, vector: Float32Array, note: number): boolean {
    this.hashes.set(row, sha256)
    this.markSettled(row)
    const { format, flags } = readNoteCode(note)
    for (const flag of imageNotes(this.sourceOf(row).name, format, flags))
      this.flags.set(flag, (this.flags.get(flag) ?? 0) + 1)
    const fault = this.isExpected(row) ? vectorFault(vector) : CHANGED
    if (fault !== null) this.quarantine(row, fault)
    return fault === null
  }

  private markSettled(row: number): void {
    this.settledRows += 1 - this.isSettled[row]
    this.isSettled[row] = 1
  }

  private isExpected(row: number): boolean {
    return this.expected === null || this.expected[row] === this.hashes.get(row)
  }
}

const CHANGED: Quarantine = { code: 'file.changed', reason: 'the file was changed while the run was under way' }
