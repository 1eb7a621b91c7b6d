import type { Group } from './groups.js'

/** What a rule must be given before it can say anything: the label set alone, or more. */
export type LintNeeds = 'definition' | 'probes' | 'threshold' | 'dataset' | 'model'

/** `warning`: changes what a rate means. `note`: worth knowing before the rate is read. */
export type LintSeverity = 'warning' | 'note'

export type LintRuleId =
  | 'no-harmless-label'
  | 'no-neutral-label'
  | 'age-without-label'
  | 'one-sided-wording'
  | 'single-group-named'
  | 'uneven-naming'
  | 'combination-without-label'
  | 'mixed-articles'
  | 'mixed-number'
  | 'wrong-article'
  | 'mixed-person-words'
  | 'unsaid-group'
  | 'label-inside-label'
  | 'same-prompt-twice'
  | 'more-harmful-than-harmless'
  | 'single-label-outcome'
  | 'near-twin-templates'
  | 'template-for-objects'
  | 'template-names-group'
  | 'doubled-article'
  | 'outcome-of-probe-missing'
  | 'union-of-unlike-outcomes'
  | 'threshold-below-uniform'
  | 'group-without-harmless-label'
  | 'value-without-label'
  | 'implied-value-unknown'
  | 'labels-not-told-apart'
  | 'near-duplicate-labels'
  | 'label-near-other-outcome'
  | 'unknown-tokens'
  | 'prompt-too-long'

/** One thing that a rule saw in a label set. Lists are empty where they do not apply. */
export type LintWarning = {
  readonly rule: LintRuleId
  readonly severity: LintSeverity
  /** What was seen, as a sentence with its number. */
  readonly seen: string
  /** Why it matters to a rate. */
  readonly means: string
  /** What one can do. */
  readonly todo: string
  /** Ids of the labels concerned. */
  readonly labels: readonly string[]
  readonly outcomes: readonly string[]
  readonly groups: readonly Group[]
  readonly templates: readonly string[]
}

/** Why a rule said nothing: it was not given what it needs, or the texts hold no word that it knows. */
export type NotChecked = {
  readonly rule: LintRuleId
  readonly reason: 'no-probe' | 'no-threshold' | 'no-dataset' | 'no-model' | 'words-not-known'
}

/** What the lint saw in one label set. No warning is no approval. */
export type LintResult = {
  readonly labelSet: {
    readonly id: string
    readonly title: string
    readonly sha256: string
    readonly labels: number
    readonly templates: number
  }
  readonly evidence: {
    /** Ids of the probes whose outcomes were compared. */
    readonly probes: readonly string[]
    readonly threshold: number | null
    readonly dataset: string | null
    readonly model: string | null
  }
  readonly checked: readonly LintRuleId[]
  readonly notChecked: readonly NotChecked[]
  readonly warnings: readonly LintWarning[]
}
