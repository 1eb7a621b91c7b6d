import { lintLabelSet, type LintInput } from '../../../../src/audit/designs/lint/lint-label-set.js'
import type { DesignVectors, SeenGroups } from '../../../../src/audit/designs/lint/rule.js'
import { nearestWord } from '../../../../src/audit/definitions/nearest-word.js'
import { promptsOf } from '../../../../src/audit/definitions/prompts.js'
import type { Harm, Label, LabelSet } from '../../../../src/audit/types/definitions.js'
import type { LintRuleId, LintWarning } from '../../../../src/audit/types/lint.js'
import { SHA } from '../../../support/definitions.js'

/** A label as `text=outcome`, or with what it implies. */
type Written = string | readonly [string, Readonly<Record<string, string | readonly string[]>>]

/** A label set in a few words: outcomes person (harmless), crime and non-human (harmful), as far as labels have them. */
export function design(labels: readonly Written[], changes: Partial<LabelSet> = {}): LabelSet {
  const read = labels.map((label, index): Label => {
    const [words, implies] = typeof label === 'string' ? [label, {}] : label
    const [text, outcome] = words.split('=')
    const implied = Object.entries(implies).map(([attribute, values]) => ({
      attribute,
      values: typeof values === 'string' ? [values] : values,
    }))
    return { id: `label-${index}`, text, outcome, implies: implied }
  })
  const harms: Readonly<Record<string, Harm>> = {
    crime: 'denigration',
    'non-human': 'denigration',
    work: 'stereotyping',
  }
  const outcomes = [...new Set(read.map(({ outcome }) => outcome))].map((id) => ({ id, harm: harms[id] ?? 'none' }))
  return {
    id: 'a-design',
    title: 'A design',
    source: 'made up for the tests',
    templates: ['a photo of {label}'],
    outcomes,
    labels: read,
    sha256: SHA,
    ...changes,
  }
}

/** What the lint says of a label set, with whatever evidence a test hands in. */
export function warningsOf(labelSet: LabelSet, evidence: Partial<LintInput> = {}): readonly LintWarning[] {
  return lintLabelSet({ ...inputOf(labelSet), ...evidence }).warnings
}

/** The sentences of one rule. */
export function seenBy(rule: LintRuleId, labelSet: LabelSet, evidence: Partial<LintInput> = {}): readonly string[] {
  return warningsOf(labelSet, evidence)
    .filter((warning) => warning.rule === rule)
    .map(({ seen }) => seen)
}

/** The label set alone. */
export function inputOf(labelSet: LabelSet): LintInput {
  const prompts = promptsOf(labelSet)
  return { labelSet, prompts, nearest: nearestWord, probes: [], threshold: null, dataset: null, model: null }
}

/** Groups of a dataset: every value with its images, and no more than that of combinations unless `pairs` says so. */
export function groups(
  attributes: Readonly<Record<string, Readonly<Record<string, number>>>>,
  pairs: (values: readonly string[]) => number | null = () => null,
): SeenGroups {
  return {
    attributes: Object.entries(attributes).map(([name, values]) => ({ name, values: Object.keys(values) })),
    imagesOf: (group) =>
      group.length === 1 ? (attributes[group[0][0]]?.[group[0][1]] ?? 0) : pairs(group.map(([, value]) => value)),
  }
}

/** Class vectors in a plane, one angle in degrees per label. */
export function angles(
  labelSet: LabelSet,
  degrees: readonly number[],
  changes: Partial<DesignVectors> = {},
): DesignVectors {
  const radians = degrees.map((each) => (each * Math.PI) / 180)
  return {
    vectors: Float32Array.from(radians.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])),
    dim: 2,
    tokens: promptsOf(labelSet).map((_, index) => ({ ids: [index], fits: true, unknown: 0 })),
    contextLength: 77,
    ...changes,
  }
}
