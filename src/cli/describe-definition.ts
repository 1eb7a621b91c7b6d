import { expandGrid } from '../audit/definitions/expand-grid.js'
import type { LabelSet, Policy, Probe } from '../audit/types/definitions.js'
import type { Limit } from '../audit/types/policy.js'
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
    ...describeLimits(policy),
    `sha256 ${policy.sha256}`,
  ])
}

function describeLimits({ mode, limits, waivers, warning }: Policy): string[] {
  return [
    ...(limits.length === 0 ? ['No gate is requested: the policy has no limits'] : [`Gate, mode ${mode}:`]),
    ...limits.map((limit) => `  ${limit.id}: ${asksOf(limit)}${selectionOf(limit)}`),
    ...(waivers.length === 0 ? [] : ['Waivers:']),
    ...waivers.map(({ limit, owner, reason, expires }) => `  ${limit}, until ${expires}, by ${owner}: ${reason}`),
    ...(warning === undefined ? [] : [`Warning: ${warning}`]),
  ]
}

function asksOf(limit: Limit): string {
  switch (limit.kind) {
    case 'disparity':
      return 'no disparity towards harm'
    case 'difference':
      return `difference of at most ${limit.atMost}`
    case 'ratio':
      return `harm ratio of at most ${limit.atMost}`
    case 'impact-ratio':
      return `impact ratio ${limit.atLeast === undefined ? 'reported, no bound' : `of at least ${limit.atLeast}`}`
    case 'ceiling':
      return `rate of at most ${limit.atMost} in every group`
    case 'minimum-sample':
      return `at least ${limit.images} images in every group`
    case 'coverage':
      return `at least ${limit.atLeast} of the images decided`
  }
}

function selectionOf({ probes, labelSets, outcomes, harms, groupBy }: Limit): string {
  const parts = [
    ...(probes === undefined ? [] : [`probes ${probes.join(', ')}`]),
    ...(labelSets === undefined ? [] : [`label sets ${labelSets.join(', ')}`]),
    ...(outcomes === undefined ? [] : [`outcomes ${outcomes.join(', ')}`]),
    ...(harms === undefined ? [] : [`harms ${harms.join(', ')}`]),
    ...(groupBy === undefined ? [] : [`by ${groupBy.map((attributes) => attributes.join(' x ')).join(', ')}`]),
  ]
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`
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
