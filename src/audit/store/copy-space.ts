import type { Settings } from './segment-header.js'
import type { StoredVector } from './segment-entry.js'
import type { VectorSpace } from './vector-space.js'

const VECTORS_AT_ONCE = 1024

export type CopiedSpace = {
  /** Vectors that were not there yet. */
  readonly copied: number
  /** Vectors whose checksum fails in the source: they stay behind. */
  readonly damaged: number
}

/** Copies the vectors of one space into another of the same id, with what each was made with. Every number stays as it is: each is held against its
 *  checksum when it is read, and again whenever the copy is. Those that the target has are not copied again. */
export async function copySpace(source: VectorSpace, target: VectorSpace): Promise<CopiedSpace> {
  const groups = new Map<Settings, string[]>() // one object per segment
  for (const key of source.keys()) {
    const settings = source.settingsOf(key)
    if (settings === null || target.has(key)) continue
    const group = groups.get(settings)
    if (group === undefined) groups.set(settings, [key])
    else group.push(key)
  }
  let [copied, damaged] = [0, 0]
  for (const [settings, keys] of groups) {
    await target.startWriting(settings, { onWait: () => undefined, beside: true })
    try {
      for (let start = 0; start < keys.length; start += VECTORS_AT_ONCE) {
        const some = keys.slice(start, start + VECTORS_AT_ONCE)
        const records: StoredVector[] = []
        const missing = await source.read(some, (index, vector, note) => {
          records.push({ key: some[index], note, vector: vector.slice() })
        })
        await target.append(records)
        copied += records.length
        damaged += missing.length
      }
    } finally {
      await target.finishWriting()
    }
  }
  return { copied, damaged }
}
