import type { LabelSet } from '../types/definitions.js'
import type { Named } from './label-names.js'

/** One label that an image was given, in the words of who gave it. */
export type GivenLabel = { readonly words: string; readonly named: Named; readonly score: number }

/** What a label set makes of all labels that one image was given. */
export type Ranked =
  | {
      readonly kind: 'decided'
      /** Index of the best label, and its score. */
      readonly winner: number
      readonly score: number
      /** Index of the second; -1 where there is none, or where it is no label of the set. */
      readonly runnerUp: number
      /** Lead over the best other label; NaN where there is no other. */
      readonly margin: number
      /** The words that won name no label and went to the label that stands for all others. */
      readonly other: string | null
    }
  /** The best label names none of the set, or several. */
  | { readonly kind: 'not-named'; readonly words: string }

/** Takes the best label of an image. Several words for one label count once, with the best of their scores; of equal scores the label that comes
 *  first in the set wins, unless words that name no label have that score too. `given` has at least one entry. */
export function rankLabels(given: readonly GivenLabel[], labelSet: LabelSet): Ranked {
  const indexOf = new Map(labelSet.labels.map(({ id }, index) => [id, index] as const))
  const place = ({ named }: GivenLabel): number => {
    if (named.kind === 'label') return indexOf.get(named.id) ?? -1
    return named.kind === 'none' && labelSet.otherLabels !== undefined ? (indexOf.get(labelSet.otherLabels) ?? -1) : -1
  }
  const best = new Map<number, GivenLabel>()
  for (const one of given) {
    const index = place(one)
    const earlier = best.get(index)
    if (earlier === undefined || one.score > earlier.score) best.set(index, one)
  }
  // what names no label has the index -1 and comes first among equals, so that it is never passed over
  const [first, second] = [...best].sort(([a, one], [b, other]) => other.score - one.score || a - b)
  const [winner, { score, words, named }] = first
  if (winner < 0) return { kind: 'not-named', words }
  return {
    kind: 'decided',
    winner,
    score,
    runnerUp: second === undefined ? -1 : second[0],
    margin: second === undefined ? NaN : score - second[1].score,
    other: named.kind === 'label' ? null : words,
  }
}
