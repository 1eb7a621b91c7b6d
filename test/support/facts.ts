import { ablateRuns } from '../../src/audit/ablate-runs.js'
import { auditId } from '../../src/audit/audit-file/audit-id.js'
import { planAblations } from '../../src/audit/definitions/plan-ablations.js'
import { withPolicySha256 } from '../../src/audit/definitions/policy.js'
import { pairRuns } from '../../src/audit/pair-runs.js'
import { countSubjects } from '../../src/audit/count-subjects.js'
import { derive } from '../../src/audit/derive.js'
import { describeFacts } from '../../src/audit/describe-facts.js'
import { countCells, crossRows, type RowCells } from '../../src/audit/scoring/cells.js'
import { tally } from '../../src/audit/scoring/tally.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { Facts } from '../../src/audit/types/facts.js'
import type { Dataset, LabelledBy } from '../../src/audit/types/dataset.js'
import type { Decisions } from '../../src/audit/types/decisions.js'
import type { LabelSet, Plan, Policy, Probe } from '../../src/audit/types/definitions.js'
import type { Reference } from '../../src/audit/types/groups.js'
import type { Observation } from '../../src/audit/types/observations.js'
import { LABELS, POLICY, probeOf, SHA } from './definitions.js'
import { DECISIONS_ONLY, FROM_MODEL, planOf } from './stand-ins.js'

/** Some images that share everything: their values, one per attribute, and what becomes of them. */
export type Block = {
  readonly of: readonly string[]
  readonly images: number
  /** Id of the winning label, one per label set, or one for all of them. */
  readonly label?: string | readonly string[]
  /** Id of the second label; default the first label of the set that does not win. */
  readonly runnerUp?: string
  /** Texts of labels that would take these images if an ablation added them. */
  readonly takenBy?: readonly string[]
  /** The two best labels are a hair apart. */
  readonly near?: boolean
  readonly fate?: 'undecided' | 'unreadable' | 'excluded'
}

export type Attribute = {
  readonly name: string
  readonly values: readonly string[]
  readonly labelledBy?: LabelledBy
}

/** Everything a small audit is made of; what is left out has a plain default. */
export type Scene = {
  readonly attributes: readonly Attribute[]
  readonly blocks: readonly Block[]
  readonly probes?: readonly Probe[]
  readonly labelSets?: readonly LabelSet[]
  readonly policy?: Partial<Policy>
  readonly reference?: Reference
  readonly crop?: string | null
  readonly simulated?: boolean
  /** How many images in a row show one subject, who may be in several blocks; absent: subjects are not named. */
  readonly imagesPerSubject?: number
  /** Neutral labels that an ablation adds; absent: no ablation. */
  readonly ablate?: readonly string[]
  /** The day of the run; default: 2030-01-01. */
  readonly day?: string
  /** Decisions made elsewhere: no model, no scores. */
  readonly decisionsOnly?: boolean
  /** What measures are said to have taken from scores and embeddings. */
  readonly observations?: readonly Observation[]
}

/** The facts of a small audit, made by the engine's own steps from rows to counts. */
export function factsOf(scene: Scene): Facts {
  const labelSets = scene.labelSets ?? [LABELS]
  const policy = withPolicySha256({ ...POLICY, ...scene.policy })
  const probes = scene.probes ?? [probeOf()]
  const rows = scene.blocks.flatMap((block) => Array.from({ length: block.images }, () => block))
  const dataset = datasetOf(scene, rows)
  const cells = crossRows(
    dataset,
    scene.attributes.map(({ name }) => name),
  )
  const processed = (row: number): boolean => !dataset.excluded.has(row) && !dataset.quarantined.has(row)
  const decisions = labelSets.map((labelSet, index) => decisionsOf(rows, labelSet, index, scene.decisionsOnly ?? false))
  const tallies = labelSets.flatMap((labelSet, index) =>
    tally({ evidence: 'e1', labelSet, decisions: decisions[index], cells, processed, nearTie: policy.nearTie }),
  )
  const ablate = scene.ablate === undefined ? null : { alternatives: scene.ablate }
  const plan = { ...planOf(scene, { labelSets, policy, probes }), ablate }
  const { evidence } = scene.decisionsOnly === true ? DECISIONS_ONLY : FROM_MODEL
  const made = [{ evidence: 'e1', decisions }]
  const { paired, joint } = pairRuns(plan, { evidence, decisions: made, dataset, cells, processed })
  const described = describeFacts({
    plan,
    version: '0.0.0-test',
    day: scene.day ?? '2030-01-01',
    dataset,
    manifestSha256: SHA,
    warnings: [],
    cellAttributes: cells.attributes,
    cells: countCells(dataset, cells),
    ...(scene.decisionsOnly === true ? DECISIONS_ONLY : FROM_MODEL),
    tallies,
    observations: scene.observations ?? [],
    paired,
    joint,
    ablations: ablationsOf(plan, rows, { decisions, cells, processed }),
    duplicates: null,
  })
  return {
    ...described,
    subjectCounts: countSubjects(described, { dataset, cells, decisions: made }),
  }
}

