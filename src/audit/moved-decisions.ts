import { wilsonInterval } from './statistics/wilson-interval.js'
import type { Decisions } from './types/decisions.js'
import type { LabelSet } from './types/definitions.js'
import type { MovedDecisions } from './types/dtype-choice.js'

/** How many of these rows, one at least, are decided otherwise afterwards under a label set. A row that has no decision any more counts as moved, into no outcome. */
export function movedDecisions(
  { id, labels }: LabelSet,
  { rows, before, after }: { readonly rows: readonly number[]; readonly before: Decisions; readonly after: Decisions },
  alpha: number,
): MovedDecisions {
  const outcomeOf = (label: number): string | null => labels[label]?.outcome ?? null
  const moved = rows.filter((row) => before.winner[row] !== after.winner[row])
  const toAnotherOutcome = moved.filter((row) => outcomeOf(before.winner[row]) !== outcomeOf(after.winner[row])).length
  const { low, high } = wilsonInterval({ count: moved.length, total: rows.length }, alpha)
  return { labelSet: id, moved: moved.length, toAnotherOutcome, interval: [low, high] }
}
