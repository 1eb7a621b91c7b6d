import type { Forecast, ModelForecast, Range } from '../types/forecast.js'
import { shareOut } from './share-out.js'

const BYTES_AN_IMAGE = 700 // names, hashes, the keys of the store: measured over a million images (docs/architecture.md)
const BYTES_A_DECISION = 16 // winner, runner-up, lead, probability

export type Joined = Pick<Forecast, 'rows' | 'labels'> & {
  readonly labelSets: number
  readonly models: readonly ModelForecast[]
  readonly machines: number
  /** Bytes free where the store is; null where nobody can tell. */
  readonly free: number | null
}

/** The forecast of a whole run from those of its models, which come one after the other. */
export function joinForecasts({ rows, labels, labelSets, models, machines, free }: Joined): Forecast {
  const seconds = models.map(secondsOf).reduce(addRanges, { low: 0, middle: 0, high: 0 })
  return {
    rows,
    labels,
    models,
    seconds,
    sharedOut: shareOut({ models, seconds }, machines),
    moreMemory: rows.in * (BYTES_AN_IMAGE + BYTES_A_DECISION * labelSets * models.length),
    disk: { needed: models.reduce((sum, { storeBytes }) => sum + storeBytes, 0), free },
  }
}

/** What one model takes from its opening to its last decision; null where its pace is not known. */
export function secondsOf({ seconds: { open, prompts, embedding, scoring } }: ModelForecast): Range | null {
  if (embedding === null) return null
  const rest = open + prompts + scoring
  return { low: embedding.low + rest, middle: embedding.middle + rest, high: embedding.high + rest }
}

function addRanges(sum: Range | null, range: Range | null): Range | null {
  if (sum === null || range === null) return null
  return { low: sum.low + range.low, middle: sum.middle + range.middle, high: sum.high + range.high }
}
