import { quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { Warning } from '../types/dataset.js'
import type { LabelSet } from '../types/definitions.js'

const MOST_SHOWN = 20

/** Words of decisions made elsewhere that name no label of a label set, with the decisions that say them. */
export type OtherWords = {
  readonly count: (words: string) => void
  /** What became of them where the label set has a label for all others; empty where there were none. */
  readonly warnings: () => Warning[]
  /** The refusal where it has none; null where there were no such words. */
  readonly fault: (at: string) => Fault | null
}

export function otherWords({ id, otherLabels }: Pick<LabelSet, 'id' | 'otherLabels'>): OtherWords {
  const decisions = new Map<string, number>()
  const total = (): number => [...decisions.values()].reduce((sum, count) => sum + count, 0)
  const shown = (): string => {
    const most = [...decisions].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, MOST_SHOWN)
    const more = decisions.size - most.length
    const words = most.map(([text, count]) => `${quoted(text)} (${count})`).join(', ')
    return more > 0 ? `${words} and ${more} more` : words
  }
  return {
    count: (words) => {
      decisions.set(words, (decisions.get(words) ?? 0) + 1)
    },
    warnings: () => {
      if (decisions.size === 0) return []
      const message = `${total()} decisions say words that name no label of ${quoted(id)} and are counted under ${quoted(otherLabels)}: ${shown()}`
      return [{ code: 'decisions.other-labels', count: total(), message }]
    },
    fault: (at) =>
      decisions.size === 0
        ? null
        : {
            at,
            field: 'label',
            expected: `words that name a label of ${quoted(id)} in every decision`,
            received: `${decisions.size} others in ${total()} decisions: ${shown()}`,
            hint: `Name them under "aliases" of the labels that they mean, or say with "otherLabels" in the label set which label stands for all others`,
          },
  }
}
