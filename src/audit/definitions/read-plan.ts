import path from 'node:path'
import { DefinitionError, type Fault } from '../errors.js'
import type { DatasetPlan, Plan, Probe } from '../types/definitions.js'
import { AUTO_DTYPE, dtypesText } from '../types/dtype.js'
import { contentSha256 } from './canonical.js'
import { within, type Folder } from './locate.js'
import { planAblate } from './plan-ablate.js'
import { planDataset } from './plan-dataset.js'
import { auditDtypes } from './read-dtypes.js'
import { planDecisionsMap } from './plan-decisions-map.js'
import { planDefinitions } from './plan-definitions.js'
import { planEvidence } from './plan-evidence.js'
import { planIsolate } from './plan-isolate.js'
import { planModels } from './plan-models.js'
import { planTraining } from './plan-training.js'
import { planVectors } from './plan-vectors.js'
import { readPlanFile } from './plan-file.js'
import { COMMAND_LINE, settingsFromFlags, type PlanFlags } from './plan-flags.js'
import { mergeSettings, type PlanSettings } from './plan-settings.js'

export type { PlanFlags }

/** Everything an audit needs, from a plan file and the flags over it, checked before any image is read.
 *  `file` and the paths in flags are relative to `cwd`, paths in the file to the file. All paths of the plan are absolute.
 *  Throws DefinitionError with all faults together. */
export function readPlan({ file, flags, cwd }: { file?: string | undefined; flags: PlanFlags; cwd: string }): Plan {
  const working: Folder = { path: path.resolve(cwd), shown: '' }
  const fromFile = file === undefined ? {} : readPlanFile(within(working, file))
  const fromFlags = settingsFromFlags(flags, working)
  return planOf(mergeSettings(fromFile, fromFlags.settings), working, fromFlags.faults)
}

/** The plan that settings make. `working` is the folder that they were made in. Throws DefinitionError with the given faults and all others together. */
export function planOf(settings: PlanSettings, working: Folder, given: readonly Fault[] = []): Plan {
  const faults = [...given]
  const models = planModels(settings, faults)
  const dataset = planDataset(settings, faults)
  const { probes, labelSets, policy, limitsAt } = planDefinitions(settings, working, faults)
  const vectors = planVectors(settings, probes, models, faults)
  const ablate = planAblate(settings, faults)
  const decisionsMap = planDecisionsMap(settings, labelSets, faults)
  refuseManyModels(probes, settings, faults)
  refuseWithoutModel(probes, settings, faults)
  const dtypes = auditDtypes(settings, labelSets, faults)
  const evidence = planEvidence(probes, settings, faults)
  const train = planTraining(probes, settings, faults)
  if (faults.length > 0 || dataset === null || policy === null) throw new DefinitionError('plan.invalid', faults)
  const content = {
    system: settings.system?.value ?? [],
    dataset,
    probes,
    labelSets,
    reference: settings.reference?.value ?? ({ kind: 'rest' } as const),
    ablate,
    policy,
    seed: settings.seed?.value ?? 1,
    logitScale: settings.logitScale?.value ?? null,
    ...(settings.logitBias === undefined ? {} : { logitBias: settings.logitBias.value }),
    ...dtypes,
    resize: settings.resize?.value ?? ('exact' as const),
    ...evidence,
    train,
  }
  return {
    ...content,
    ...models,
    ...vectors,
    decisionsMap,
    out: path.resolve(settings.out?.folder.path ?? working.path, settings.out?.value ?? 'probity-audit'),
    ...kept(settings),
    ...planIsolate(settings),
    ...(limitsAt.length === 0 ? {} : { limitsAt }),
    sha256: planSha256({ ...content, ...models, ...vectors }),
  }
}

/** Whether decisions are written, and as what. */
function kept({ decisions }: PlanSettings): Pick<Plan, 'writeDecisions' | 'decisionsFormat'> {
  const value = decisions?.value ?? false
  return typeof value === 'boolean' ? { writeDecisions: value } : { writeDecisions: true, decisionsFormat: value }
}

