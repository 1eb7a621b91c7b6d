/** What chance alone gives: the mean of the draws, how far out 95 of 100 of them lie, and the share at least as far out as what was seen. */
export type Chance = {
  readonly centre: number | null
  readonly percentile95: number | null
  readonly p: number
  readonly draws: number
}
