import type { Ensembling } from './curve.js'
import type { Label, LabelSet, Policy, Probe } from './definitions.js'

/** Templates that belong together, with the reason for them. */
export type TemplateFamily = {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly note: string
  readonly templates: readonly string[]
  readonly sha256: string
}

/** One entry under `templates`: a single template, or several that are joined by each of the grid's ensemblings. */
export type GridTemplates = { readonly id: string; readonly note: string; readonly templates: readonly string[] }

/** Other words for some labels, chosen together. Empty `texts`: the label set as written. */
export type GridWording = {
  readonly id: string
  readonly note: string
  readonly texts: readonly (readonly [label: string, text: string])[]
}

/** Other words for one label, a factor of its own. */
export type GridSynonyms = { readonly label: string; readonly texts: readonly string[] }

/** Neutral labels put after those of the label set. Empty `labels`: none. */
export type GridAlternative = { readonly id: string; readonly note: string; readonly labels: readonly Label[] }

/** A grid of class designs, checked: everything is crossed with everything. `wordings` begins with the label set as written, `alternatives` with none. */
export type Grid = {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly labelSet: LabelSet
  readonly probe: Probe
  readonly policy: Policy
  readonly templates: readonly GridTemplates[]
  readonly ensembling: readonly Ensembling[]
  readonly wordings: readonly GridWording[]
  readonly synonyms: readonly GridSynonyms[]
  readonly alternatives: readonly GridAlternative[]
  readonly seed: number
  readonly draws: number
  readonly sha256: string
}
