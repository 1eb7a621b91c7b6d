import type { Keys } from './keys.js'
import type { StoredVector } from './segment-entry.js'
import type { Settings } from './segment-header.js'
import type { Description } from './space-file.js'
import type { LockHolder } from './lock-holder.js'

/** What reading gives for one wanted key: `index` into the keys asked for. The vector is valid only during the call. */
export type OnStored = (index: number, vector: Float32Array, note: number) => void

/**
 * Vectors by key, all of one width and one making: those of one image encoder with one preprocessing, or of one text encoder.
 * Keys are SHA-256 in hexadecimal. What is read was checked against its checksum; nothing else is ever given out.
 */
export type VectorSpace = {
  readonly dim: number
  readonly description: Description
  /** Whether what is appended is there for the next run. */
  readonly isKept: () => boolean
  /** Number of vectors. */
  readonly size: () => number
  readonly keys: () => string[]
  /** Whether there is a vector under this key; one that turns out to be damaged when it is read is no longer there. */
  readonly has: (key: string) => boolean
  readonly settingsOf: (key: string) => Settings | null
  /** Settings of the newest vectors, so that a run can go on as the last one did. */
  readonly lastSettings: () => Settings | null
  /** Reads vectors, in no fixed order. Gives the indices of keys that have none, or only a damaged one. */
  readonly read: (keys: Keys, onStored: OnStored) => Promise<number[]>
  /** Makes ready to append: waits for another writer on this machine, and takes in what it wrote. */
  readonly startWriting: (settings: Settings, options: StartWriting) => Promise<void>
  readonly append: (records: readonly StoredVector[]) => Promise<void>
  /** Makes what was appended last, and lets others write. Reading goes on. */
  readonly finishWriting: () => Promise<void>
}

export type StartWriting = {
  readonly onWait: (holder: LockHolder) => void
  readonly signal?: AbortSignal | undefined
  /** Does not wait for anybody; says so where another machine writes. */
  readonly impatient?: boolean
  /** Others write other vectors into the space meanwhile, as agreed: nobody waits, and nobody is told. */
  readonly beside?: boolean | undefined
}

/** What is worth saying about a space, with the number of vectors, segments or writers it is about. */
export type StoreNotice =
  /** Vectors that are not what was stored; they are made again. */
  | { readonly kind: 'damaged-vectors'; readonly count: number }
  /** Vectors that the manifest lists and no segment holds. */
  | { readonly kind: 'lost-vectors'; readonly count: number }
  | {
      readonly kind: 'unusable-segments'
      readonly count: number
      readonly why: 'other-format' | 'other-space' | 'damaged' | 'unreadable'
    }
  /** New vectors are kept in memory only. */
  | { readonly kind: 'not-writable'; readonly count: number }
  /** Hashes of files could not be saved: the next run reads the files again. */
  | { readonly kind: 'index-not-saved'; readonly count: number }
  /** Another machine writes into the same space; this one writes beside it, without waiting. */
  | { readonly kind: 'own-segment'; readonly count: number }
