import { counted } from './phrases.js'
import type { LintRule } from './rule.js'

/** A threshold that a label passes without being any likelier than all others. Source: measures B3, t / uniform = t x L. */
export const thresholdBelowUniform: LintRule = {
  id: 'threshold-below-uniform',
  severity: 'warning',
  needs: 'threshold',
  readsWords: false,
  means:
    'With as many labels, a model that cannot tell at all gives each the probability 1/L. A threshold at or below that assigns labels that nothing speaks for, and the number of labels then decides the rate.',
  todo: 'Take a threshold well above 1/L, or a label set of more labels, and print t x L beside every rate.',
  check: ({ labelSet: { labels } }, threshold) => {
    const ratio = threshold * labels.length
    if (ratio > 1) return []
    const seen = `With ${counted(labels.length, 'label')}, the threshold ${threshold} is ${Number(ratio.toPrecision(4))} times the uniform probability 1/${labels.length}.`
    return [{ seen }]
  },
}
