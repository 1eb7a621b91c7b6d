/** One share of a dataset's rows, for one of several processes that embed it together: the second of four is `{ number: 2, of: 4 }`. */
export type Shard = {
  /** 1 to `of`. */
  readonly number: number
  readonly of: number
}
