import path from 'node:path'
import { DefinitionError } from '../errors.js'
import type { EmbeddingPlan } from '../types/definitions.js'
import { within, type Folder } from './locate.js'
import { planDataset } from './plan-dataset.js'
import { settingsFromFlags, type PlanFlags } from './plan-flags.js'
import { planIsolate } from './plan-isolate.js'
import { planModels } from './plan-models.js'
import { mergeSettings } from './plan-settings.js'
import { planDtypes } from './read-dtypes.js'

/** The part of a plan that embedding needs. No probe, label set or policy is read, and without a plan file no schema is loaded: that
 *  would take as long as embedding several images. Throws DefinitionError with all faults together. */
export async function readEmbeddingPlan({
  file,
  flags,
  cwd,
}: {
  file?: string | undefined
  flags: PlanFlags
  cwd: string
}): Promise<EmbeddingPlan> {
  const working: Folder = { path: path.resolve(cwd), shown: '' }
  const fromFile = file === undefined ? {} : (await import('./plan-file.js')).readPlanFile(within(working, file))
  const fromFlags = settingsFromFlags(flags, working)
  const settings = mergeSettings(fromFile, fromFlags.settings)
  const faults = [...fromFlags.faults]
  const { models } = planModels(settings, faults)
  const dataset = planDataset(settings, faults)
  const dtypes = planDtypes(settings, faults)
  const elsewhere = [...(settings.fromDecisions ?? []), ...(settings.fromEmbeddings ?? [])]
  const [first] = elsewhere
  if (models.length === 0 && first !== undefined) {
    const { at, field } = first
    const received =
      settings.fromDecisions === undefined
        ? 'vectors made elsewhere, which are there already'
        : 'decisions made elsewhere, which need no vectors'
    faults.push({ at, field, expected: 'a model to embed with', received })
  }
  if (faults.length > 0 || dataset === null) throw new DefinitionError('plan.invalid', faults)
  return {
    models,
    dataset,
    resize: settings.resize?.value ?? 'exact',
    ...dtypes,
    ...planIsolate(settings),
  }
}
