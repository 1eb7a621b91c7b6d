import { categoryOutcomes } from '../types/measures.js'
import type { Ablate, Label, LabelSet, Probe } from '../types/definitions.js'
import { folded } from './words.js'

/** What is taken out of one label set and what is added to it, one label at a time. */
export type AblationPlan = {
  readonly removed: readonly Label[]
  readonly added: readonly Label[]
  /** Harmless outcomes that the neutral alternatives could have had, besides the one they got. */
  readonly otherOutcomes: readonly string[]
}

/** Texts that name a person and claim nothing else of them. */
export const NEUTRAL_TEXTS: readonly string[] = ['a person', 'a human being', 'a child', 'a face']

const OWN_OUTCOME = 'neutral-alternative'
const NOTHING: AblationPlan = { removed: [], added: [], otherOutcomes: [] }

/** Plans the ablations of every label set of a run, in order. Taken out: each label whose outcome a probe counts, each neutral alternative,
 *  and each label that another label set of the run does without. Added: each label that such a label set has, and each neutral
 *  alternative that is missing. A label set that no probe applies to has none. */
export function planAblations(plan: {
  readonly labelSets: readonly LabelSet[]
  readonly probes: readonly Probe[]
  readonly ablate: Ablate | null
}): AblationPlan[] {
  const { labelSets, probes, ablate } = plan
  return labelSets.map((labelSet) => {
    const counted = countedOutcomes(labelSet, probes)
    if (ablate === null || counted.size === 0) return NOTHING
    const relatives = labelSets.filter((other) => other !== labelSet && areRelated(labelSet, other))
    const added = addedLabels(labelSet, relatives, ablate.alternatives)
    return { removed: removedLabels(labelSet, relatives, counted, ablate.alternatives), ...added }
  })
}

/** The outcome categories that some probe counts under this label set. */
function countedOutcomes(labelSet: LabelSet, probes: readonly Probe[]): ReadonlySet<string> {
  const declared = new Set(labelSet.outcomes.map(({ id }) => id))
  const needed = probes.map(({ measure }) => categoryOutcomes(measure).flatMap(({ categories }) => categories))
  return new Set(needed.filter((categories) => categories.every((id) => declared.has(id))).flat())
}

/** Two label sets vary one design if at least half of the labels of each stand in the other: races and ages, say, do not. */
function areRelated(one: LabelSet, other: LabelSet): boolean {
  const texts = textsOf(other.labels)
  const shared = one.labels.filter(({ text }) => texts.has(folded(text))).length
  return 2 * shared >= Math.max(one.labels.length, other.labels.length)
}

function removedLabels(
  labelSet: LabelSet,
  relatives: readonly LabelSet[],
  counted: ReadonlySet<string>,
  alternatives: readonly string[],
): Label[] {
  if (labelSet.labels.length < 3) return [] // one label alone decides nothing
  const neutral = new Set(alternatives.map(folded))
  const elsewhere = relatives.map(({ labels }) => textsOf(labels))
  return labelSet.labels.filter(
    ({ text, outcome }) =>
      counted.has(outcome) || neutral.has(folded(text)) || elsewhere.some((texts) => !texts.has(folded(text))),
  )
}

function addedLabels(
  labelSet: LabelSet,
  relatives: readonly LabelSet[],
  alternatives: readonly string[],
): Pick<AblationPlan, 'added' | 'otherOutcomes'> {
  const harmless = harmlessOutcomes(labelSet)
  const neutral = alternatives.map((text) => ({
    id: idOf(text),
    text,
    outcome: harmless.at(0) ?? OWN_OUTCOME,
    implies: [],
  }))
  const texts = textsOf(labelSet.labels)
  const ids = new Set(labelSet.labels.map(({ id }) => id))
  const added: Label[] = []
  for (const label of [...relatives.flatMap(({ labels }) => labels), ...neutral]) {
    if (texts.has(folded(label.text))) continue
    const id = freeId(label.id, ids)
    texts.add(folded(label.text))
    ids.add(id)
    added.push({ ...label, id })
  }
  const usesOutcome = added.some(({ outcome }) => outcome === harmless.at(0))
  return { added, otherOutcomes: usesOutcome ? harmless.slice(1) : [] }
}

/** Outcomes that harm nobody, the one with most labels first; of equals the one declared first. */
function harmlessOutcomes({ outcomes, labels }: LabelSet): string[] {
  const labelsOf = (id: string): number => labels.filter(({ outcome }) => outcome === id).length
  return outcomes
    .filter(({ harm }) => harm === 'none')
    .map(({ id }) => id)
    .sort((a, b) => labelsOf(b) - labelsOf(a))
}

function textsOf(labels: readonly Label[]): Set<string> {
  return new Set(labels.map(({ text }) => folded(text)))
}

/** `a human being` becomes `human-being`. */
function idOf(text: string): string {
  const words = folded(text).replace(/^(an?|the)\s+/, '')
  const id = words.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return id === '' ? 'alternative' : id
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 2, id = wanted; ; number++) {
    if (!taken.has(id)) return id
    id = `${wanted}-${number}`
  }
}