function ablationsOf(
  plan: Plan,
  rows: readonly Block[],
  made: { decisions: readonly Decisions[]; cells: RowCells; processed: (row: number) => boolean },
): Facts['ablations'] {
  const taken = planAblations(plan).map(({ added }) =>
    added.map(({ text }) => Uint8Array.from(rows, ({ takenBy }) => (takenBy?.includes(text) === true ? 1 : 0))),
  )
  return ablateRuns(plan, { ...made, decisions: [{ evidence: 'e1', decisions: made.decisions, taken }] }).ablations
}

/** A whole audit of a scene, with a run block that never changes. */
export function auditOf(scene: Scene): AuditResult {
  return sealed(factsOf(scene))
}

/** Derives everything from facts and writes the id of the content. */
export function sealed(facts: Facts): AuditResult {
  const derived = derive(facts)
  return {
    schema: 'probity/audit@1',
    auditId: auditId(facts, derived),
    facts,
    derived,
    run: {
      createdUtc: '2030-01-01T00:00:00Z',
      durations: [['evidence', 1.5]],
      cacheHits: 0,
      commandLine: 'probity audit plan.yaml',
      host: { node: 'v20.0.0', os: 'test' },
    },
  }
}

/** A scene of one attribute from `[value, images with the label thief, all images]`; the others are men. */
export function raceScene(
  counts: readonly (readonly [value: string, thieves: number, images: number])[],
  changes: Partial<Scene> = {},
): Scene {
  return {
    attributes: [{ name: 'race', values: counts.map(([value]) => value), labelledBy: 'annotator' }],
    blocks: counts.flatMap(([value, thieves, images]) => [
      { of: [value], images: thieves, label: 'thief' },
      { of: [value], images: images - thieves, label: 'man' },
    ]),
    ...changes,
  }
}

function datasetOf(scene: Scene, rows: readonly Block[]): Dataset {
  const withFate = (fate: Block['fate']): number[] => rows.flatMap((row, index) => (row.fate === fate ? [index] : []))
  return {
    id: 'drawn',
    crop: scene.crop ?? null,
    licence: null,
    simulated: scene.simulated ?? false,
    sources: [{ file: 'labels.csv', sha256: SHA, rows: rows.length }],
    images: rows.map((_, index) => `${index}.png`),
    paths: null,
    subjects: subjectsOf(scene, rows.length),
    attributes: scene.attributes.map(({ name, values, labelledBy = 'annotator' }, index) => ({
      name,
      values,
      codes: Uint16Array.from(rows, ({ of }) => codeOf(values, of[index])),
      labelledBy,
    })),
    excluded: new Map(withFate('excluded').map((row) => [row, 'left out by where'])),
    quarantined: new Map(
      withFate('unreadable').map((row) => [row, { code: 'image.truncated', reason: 'the file ends early' }]),
    ),
    warnings: [],
  }
}

function subjectsOf({ imagesPerSubject }: Scene, rows: number): string[] | null {
  if (imagesPerSubject === undefined) return null
  return Array.from({ length: rows }, (_, row) => `s${Math.floor(row / imagesPerSubject)}`)
}

function codeOf(values: readonly string[], value: string | undefined): number {
  const code = values.indexOf(value ?? '')
  if (code < 0) throw new Error(`the scene names a value that is not declared: ${value}`)
  return code
}

function decisionsOf(rows: readonly Block[], labelSet: LabelSet, set: number, withoutScores: boolean): Decisions {
  const indexOf = (id: string): number => {
    const index = labelSet.labels.findIndex((label) => label.id === id)
    if (index < 0) throw new Error(`the scene names a label that ${labelSet.id} does not have: ${id}`)
    return index
  }
  const winners = rows.map(({ label, fate }) => {
    const id = typeof label === 'string' ? label : label?.[set]
    return id === undefined || fate !== undefined ? -1 : indexOf(id)
  })
  const seconds = rows.map(({ runnerUp }, row) =>
    runnerUp === undefined ? (winners[row] === 0 ? 1 : 0) : indexOf(runnerUp),
  )
  return {
    labelSet: labelSet.id,
    winner: Int32Array.from(winners),
    runnerUp: Int32Array.from(seconds),
    scores: withoutScores
      ? null
      : {
          similarity: new Float32Array(rows.length).fill(0.25),
          margin: Float32Array.from(rows, ({ near }) => (near === true ? 1e-5 : 0.01)),
          probability: null,
        },
    exactTies: new Uint8Array(rows.length),
  }
}
