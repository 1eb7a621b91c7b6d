import type { AuditResult } from '../types/audit.js'
import type { AuditDifference, DifferenceKind } from '../types/audit-comparison.js'
import type { EvidenceFacts, Facts, LabelSetFacts } from '../types/facts.js'
import { policyDifferences } from './policy-differences.js'

const HASH_SHOWN = 12 // characters; enough to tell two apart by eye

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
    ...named('probe', first.probes, second.probes, ({ sha256 }) => short(sha256)),
    ...policyDifferences(first.policy, second.policy),
    ...one('reference', 'reference', describeReference),
    ...one('tool-version', 'probity', ({ tool }) => tool.version),
    ...one('seed', 'seed', ({ seed }) => String(seed)),
  ]
}

/** A difference where the two are not the same text. */
export function differing(
  kind: DifferenceKind,
  name: string,
  [first, second]: readonly [string | null, string | null],
): AuditDifference[] {
  return first === second ? [] : [{ kind, name, first, second }]
}

/** Name and content of what decided, in order: models, or files of decisions made elsewhere. */
export function describeModels({ models, evidence }: Facts): string {
  const names = evidence.map((each) => {
    if (each.kind === 'decisions') return `${each.source.file} (${short(each.source.sha256)})`
    const model = models.find(({ id }) => id === each.model)
    return model === undefined ? each.model : `${model.name} (${short(model.sha256)})`
  })
  return names.join(', ')
}

/** By content and by what was left out: a label file with another name, or images that could not be read, make no other images. */
function imageDifferences(first: Facts, second: Facts): AuditDifference[] {
  const contentOf = ({ dataset: { manifestSha256, rows } }: Facts): string =>
    JSON.stringify([manifestSha256, rows.in, rows.excluded])
  if (contentOf(first) === contentOf(second)) return []
  return differing('dataset', 'images', [describeImages(first), describeImages(second)])
}

function describeImages({ dataset }: Facts): string {
  return `${dataset.id}, ${dataset.rows.processed} of ${dataset.rows.in} rows used (${short(dataset.manifestSha256)})`
}

function describeReference({ reference }: Facts): string {
  return reference.kind === 'named' ? reference.group.map((pair) => pair.join(' ')).join(', ') : reference.kind
}

function describePreprocessing({ evidence }: Facts): string | null {
  const hashes = evidence.flatMap((each) => (each.kind === 'embeddings' ? [short(preprocessingOf(each))] : []))
  return hashes.length === 0 ? null : hashes.join(', ')
}

function preprocessingOf({ preprocessing }: EvidenceFacts & { kind: 'embeddings' }): string {
  return preprocessing.sha256
}

function attributeDifferences(first: Facts, second: Facts): AuditDifference[] {
  return named('attributes', asNamed(first), asNamed(second), ({ values }) => values.join(', '))
}

function asNamed({ dataset }: Facts): { id: string; values: readonly string[] }[] {
  return dataset.attributes.map(({ name, values }) => ({ id: name, values }))
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

/** Size and prompts, and the labels and templates that the other has not. */
function describeLabelSet({ labels, templates, promptsSha256 }: LabelSetFacts, other?: LabelSetFacts): string {
  const whole = `${labels.length} labels, prompts ${short(promptsSha256)}`
  if (other === undefined) return whole
  const ownLabels = labels
    .filter((label) => !other.labels.some((each) => JSON.stringify(each) === JSON.stringify(label)))
    .map(({ id, outcome }) => `${id} (${outcome})`) // ids: the texts may be insults, and stand in each audit
  const ownTemplates = templates.filter((template) => !other.templates.includes(template))
  return [whole, ...ownLabels, ...ownTemplates].join('; ')
}

function named<Item extends { readonly id: string }>(
  kind: DifferenceKind,
  first: readonly Item[],
  second: readonly Item[],
  describe: (item: Item) => string,
): AuditDifference[] {
  const ids = [...new Set([...first, ...second].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const [before, after] = [first, second].map((items) => items.find((item) => item.id === id))
    return differing(kind, id, [
      before === undefined ? null : describe(before),
      after === undefined ? null : describe(after),
    ])
  })
}

function short(sha256: string): string {
  return sha256.slice(0, HASH_SHOWN)
}
