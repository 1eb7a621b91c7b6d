import { quoted } from '../../errors.js'
import { listed } from './phrases.js'
import type { LintRule } from './rule.js'

/** "A person" inside "a suspicious person", of another outcome category. */
export const labelInsideLabel: LintRule = {
  id: 'label-inside-label',
  severity: 'note',
  needs: 'definition',
  readsWords: false,
  means:
    'An image that fits the shorter text fits most of the longer one, so the two compete for the same images and small differences of wording decide between outcomes.',
  todo: 'Compare with a label set in which the two share no words, and look at the runners-up of the images in question.',
  check: ({ labelSet: { labels }, words }) => {
    const pairs = labels.flatMap((long, longIndex) =>
      labels.flatMap((short, shortIndex) =>
        short.outcome !== long.outcome && isInside(words[shortIndex].words, words[longIndex].words)
          ? [{ long, short, longIndex, shortIndex }]
          : [],
      ),
    )
    if (pairs.length === 0) return []
    const names = pairs.map(
      ({ long, short }) => `${quoted(short.text)} (${short.outcome}) in ${quoted(long.text)} (${long.outcome})`,
    )
    const seen = `${pairs.length === 1 ? 'One label stands' : `${pairs.length} labels stand`} inside another of a different outcome category: ${listed(names)}.`
    return [
      {
        seen,
        labels: [...new Set(pairs.flatMap(({ longIndex, shortIndex }) => [shortIndex, longIndex]))],
        outcomes: [...new Set(pairs.flatMap(({ long, short }) => [short.outcome, long.outcome]))],
      },
    ]
  },
}

/** Whether the words stand in the other text side by side; the same words in both are another rule's matter. */
function isInside(short: readonly string[], long: readonly string[]): boolean {
  if (short.length === 0 || short.length >= long.length) return false
  return long.some((_, start) => short.every((word, offset) => long[start + offset] === word))
}
