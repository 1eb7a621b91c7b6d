import { quoted } from '../../errors.js'
import { listed } from './phrases.js'
import type { LintRule } from './rule.js'

/** Labels that lie far nearer to each other than the labels of this set usually do. */
export const nearDuplicateLabels: LintRule = {
  id: 'near-duplicate-labels',
  severity: 'note',
  needs: 'model',
  readsWords: false,
  means:
    'They share the images that fit either. Within one outcome category its rate hardly changes; between two, small differences of wording decide the outcome.',
  todo: 'Keep one of them, or see by ablation what each one draws.',
  check: (design, { distances, clusters }) => {
    const { labels } = design.labelSet
    if (distances === null) return []
    const { nearCosine, cosine } = distances
    // labels of a cluster that another rule has named already are not paired again
    const together = (left: number, right: number): boolean =>
      clusters.some((cluster) => cluster.includes(left) && cluster.includes(right))
    const pairs = labels.flatMap((_, left) =>
      labels.flatMap((_, right) =>
        right > left && cosine(left, right) >= nearCosine && !together(left, right) ? [{ left, right }] : [],
      ),
    )
    if (pairs.length === 0) return []
    pairs.sort((first, second) => cosine(second.left, second.right) - cosine(first.left, first.right))
    const names = pairs.map(
      ({ left, right }) =>
        `${quoted(labels[left].text)} and ${quoted(labels[right].text)} (${cosine(left, right).toFixed(3)})`,
    )
    const involved = [...new Set(pairs.flatMap(({ left, right }) => [left, right]))]
    const outcomes = [...new Set(involved.map((label) => labels[label].outcome))]
    const seen = `${pairs.length === 1 ? 'One pair of labels nearly coincides' : `${pairs.length} pairs of labels nearly coincide`} by cosine: ${listed(names)}. The limit for this label set is ${nearCosine.toFixed(3)}; its median is ${distances.medianCosine.toFixed(3)}.`
    return [{ seen, labels: involved, outcomes }]
  },
}
