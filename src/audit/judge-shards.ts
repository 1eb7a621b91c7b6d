import type { VectorSpace } from './store/vector-space.js'
import type { ShardRecord, ShardedWork } from './types/shard.js'

/** What became of the shards of one dataset under one model. */
export type MergedDataset = ShardedWork & {
  /** Number of shards. */
  readonly of: number
  /** Numbers of shards: each stands in one of the four. */
  readonly shards: {
    readonly done: readonly number[]
    /** Begun and not ended: killed, stopped, or still at work. */
    readonly begun: readonly number[]
    readonly missing: readonly number[]
    /** Done, but with vectors that the store has not (any more). */
    readonly lost: readonly number[]
  }
  /** Over the shards that are done: in = processed + quarantined + excluded. */
  readonly rows: {
    readonly in: number
    readonly processed: number
    readonly quarantined: number
    readonly excluded: number
  }
  /** Number of quarantined images by code. */
  readonly quarantined: readonly (readonly [code: string, images: number])[]
  /** The distinct settings of its vectors. More than one: last bits may differ from those of a run in one piece. */
  readonly embeddedWith: readonly Readonly<Record<string, string | number>>[]
  /** How one of the shards was started. */
  readonly commandLine: string
  readonly isComplete: boolean
}

/** Says of each dataset and model whether all its shards are done, each once, with every vector where it belongs. Of a dataset that was shared out more
 *  than once, into different numbers of shards, the one that is complete counts, else the one that is nearest. */
export async function judgeShards(
  records: readonly ShardRecord[],
  openSpace: (id: string) => Promise<VectorSpace | null>,
): Promise<MergedDataset[]> {
  const judged: MergedDataset[] = []
  for (const ofWork of groups(records, ({ dataset, space }) => `${dataset.sha256} ${space}`)) {
    const space = await openSpace(ofWork[0].space)
    const divisions = groups(ofWork, ({ shard }) => String(shard.of)).map((division) => judgeDivision(division, space))
    judged.push(divisions.reduce((best, each) => (shareDone(each) > shareDone(best) ? each : best)))
  }
  return judged
}

function judgeDivision(records: readonly ShardRecord[], space: VectorSpace | null): MergedDataset {
  const [{ shard, dataset, model, space: id, commandLine }] = records
  const byNumber = new Map(records.map((record) => [record.shard.number, record]))
  const shards = { done: [] as number[], begun: [] as number[], missing: [] as number[], lost: [] as number[] }
  const rows = { in: 0, processed: 0, quarantined: 0, excluded: 0 }
  const codes = new Map<string, number>()
  const settings = new Map<string, Readonly<Record<string, string | number>>>()
  for (let number = 1; number <= shard.of; number++) {
    const record = byNumber.get(number)
    const done = record?.done ?? null
    if (done === null) (record === undefined ? shards.missing : shards.begun).push(number)
    else if (!done.keys.every((key) => space?.has(key) === true)) shards.lost.push(number)
    else {
      shards.done.push(number)
      rows.in += done.rows.in
      rows.processed += done.keys.length
      rows.quarantined += done.rows.quarantined
      rows.excluded += done.rows.excluded
      for (const [, code] of done.quarantined) codes.set(code, (codes.get(code) ?? 0) + 1)
      for (const each of done.embeddedWith) settings.set(JSON.stringify(each), each)
    }
  }
  return {
    dataset,
    model,
    space: id,
    of: shard.of,
    shards,
    rows,
    quarantined: [...codes].sort(([a], [b]) => (a < b ? -1 : 1)),
    embeddedWith: [...settings.values()],
    commandLine,
    isComplete:
      shards.done.length === shard.of &&
      rows.in === dataset.rows &&
      rows.in === rows.processed + rows.quarantined + rows.excluded,
  }
}

/** 1 for a complete one alone. */
function shareDone({ isComplete, shards, of }: MergedDataset): number {
  return isComplete ? 1 : Math.min(0.99, shards.done.length / of)
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const byKey = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = byKey.get(key)
    if (group === undefined) byKey.set(key, [item])
    else group.push(item)
  }
  return [...byKey.values()]
}
