import type { Decisions } from '../types/decisions.js'
import type { LabelSet } from '../types/definitions.js'

/** What most people said of each image under one label set. Where two labels were chosen equally often and more often than any other, the
 *  image is undecided and counted in `ties`; nobody breaks them. An image that one person judged has that person's label. */
export function majorityDecisions(
  people: readonly Decisions[],
  labelSet: Pick<LabelSet, 'id' | 'labels'>,
): { readonly decisions: Decisions; readonly ties: number } {
  const rows = people[0]?.winner.length ?? 0
  const winner = new Int32Array(rows).fill(-1)
  const votes = new Uint32Array(labelSet.labels.length)
  let ties = 0
  for (let row = 0; row < rows; row++) {
    votes.fill(0)
    for (const person of people) if (person.winner[row] >= 0) votes[person.winner[row]]++
    const most = Math.max(...votes)
    if (most === 0) continue
    const first = votes.indexOf(most)
    if (votes.indexOf(most, first + 1) >= 0) ties++
    else winner[row] = first
  }
  return {
    decisions: {
      labelSet: labelSet.id,
      winner,
      runnerUp: new Int32Array(rows).fill(-1),
      scores: null,
      exactTies: new Uint8Array(rows),
    },
    ties,
  }
}
