import { fnv1a64 } from '../statistics/fnv-1a-64.js'
import type { LabelSetFacts } from '../types/facts.js'
import { shortHash } from './short-hash.js'

type LabelFacts = LabelSetFacts['labels'][number]

/** Size and prompts of a label set, and what of it the other has not or has otherwise: labels, their outcome, wording and what they imply,
 *  outcomes with their harm, templates. */
export function describeLabelSet(labelSet: LabelSetFacts, other?: LabelSetFacts): string {
  const { labels, templates, outcomes, promptsSha256 } = labelSet
  const whole = `${labels.length} labels, prompts ${shortHash(promptsSha256)}`
  if (other === undefined) return whole
  const ownLabels = labels.flatMap((label) =>
    describeLabel(
      label,
      labelSet,
      other.labels.find(({ id }) => id === label.id),
    ),
  )
  const ownOutcomes = outcomes
    .filter((outcome) => !other.outcomes.some((each) => JSON.stringify(each) === JSON.stringify(outcome)))
    .map(([id, harm]) => `outcome ${id} (${harm})`)
  const ownTemplates = templates.filter((template) => !other.templates.includes(template))
  return [whole, ...ownLabels, ...ownOutcomes, ...ownTemplates].join('; ')
}

/** The parts of a label that its namesake has otherwise; nothing where they are alike, the whole where it has none. */
function describeLabel(label: LabelFacts, labelSet: LabelSetFacts, namesake: LabelFacts | undefined): string[] {
  if (namesake === undefined) return [`${label.id} (${label.outcome})`]
  const parts = [
    ...(label.outcome === namesake.outcome ? [] : [label.outcome]),
    ...(label.text === namesake.text ? [] : [`worded ${wordingOf(label, labelSet)}`]),
    ...(impliedBy(label) === impliedBy(namesake) ? [] : [impliedBy(label)]),
  ]
  return parts.length === 0 ? [] : [`${label.id} (${parts.join(', ')})`]
}

/** The text of a harmless label. That of a harmful one may be an insult and stands in its audit alone: here a mark tells two apart. */
function wordingOf({ text, outcome }: LabelFacts, { outcomes }: LabelSetFacts): string {
  const harm = outcomes.find(([id]) => id === outcome)?.[1]
  return harm === 'none' ? `“${text}”` : `#${fnv1a64(text).toString(16).padStart(16, '0').slice(0, 8)}`
}

function impliedBy({ implies }: LabelFacts): string {
  if (implies.length === 0) return 'implies nothing'
  return `implies ${implies.map(({ attribute, values }) => `${attribute} ${values.join(' or ')}`).join(' and ')}`
}
