import { evidenceSourceName } from '../types/source-name.js'
import type { AuditResult } from '../types/audit.js'
import type { AuditDifference, DifferenceKind } from '../types/audit-comparison.js'
import type { DatasetFacts, EvidenceFacts, Facts, LabelSetFacts } from '../types/facts.js'
import { describeLabelSet } from './describe-label-set.js'
import { describeProbe } from './describe-probe.js'
import { differing, named } from './differing.js'
import { imageDifferences } from './image-differences.js'
import { policyDifferences } from './policy-differences.js'
import { shortHash } from './short-hash.js'

/** Everything that is not the same in two audits but their numbers, each as what it was and what it is. Order: as a reader should hear. */
export function auditDifferences({ facts: first }: AuditResult, { facts: second }: AuditResult): AuditDifference[] {
  const one = (kind: DifferenceKind, name: string, of: (facts: Facts) => string | null): AuditDifference[] =>
    differing(kind, name, [of(first), of(second)])
  return [
    ...one('simulated', 'simulated', ({ simulated }) => (simulated ? 'yes' : 'no')),
    ...imageDifferences(first, second),
    ...one('crop', 'crop', ({ dataset }) => dataset.crop ?? 'not stated'),
    ...attributeDifferences(first, second),
    ...one('model', 'models', describeModels),
    ...one('preprocessing', 'preprocessing', describePreprocessing),
    ...one('evidence', 'evidence', ({ evidence }) => evidence.map(({ kind }) => kind).join(', ')),
    ...labelSetDifferences(first, second),
    ...named('probe', first.probes, second.probes, describeProbe),
    ...policyDifferences(first.policy, second.policy),
    ...one('reference', 'reference', describeReference),
    ...one('tool-version', 'probity', ({ tool }) => tool.version),
    ...one('seed', 'seed', ({ seed }) => String(seed)),
  ]
}

/** Name and content of what decided, in order: models, or files of vectors and of decisions made elsewhere. */
export function describeModels({ models, evidence }: Facts): string {
  const names = evidence.map((each) => {
    if (each.kind === 'vectors' && each.source.texts.kind === 'model') {
      const { model, sha256 } = each.source.texts
      const source = `${evidenceSourceName(each, models)} (${shortHash(each.source.sha256)})`
      return `${source}, texts by ${model} (${shortHash(sha256)})`
    }
    if (each.kind !== 'embeddings') return `${evidenceSourceName(each, models)} (${shortHash(each.source.sha256)})`
    const model = models.find(({ id }) => id === each.model)
    return model === undefined ? each.model : `${model.name} (${shortHash(model.sha256)})`
  })
  return names.join(', ')
}

function describeReference({ reference }: Facts): string {
  return reference.kind === 'named' ? reference.group.map((pair) => pair.join(' ')).join(', ') : reference.kind
}

function describePreprocessing({ evidence }: Facts): string | null {
  const written = evidence.flatMap((each) => {
    if (each.kind === 'vectors') return [each.source.preprocessing ?? 'not stated']
    return each.kind === 'embeddings' ? [writePreprocessing(each)] : []
  })
  return written.length === 0 ? null : written.join('; ')
}

function writePreprocessing({ preprocessing }: EvidenceFacts & { kind: 'embeddings' }): string {
  const { size, crop, resample, resize, sha256 } = preprocessing
  return `${size}, crop ${crop}, ${resample}, ${resize} (${shortHash(sha256)})`
}

function attributeDifferences(first: Facts, second: Facts): AuditDifference[] {
  const boxesOf = ({ dataset: { boxes } }: Facts): string | null =>
    boxes === undefined ? null : `${boxes.rows} rows, padding ${boxes.padding}`
  return [
    ...named('attributes', asNamed(first), asNamed(second), describeAttribute),
    ...differing('attributes', 'boxes', [boxesOf(first), boxesOf(second)]),
  ]
}

type AttributeFacts = DatasetFacts['attributes'][number]

/** Its values, and how they came about where something was done to the cells. */
function describeAttribute({ values, labelledBy, aliases = [], bins, note }: AttributeFacts): string {
  return [
    `${values.join(', ')} (${labelledBy})`,
    ...(aliases.length === 0 ? [] : [`read as: ${aliases.map(([from, to]) => `${from} → ${to}`).join(', ')}`]),
    ...(bins === undefined ? [] : [`bands from ${bins.join(', ')}`]),
    ...(note === undefined ? [] : [note]),
  ].join('; ')
}

function asNamed({ dataset }: Facts): (DatasetFacts['attributes'][number] & { id: string })[] {
  return dataset.attributes.map((attribute) => ({ id: attribute.name, ...attribute }))
}

/** Label sets of one id that ask something else, with what changed; and those that one audit has not. */
function labelSetDifferences(first: Facts, second: Facts): AuditDifference[] {
  const contentOf = (labelSet: LabelSetFacts): string =>
    JSON.stringify([labelSet.promptsSha256, labelSet.outcomes, labelSet.labels])
  const leftOver = onlyLeftOver(first, second)
  if (leftOver !== null) {
    const [before, after] = leftOver
    const name = `${before.id} → ${after.id}`
    return [
      ...labelSetDifferences(without(first, before), without(second, after)),
      { kind: 'label-set', name, first: describeLabelSet(before, after), second: describeLabelSet(after, before) },
    ]
  }
  const ids = [...new Set([...first.labelSets, ...second.labelSets].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const [before, after] = [first, second].map(({ labelSets }) => labelSets.find((each) => each.id === id))
    if (before !== undefined && after !== undefined && contentOf(before) === contentOf(after)) return []
    return [
      {
        kind: 'label-set' as const,
        name: id,
        first: before === undefined ? null : describeLabelSet(before, after),
        second: after === undefined ? null : describeLabelSet(after, before),
      },
    ]
  })
}

/** The one label set of each audit that the other has not: these two are compared. */
function onlyLeftOver(first: Facts, second: Facts): readonly [LabelSetFacts, LabelSetFacts] | null {
  const own = (one: Facts, other: Facts): LabelSetFacts[] =>
    one.labelSets.filter(({ id }) => !other.labelSets.some((each) => each.id === id))
  const [left, right] = [own(first, second), own(second, first)]
  return left.length === 1 && right.length === 1 ? [left[0], right[0]] : null
}

function without(facts: Facts, { id }: LabelSetFacts): Facts {
  return { ...facts, labelSets: facts.labelSets.filter((labelSet) => labelSet.id !== id) }
}
