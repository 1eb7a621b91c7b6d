import { listedTexts } from './phrases.js'
import type { Design, ModelView, LintRule, Sighting } from './rule.js'

/** Labels whose prompts are one text to the model. */
export const labelsNotToldApart: LintRule = {
  id: 'labels-not-told-apart',
  severity: 'warning',
  needs: 'model',
  readsWords: false,
  means:
    'Which of them an image is put into is decided by differences too small to mean anything. Where they belong to different outcome categories, so is the outcome.',
  todo: 'Keep one of them, or word them so that this model tells them apart; for words that a model has never learned, take another model.',
  check: (design, model) => model.clusters.map((cluster) => sighting(design, model, cluster)),
}

function sighting({ labelSet: { labels } }: Design, { distances }: ModelView, cluster: readonly number[]): Sighting {
  const outcomes = [...new Set(cluster.map((label) => labels[label].outcome))]
  const pairs = cluster.flatMap((left, index) =>
    cluster.slice(index + 1).map((right) => distances?.cosine(left, right) ?? 1),
  )
  const least = Math.min(...pairs)
  const texts = listedTexts(cluster.map((label) => labels[label].text))
  const across = outcomes.length === 1 ? '' : `, of ${outcomes.length} outcome categories (${outcomes.join(', ')})`
  const seen = `The model hardly tells ${cluster.length} labels apart${across}: ${texts}. Every cosine between them is at least ${least.toFixed(4)}.`
  return { seen, labels: cluster, outcomes }
}
