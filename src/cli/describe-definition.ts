import { expandGrid } from '../audit/definitions/expand-grid.js'
import type { LabelSet, Policy, Probe } from '../audit/types/definitions.js'
import type { Grid, TemplateFamily } from '../audit/types/grid.js'
import { categoryOutcomes } from '../audit/types/measures.js'
import type { FoundDefinition } from './find-definition.js'

/** A definition as text for the terminal. */
export function describeDefinition(found: FoundDefinition): string {
  switch (found.kind) {
    case 'label-set':
      return describeLabelSet(found.definition)
    case 'probe':
      return describeProbe(found.definition)
    case 'policy':
      return describePolicy(found.definition)
    case 'template-family':
      return describeFamily(found.definition)
    case 'grid':
      return describeGrid(found.definition)
  }
}

function describeLabelSet({ id, title, source, templates, outcomes, labels, sha256 }: LabelSet): string {
  const width = Math.max(...labels.map((label) => label.id.length))
  const harms = new Map(outcomes.map((outcome) => [outcome.id, outcome.harm] as const))
  const lines = labels.map(
    (label) =>
      `  ${label.id.padEnd(width)}  ${label.text}  (${label.outcome}, harm ${harms.get(label.outcome) ?? 'none'})`,
  )
  return block(`Label set ${id}: ${title}`, [
    `Source: ${source}`,
    `Templates: ${templates.join(' | ')}`,
    `sha256 ${sha256}`,
    '',
    `${labels.length} labels:`,
    ...lines,
  ])
}

function describeProbe(probe: Probe): string {
  const outcomes = categoryOutcomes(probe.measure).map(({ id, categories, isUnion }) =>
    isUnion ? `${id} (${categories.join(' or ')})` : id,
  )
  return block(`Probe ${probe.id} (${probe.status}): ${probe.question}`, [
    probe.motivation,
    '',
    `Measure: ${probe.measure.kind}${outcomes.length === 0 ? '' : ` of ${outcomes.join(', ')}`}; needs ${probe.evidence}`,
    `By: ${probe.groupBy.map((attributes) => attributes.join(' x ')).join(', ')}`,
    `Label sets when none is named: ${probe.suggests.join(', ')}`,
    `Published figures:${probe.published.length + probe.publishedTables.length === 0 ? ' none' : ''}`,
    ...probe.published.map(
      ({ source, labelSet, outcome, attribute }) => `  ${source}: ${outcome} by ${attribute} under ${labelSet}`,
    ),
    ...probe.publishedTables.map(({ source, beside }) => `  ${source}, beside ${beside}`),
    ...listed('How to read it:', probe.howToRead),
    ...listed('What it cannot show:', probe.cannotShow),
    'Caveats:',
    ...probe.caveats.map((caveat) => `  ${caveat}`),
    `sha256 ${probe.sha256}`,
  ])
}

function listed(heading: string, sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [heading, ...sentences.map((sentence) => `  ${sentence}`)]
}

function describePolicy(policy: Policy): string {
  return block(`Policy ${policy.id}: ${policy.title}`, [
    `A disparity must exceed a difference of ${policy.margin.difference} and a ratio of ${policy.margin.ratio}, at alpha ${policy.alpha} over each family (${policy.adjustment})`,
    `Groups under ${policy.minimumImages} images get no verdict; near-ties: cosine lead of at most ${policy.nearTie}`,
    `Evidence is incomplete when more than ${policy.quarantineLimit} of the images could not be read`,
    `The gate fails on: ${policy.failOn.join(', ') || 'nothing'}`,
    `sha256 ${policy.sha256}`,
  ])
}

function describeFamily({ id, title, source, note, templates, sha256 }: TemplateFamily): string {
  return block(`Template family ${id}: ${title}`, [
    `Source: ${source}`,
    note,
    '',
    `${templates.length} templates:`,
    ...templates.map((template) => `  ${template}`),
    `sha256 ${sha256}`,
  ])
}

/** Every factor with its choices word for word, and how many specifications they make. */
function describeGrid(grid: Grid): string {
  const { factors, specifications, repeated } = expandGrid(grid)
  const choices = factors.flatMap((factor) => [
    `${factor.id}:`,
    ...factor.choices.map(({ id, note }) => `  ${id}${note === '' || note === id ? '' : ` (${note})`}`),
  ])
  return block(`Grid ${grid.id}: ${grid.title}`, [
    `Source: ${grid.source}`,
    `Label set ${grid.labelSet.id}, probe ${grid.probe.id}, policy ${grid.policy.id}; seed ${grid.seed}, ${grid.draws} draws`,
    '',
    ...choices,
    '',
    `${specifications.length} specifications${repeated === 0 ? '' : `, ${repeated} more ask the same as one of them`}`,
    `sha256 ${grid.sha256}`,
  ])
}

function block(title: string, lines: readonly string[]): string {
  return `${[title, ...lines].join('\n')}\n`
}
