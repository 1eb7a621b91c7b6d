import type { EmbedProgress } from './embedding/embed-images.js'
import { rowsOfShard } from './embedding/shard-rows.js'
import type { ShardFate } from './queue/hand-out-shards.js'
import type { Dataset } from './types/dataset.js'

type Count = { readonly rows: number; readonly done: number; readonly failed: number }

export type TallyStart = {
  readonly dataset: Dataset
  /** Number of shards. */
  readonly of: number
  /** Rows without a vector when the run began. */
  readonly missing: readonly number[]
  /** Rows with one. */
  readonly found: number
}

/** How far each shard of a run is. Every row is in one shard, and a shard counts as far as it was ever told to be, so no row is counted twice: not where a
 *  worker died and another began again, nor where two had the same shard for a while. */
export class ShardTally {
  readonly shards: number
  private readonly perShard: Count[] = []
  private readonly numbers: Uint32Array
  private readonly found: number

  constructor(
    { dataset, of, missing, found }: TallyStart,
    private readonly onProgress: (progress: EmbedProgress) => void,
  ) {
    this.shards = of
    this.found = found
    this.numbers = new Uint32Array(dataset.images.length)
    const isMissing = new Uint8Array(dataset.images.length)
    for (const row of missing) isMissing[row] = 1
    for (let number = 1; number <= of; number++) {
      const rows = rowsOfShard(dataset.images.length, { number, of })
      for (const row of rows) this.numbers[row] = number
      const usable = rows.filter((row) => !dataset.excluded.has(row) && !dataset.quarantined.has(row))
      const done = usable.filter((row) => isMissing[row] === 0).length
      this.perShard.push({ rows: usable.length, done, failed: 0 })
    }
  }

  /** The shard that a row is in; null where there is no such row. */
  shardOf(row: number): number | null {
    return this.numbers[row] ?? null
  }

  /** Shards with a row that has no vector. */
  open(): number[] {
    return this.perShard.flatMap(({ rows, done }, index) => (done < rows ? [index + 1] : []))
  }

  /** A worker says how many rows of a shard are settled. */
  note(number: number, done: number, failed: number): void {
    const before = this.perShard[number - 1]
    this.perShard[number - 1] = {
      rows: before.rows,
      done: Math.min(before.rows, Math.max(before.done, done)),
      failed: Math.max(before.failed, failed),
    }
    this.report()
  }

  settle(number: number, fate: ShardFate): void {
    if (fate.kind === 'done') this.note(number, this.perShard[number - 1].rows, fate.result.quarantined.length)
  }

  report(): void {
    const { done, total, failed } = this.sums()
    this.onProgress({ done, total, failed, found: this.found })
  }

  counts(): { readonly embedded: number; readonly left: number } {
    const { done, total, failed } = this.sums()
    return { embedded: Math.max(0, done - failed - this.found), left: total - done }
  }

  private sums(): { done: number; total: number; failed: number } {
    const sum = { done: 0, total: 0, failed: 0 }
    for (const { rows, done, failed } of this.perShard) {
      sum.total += rows
      sum.done += done
      sum.failed += failed
    }
    return sum
  }
}
