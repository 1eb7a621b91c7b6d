import { hexKeys } from './keys.js'
import type { StoredVector } from './segment-entry.js'
import type { Settings } from './segment-header.js'
import type { Description } from './space-file.js'
import type { VectorSpace } from './vector-space.js'

type Kept = { readonly vector: Float32Array; readonly note: number; readonly settings: Settings | null }

/** A space that lasts as long as the process: for runs without a store. */
export function memorySpace(description: Description, dim: number): VectorSpace {
  const kept = new Map<string, Kept>()
  let settings: Settings | null = null
  return {
    dim,
    description,
    isKept: () => false,
    size: () => kept.size,
    keys: () => [...kept.keys()],
    has: (key) => kept.has(key),
    settingsOf: (key) => kept.get(key)?.settings ?? null,
    lastSettings: () => settings,
    read: (keys, onStored) => {
      const missing: number[] = []
      hexKeys(keys).forEach((key, index) => {
        const found = kept.get(key)
        if (found === undefined) missing.push(index)
        else onStored(index, found.vector, found.note)
      })
      return Promise.resolve(missing)
    },
    startWriting: (made) => {
      settings = made
      return Promise.resolve()
    },
    append: (records: readonly StoredVector[]) => {
      for (const { key, vector, note } of records) kept.set(key, { vector: vector.slice(), note, settings })
      return Promise.resolve()
    },
    finishWriting: () => Promise.resolve(),
  }
}