/** A measure that looks at scores or embeddings takes its figures while its model is open. An image that a later model could not take is
 *  left out for all, and the figures of an earlier one would be about other images. */
function refuseManyModels(
  probes: readonly Probe[],
  { models: folders = [], fromEmbeddings = [] }: PlanSettings,
  faults: Fault[],
): void {
  const observing = probes.find(({ evidence }) => evidence !== 'decisions')
  const models = [...folders, ...fromEmbeddings]
  const second = models[1]
  if (observing === undefined || second === undefined) return
  const expected = `one model, because the probe ${observing.id} looks at ${observing.evidence}`
  const hint = 'Audit the models one at a time, or leave that probe out.'
  faults.push({ at: second.at, field: second.field, expected, received: `${models.length} models`, hint })
}

/** Decisions made elsewhere hold no scores and no vectors, so such a probe would find nothing and look as if there were nothing. */
function refuseWithoutModel(
  probes: readonly Probe[],
  { models = [], fromEmbeddings = [] }: PlanSettings,
  faults: Fault[],
): void {
  if (models.length + fromEmbeddings.length > 0) return
  for (const { id, evidence } of probes.filter((probe) => probe.evidence !== 'decisions')) {
    const hint = 'Name one with --model, or leave that probe out.'
    faults.push({
      at: COMMAND_LINE,
      field: '--probe',
      expected: `a model, because the probe ${id} looks at ${evidence}`,
      received: 'none',
      hint,
    })
  }
}

function kindOfEvidence({
  models,
  fromDecisions,
  fromEmbeddings = [],
}: Pick<Plan, 'models' | 'fromDecisions' | 'fromEmbeddings'>): string {
  const kinds = [
    ...(models.length > 0 ? ['embeddings'] : []),
    ...(fromEmbeddings.length > 0 ? ['vectors'] : []),
    ...(fromDecisions.length > 0 ? ['decisions'] : []),
  ]
  return kinds.join(' and ')
}

/** Over what decides the numbers, not over where things lie: definitions by their hashes, no path. Models are hashed when they are read. */
function planSha256(
  plan: Omit<Plan, 'out' | 'limitsAt' | 'writeDecisions' | 'decisionsFormat' | 'decisionsMap' | 'sha256'>,
): string {
  return contentSha256({
    system: plan.system,
    evidence: kindOfEvidence(plan),
    dataset: readAs(plan.dataset),
    probes: plan.probes.map((probe) => [probe.id, probe.sha256]),
    labelSets: plan.labelSets.map((labelSet) => [labelSet.id, labelSet.sha256]),
    reference: plan.reference,
    policy: plan.policy.sha256,
    seed: plan.seed,
    resize: plan.resize,
    // what is not asked for leaves the hash as it was
    ...(plan.logitScale === null ? {} : { logitScale: plan.logitScale }),
    ...(plan.logitBias === undefined ? {} : { logitBias: plan.logitBias }),
    ...(plan.dtype === undefined ? {} : { dtype: dtypesText(plan.dtype) }),
    ...(plan.chooseDtype === undefined ? {} : { dtype: AUTO_DTYPE }),
    ...(plan.ablate === null ? {} : { ablate: plan.ablate }),
    ...(plan.acknowledge.length === 0 ? {} : { acknowledge: plan.acknowledge }),
    ...(plan.train === null ? {} : { train: readAs(plan.train) }),
  })
}

/** How a label file is read, wherever it lies. */
function readAs(dataset: DatasetPlan): Partial<DatasetPlan> {
  const { format, id, crop, map, where, unknownValues, followOutside, licence, simulated, reading } = dataset
  const said = { format, id, crop, map, where, unknownValues, followOutside, licence, simulated }
  return reading === undefined ? said : { ...said, reading }
}
