import type { LabelSet, Probe } from '../../types/definitions.js'
import type { Group } from '../../types/groups.js'
import type { LintRuleId, LintSeverity } from '../../types/lint.js'
import type { LabelWords } from './label-words.js'

/** A label set as the rules read it. `words[i]` is what the lint understands of `labelSet.labels[i]`. */
export type Design = {
  readonly labelSet: LabelSet
  readonly words: readonly LabelWords[]
  /** What this label set calls gender; "gender" where it implies none. */
  readonly genderAttribute: string
  /** Every filled prompt; `label` and `template` are indices into the label set. */
  readonly prompts: readonly { readonly label: number; readonly template: number; readonly prompt: string }[]
  /** The probes that may count the outcomes of this label set; none where no probe was given. */
  readonly probes: readonly Probe[]
  /** The allowed word that a reader most likely meant, or null. Handed in, since only definitions know how to look for it. */
  readonly nearest: (word: string, allowed: readonly string[]) => string | null
}

/** The groups of a dataset. `unknown` values are left out: nobody can write a label for them. */
export type SeenGroups = {
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[]
  /** Images of a group; null where the evidence does not cross these attributes. */
  readonly imagesOf: (group: Group) => number | null
}

/** What a model makes of the prompts. */
export type DesignVectors = {
  /** Class vectors, labels x dim, row-major, unit rows; null where a prompt does not fit into the context. */
  readonly vectors: Float32Array | null
  readonly dim: number
  /** Tokens of each prompt, in the order of the prompts. */
  readonly tokens: readonly {
    readonly ids: readonly number[]
    readonly fits: boolean
    /** Tokens that are a piece of a character, or that stand for no known piece of text. */
    readonly unknown: number
  }[]
  readonly contextLength: number
}

/** Cosines between the class vectors of a label set. */
export type LabelDistances = {
  readonly cosine: (left: number, right: number) => number
  /** Cosine from which two labels count as near duplicates in this set. */
  readonly nearCosine: number
  readonly medianCosine: number
  readonly pairs: number
}

/** The same, and what follows for pairs of labels. */
export type ModelView = DesignVectors & {
  /** Null where there are no class vectors. */
  readonly distances: LabelDistances | null
  /** Labels that the model cannot tell apart, in clusters. */
  readonly clusters: readonly (readonly number[])[]
}

/** One thing seen. `labels` are indices into the label set. */
export type Sighting = {
  readonly seen: string
  readonly labels?: readonly number[]
  readonly outcomes?: readonly string[]
  readonly groups?: readonly Group[]
  readonly templates?: readonly number[]
}

type Words = {
  readonly id: LintRuleId
  readonly severity: LintSeverity
  /** Whether the rule reads English words, and so says nothing of texts that hold none it knows. */
  readonly readsWords: boolean
  /** Why it matters. */
  readonly means: string
  /** What one can do. */
  readonly todo: string
}

/** A rule: its words, what it must be given, and a pure function from that to what it saw. */
export type LintRule = Words &
  (
    | { readonly needs: 'definition' | 'probes'; readonly check: (design: Design) => readonly Sighting[] }
    | { readonly needs: 'threshold'; readonly check: (design: Design, threshold: number) => readonly Sighting[] }
    | { readonly needs: 'dataset'; readonly check: (design: Design, seen: SeenGroups) => readonly Sighting[] }
    | { readonly needs: 'model'; readonly check: (design: Design, model: ModelView) => readonly Sighting[] }
  )
