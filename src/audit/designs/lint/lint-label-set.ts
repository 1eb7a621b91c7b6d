import type { LabelSet, Probe } from '../../types/definitions.js'
import type { LintRuleId, LintWarning, NotChecked } from '../../types/lint.js'
import { labelWords } from './label-words.js'
import type { Design, DesignVectors, LintRule, SeenGroups, Sighting } from './rule.js'
import { LINT_RULES } from './rules.js'

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
  const design: Design = { labelSet, prompts, nearest, probes, words }
  const isAnyWordKnown = words.some(({ personWords }) => personWords.length > 0)
  const asked = LINT_RULES.map((rule) => {
    const reason = rule.readsWords && !isAnyWordKnown ? ('words-not-known' as const) : missingFor(rule, input)
    return { rule, reason, sightings: reason === null ? ask(rule, design, input) : [] }
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

function ask(rule: LintRule, design: Design, { threshold, dataset, model }: LintInput): readonly Sighting[] {
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
