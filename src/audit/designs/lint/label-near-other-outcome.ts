import { quoted } from '../../errors.js'
import { listed } from './phrases.js'
import type { LintRule } from './rule.js'

/** Labels whose nearest label is of another outcome category. */
export const labelNearOtherOutcome: LintRule = {
  id: 'label-near-other-outcome',
  severity: 'note',
  needs: 'model',
  readsWords: false,
  means:
    'To this model the text stands closer to another outcome category than to its own, so images that fit it are contested between the two. It does not say which images go where.',
  todo: 'Look at the runners-up and leads of these labels, and compare with a label set without them.',
  check: (design, { distances, clusters }) => {
    const { labels } = design.labelSet
    if (distances === null) return []
    const { cosine } = distances
    const told = new Set(clusters.flat())
    const found = labels.flatMap(({ outcome }, label) => {
      const others = labels.map((_, index) => index).filter((index) => index !== label)
      const hasCompany = others.some((index) => labels[index].outcome === outcome)
      const nearest = others.reduce((best, index) => (cosine(label, index) > cosine(label, best) ? index : best))
      if (!hasCompany || told.has(label) || labels[nearest].outcome === outcome) return []
      return [{ label, nearest }]
    })
    if (found.length === 0) return []
    const names = found.map(
      ({ label, nearest }) =>
        `${quoted(labels[label].text)} (${labels[label].outcome}) to ${quoted(labels[nearest].text)} (${labels[nearest].outcome}, ${cosine(label, nearest).toFixed(3)})`,
    )
    const seen = `${found.length === 1 ? 'One label is' : `${found.length} labels are`} nearest to a label of another outcome category: ${listed(names)}.`
    return [
      {
        seen,
        labels: found.map(({ label }) => label),
        outcomes: [...new Set(found.map(({ label }) => labels[label].outcome))],
      },
    ]
  },
}
