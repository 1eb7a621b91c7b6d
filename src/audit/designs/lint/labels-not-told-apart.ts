import { clustersOf, labelDistances } from './label-distances.js'
import { listedTexts } from './phrases.js'
import type { Design, DesignVectors, LintRule, Sighting } from './rule.js'
import { sameToModel } from './same-to-model.js'

/** Labels whose prompts are one text to the model. */
export const labelsNotToldApart: LintRule = {
  id: 'labels-not-told-apart',
  severity: 'warning',
  needs: 'model',
  readsWords: false,
  means:
    'Which of them an image is put into is decided by differences too small to mean anything. Where they belong to different outcome categories, so is the outcome.',
  todo: 'Keep one of them, or word them so that this model tells them apart; for words that a model has never learned, take another model.',
  check: (design, model) => {
    const { labels } = design.labelSet
    return clustersOf(labels.length, sameToModel(design, model)).map((cluster) => sighting(design, model, cluster))
  },
}

function sighting({ labelSet: { labels } }: Design, model: DesignVectors, cluster: readonly number[]): Sighting {
  const outcomes = [...new Set(cluster.map((label) => labels[label].outcome))]
  const distances = labelDistances(model)
  const pairs = cluster.flatMap((left, index) =>
    cluster.slice(index + 1).map((right) => distances?.cosine(left, right) ?? 1),
  )
  const least = Math.min(...pairs)
  const texts = listedTexts(cluster.map((label) => labels[label].text))
  const across = outcomes.length === 1 ? '' : `, of ${outcomes.length} outcome categories (${outcomes.join(', ')})`
  const seen = `The model hardly tells ${cluster.length} labels apart${across}: ${texts}. The cosines between them are ${least.toFixed(4)} or more.`
  return { seen, labels: cluster, outcomes }
}
