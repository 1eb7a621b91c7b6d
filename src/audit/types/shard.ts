/** One share of a dataset's rows, for one of several processes that embed it together: the second of four is `{ number: 2, of: 4 }`. */
export type Shard = {
  /** 1 to `of`. */
  readonly number: number
  readonly of: number
}

/** Which images were shared out, and whose vectors they get. */
export type ShardedWork = {
  /** `sha256`: datasetIdentity, over the label files, the names of the images, their boxes and the filters. */
  readonly dataset: { readonly id: string; readonly rows: number; readonly sha256: string }
  readonly model: string
  /** SHA-256 of encoder and preprocessing: where the vectors are kept. */
  readonly space: string
}

/** What a process notes of its shard, beside the vectors. */
export type ShardRecord = ShardedWork & {
  readonly shard: Shard
  /** How it was started, to be started again. */
  readonly commandLine: string
  /** Null while it is at work, and for ever where it was killed. */
  readonly done: ShardDone | null
}

export type ShardDone = {
  /** in = found + embedded + quarantined + excluded. */
  readonly rows: {
    readonly in: number
    readonly excluded: number
    readonly found: number
    readonly embedded: number
    readonly quarantined: number
  }
  /** Dataset row and code. Names of images stay out of the store. */
  readonly quarantined: readonly (readonly [row: number, code: string])[]
  /** What the vectors were made with: threads, batch, versions. It can move their last bits. */
  readonly embeddedWith: readonly Readonly<Record<string, string | number>>[]
  /** What the vectors of its processed rows are kept under, in the order of the rows: found + embedded of them. */
  readonly keys: readonly string[]
}
