import type { LabelSet, Probe } from '../../types/definitions.js'
import type { LintRuleId, LintWarning, NotChecked } from '../../types/lint.js'
import { labelWords } from './label-words.js'
import { clustersOf, labelDistances } from './label-distances.js'
import type { Design, DesignVectors, LintRule, ModelView, SeenGroups, Sighting } from './rule.js'
import { LINT_RULES } from './rules.js'
import { sameToModel } from './same-to-model.js'
import { genderAttributeOf } from './sides.js'

/** What the rules may look at. Null: not given, and the rules that need it are named as not checked. */
export type LintInput = {
  readonly labelSet: LabelSet
  readonly prompts: Design['prompts']
  readonly nearest: Design['nearest']
  readonly probes: readonly Probe[]
  /** Probability from which a label is assigned, share 0 to 1. */
  readonly threshold: number | null
  readonly dataset: SeenGroups | null
  readonly model: DesignVectors | null
}

export type Linted = {
  readonly checked: readonly LintRuleId[]
  readonly notChecked: readonly NotChecked[]
  readonly warnings: readonly LintWarning[]
}

/** Asks every rule that has what it needs, and names the others with the reason. Warnings stand before notes, in the order of the rules. */
export function lintLabelSet(input: LintInput): Linted {
  const { labelSet, prompts, nearest, probes } = input
  const words = labelSet.labels.map(labelWords)
  const genderAttribute = genderAttributeOf(labelSet)
  const design: Design = { labelSet, prompts, nearest, probes, words, genderAttribute }
  const view = input.model === null ? null : viewOf(design, input.model)
  const isAnyWordKnown = words.some(({ personWords }) => personWords.length > 0)
  const asked = LINT_RULES.map((rule) => {
    const reason = rule.readsWords && !isAnyWordKnown ? ('words-not-known' as const) : missingFor(rule, input)
    return { rule, reason, sightings: reason === null ? ask(rule, design, { ...input, model: view }) : [] }
  })
  const warnings = asked.flatMap(({ rule, sightings }) =>
    sightings.map((sighting) => toWarning(labelSet, rule, sighting)),
  )
  return {
    checked: asked.filter(({ reason }) => reason === null).map(({ rule }) => rule.id),
    notChecked: asked.flatMap(({ rule, reason }) => (reason === null ? [] : [{ rule: rule.id, reason }])),
    warnings: [
      ...warnings.filter(({ severity }) => severity === 'warning'),
      ...warnings.filter(({ severity }) => severity === 'note'),
    ],
  }
}

function missingFor({ needs }: LintRule, input: LintInput): NotChecked['reason'] | null {
  switch (needs) {
    case 'definition':
      return null
    case 'probes':
      return input.probes.length === 0 ? 'no-probe' : null
    case 'threshold':
      return input.threshold === null ? 'no-threshold' : null
    case 'dataset':
      return input.dataset === null ? 'no-dataset' : null
    case 'model':
      return input.model === null ? 'no-model' : null
  }
}

type Evidence = Pick<LintInput, 'threshold' | 'dataset'> & { readonly model: ModelView | null }

function ask(rule: LintRule, design: Design, { threshold, dataset, model }: Evidence): readonly Sighting[] {
  switch (rule.needs) {
    case 'definition':
    case 'probes':
      return rule.check(design)
    case 'threshold':
      return threshold === null ? [] : rule.check(design, threshold)
    case 'dataset':
      return dataset === null ? [] : rule.check(design, dataset)
    case 'model':
      return model === null ? [] : rule.check(design, model)
  }
}

/** Cosines are worked out once for all rules. */
function viewOf(design: Design, model: DesignVectors): ModelView {
  const distances = labelDistances(model)
  return {
    ...model,
    distances,
    clusters: clustersOf(design.labelSet.labels.length, sameToModel(design, model, distances)),
  }
}

function toWarning(labelSet: LabelSet, rule: LintRule, sighting: Sighting): LintWarning {
  const { id, severity, means, todo } = rule
  return {
    rule: id,
    severity,
    seen: sighting.seen,
    means,
    todo,
    labels: (sighting.labels ?? []).map((label) => labelSet.labels[label].id),
    outcomes: sighting.outcomes ?? [],
    groups: sighting.groups ?? [],
    templates: (sighting.templates ?? []).map((template) => labelSet.templates[template]),
  }
}
