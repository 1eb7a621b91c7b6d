import type { AblationFacts } from './types/ablation.js'
import { planChanges } from './findings/plan-changes.js'
import type { PairOfRuns } from './findings/plan-pairs.js'
import { planFamilies } from './findings/plan-probe.js'
import { promptsSha256 } from './definitions/prompts.js'
import type {
  Cell,
  DatasetFacts,
  DuplicateFacts,
  EvidenceFacts,
  Facts,
  LabelSetFacts,
  ModelFacts,
  Tally,
} from './types/facts.js'
import type { Dataset, Warning } from './types/dataset.js'
import type { LabelSet, Plan } from './types/definitions.js'
import type { Observation } from './types/observations.js'
import { UNKNOWN } from './types/groups.js'
import type { JointFacts, PairedCell } from './types/paired.js'

export type Seen = {
  readonly plan: Plan
  readonly version: string
  /** The day (YYYY-MM-DD) of the run; it enters the facts only where the policy has waivers, which expire. */
  readonly day: string
  readonly dataset: Dataset
  readonly manifestSha256: string
  readonly warnings: readonly Warning[]
  readonly cellAttributes: readonly string[]
  readonly cells: readonly Cell[]
  readonly models: readonly ModelFacts[]
  readonly evidence: readonly EvidenceFacts[]
  readonly tallies: readonly Tally[]
  readonly observations: readonly Observation[]
  /** Pairs of runs over the same images with their counts, and three or more at once. */
  readonly paired: readonly (PairOfRuns & { readonly cells: readonly PairedCell[] })[]
  readonly joint: readonly JointFacts[]
  /** Labels taken out or added one at a time; empty unless asked for. */
  readonly ablations: readonly AblationFacts[]
  /** null when no image was opened. */
  readonly duplicates: DuplicateFacts | null
}

/** The `facts` of an audit but for its subjectCounts, which need the families: definitions, rows and counts, with the families of
 *  comparisons fixed before any rate is formed. */
export function describeFacts(seen: Seen): Omit<Facts, 'subjectCounts'> {
  const { plan } = seen
  const dataset = describeDataset(seen)
  const labelSets = plan.labelSets.map(describeLabelSet)
  const context = {
    dataset,
    labelSets,
    evidence: seen.evidence,
    tallies: seen.tallies,
    policy: plan.policy,
    reference: plan.reference,
  }
  return {
    simulated: seen.dataset.simulated,
    tool: { name: 'probity', version: seen.version },
    plan: { sha256: plan.sha256 },
    policy: plan.policy,
    system: plan.system,
    seed: plan.seed,
    nearTie: plan.policy.nearTie,
    ...(plan.policy.waivers.length === 0 ? {} : { gateDate: seen.day }),
    reference: plan.reference,
    dataset,
    models: seen.models,
    evidence: seen.evidence,
    labelSets,
    ...planFamilies(plan.probes, context),
    tallies: seen.tallies,
    observations: seen.observations,
    paired: planChanges(seen.paired, { probes: plan.probes, dataset, labelSets, policy: plan.policy }),
    joint: seen.joint,
    ablations: seen.ablations,
  }
}

function describeDataset(seen: Seen): DatasetFacts {
  const { dataset, manifestSha256, warnings, cellAttributes, cells } = seen
  const sum = (count: (cell: Cell) => number): number => cells.reduce((total, cell) => total + count(cell), 0)
  const images = (pairs: readonly (readonly [string, number])[]): number =>
    pairs.reduce((total, [, count]) => total + count, 0)
  return {
    id: dataset.id,
    crop: dataset.crop,
    cropReason: dataset.crop === null ? 'not stated' : null,
    manifestSha256,
    licence: dataset.licence,
    licenceReason: dataset.licence === null ? 'not stated' : null,
    ...(dataset.permittedUse === undefined ? {} : { permittedUse: dataset.permittedUse }),
    sources: dataset.sources,
    attributes: dataset.attributes.map(({ name, labelledBy, values, codes, ...readAs }) => ({
      name,
      labelledBy,
      values,
      unknown: countCode(codes, values.indexOf(UNKNOWN)),
      ...readAs,
    })),
    ...describeBoxes(dataset),
    rows: {
      in: dataset.images.length,
      processed: sum((cell) => cell.processed),
      quarantined: sum((cell) => images(cell.quarantined)),
      excluded: sum((cell) => images(cell.excluded)),
    },
    subjects: dataset.subjects === null ? null : new Set(dataset.subjects).size,
    subjectsReason: dataset.subjects === null ? 'no subject column was named: images are taken as independent' : null,
    warnings: warnings.map(({ code, count, message }) => [code, count, message] as const),
    duplicates: seen.duplicates,
    duplicatesReason: seen.duplicates === null ? withoutImages(seen.evidence) : null,
    suppression: { minDisclosed: null, reason: 'not asked for' },
    cellAttributes,
    cells,
  }
}

/** Why no image was opened. */
function withoutImages(evidence: readonly EvidenceFacts[]): DatasetFacts['duplicatesReason'] {
  return evidence.some(({ kind }) => kind === 'vectors') ? 'vectors-only' : 'decisions-only'
}

function describeBoxes({ parts = [] }: Dataset): Pick<DatasetFacts, 'boxes'> {
  const boxes = parts.flatMap((part) => part?.box ?? [])
  return boxes.length === 0 ? {} : { boxes: { rows: boxes.length, padding: boxes[0].padding } }
}

function countCode(codes: Uint16Array, wanted: number): number {
  return wanted < 0 ? 0 : codes.reduce((count, code) => count + (code === wanted ? 1 : 0), 0)
}

/** A label set as definitions have it, from what an audit states of it. */
export function labelSetOfFacts({ outcomes, ...labelSet }: LabelSetFacts): LabelSet {
  return { ...labelSet, outcomes: outcomes.map(([id, harm]) => ({ id, harm })) }
}

/** A label set as an audit states it. */
export function describeLabelSet(labelSet: LabelSet): LabelSetFacts {
  return {
    id: labelSet.id,
    title: labelSet.title,
    source: labelSet.source,
    sha256: labelSet.sha256,
    templates: labelSet.templates,
    promptsSha256: promptsSha256(labelSet),
    outcomes: labelSet.outcomes.map(({ id, harm }) => [id, harm] as const),
    labels: labelSet.labels,
    ...(labelSet.otherLabels === undefined ? {} : { otherLabels: labelSet.otherLabels }),
  }
}
