import path from 'node:path'
import { DefinitionError, quoted, type Fault } from '../errors.js'
import type { DatasetPlan } from '../types/definitions.js'
import { within, type Folder } from './locate.js'
import { planDataset } from './plan-dataset.js'
import { planIsolate } from './plan-isolate.js'
import { existing } from './plan-places.js'
import { COMMAND_LINE, settingsFromFlags, type PlanFlags } from './plan-flags.js'
import { mergeSettings, type Setting } from './plan-settings.js'
import { planDtypes } from './read-dtypes.js'

export type OverlapPlanFlags = PlanFlags & {
  readonly referenceImages?: string | undefined
  readonly threshold?: string | undefined
  readonly marked?: string | undefined
  readonly precision?: string | undefined
}

/** What is compared with what, and from when on two images are the same. */
export type ReadOverlapPlan = {
  readonly dataset: DatasetPlan
  readonly referenceImages: string
  readonly model: string | null
  readonly resize: 'exact' | 'fast'
  readonly isolate?: true
  readonly threshold: number | null
  readonly marked: string | null
  readonly precision: number
}

const DEFAULT_PRECISION = 0.98

/** Reads what an overlap needs from a plan file and flags. Throws DefinitionError with all faults together. */
export async function readOverlapPlan({
  file,
  flags,
  cwd,
}: {
  file?: string | undefined
  flags: OverlapPlanFlags
  cwd: string
}): Promise<ReadOverlapPlan> {
  const working: Folder = { path: path.resolve(cwd), shown: '' }
  const fromFile = file === undefined ? {} : (await import('./plan-file.js')).readPlanFile(within(working, file))
  const fromFlags = settingsFromFlags(flags, working)
  const settings = mergeSettings(fromFile, fromFlags.settings)
  const faults: Fault[] = [...fromFlags.faults]
  const dataset = planDataset({ ...settings, fromDecisions: undefined, fromEmbeddings: undefined }, faults) // whatever the plan audits, images are compared
  const given = (field: string, value: string | undefined): Setting<string> | undefined =>
    value === undefined ? undefined : { value, at: COMMAND_LINE, field, folder: working }
  const hint = 'Name the folder of the images that the audited ones are looked for in.'
  const referenceImages = existing(given('--reference-images', flags.referenceImages), '--reference-images', 'folder', hint, faults) // prettier-ignore
  const marked = flags.marked === undefined ? null : existing(given('--marked', flags.marked), '--marked', 'file', '', faults) // prettier-ignore
  const models = settings.models ?? []
  if (models.length > 1) faults.push(oneModel(models))
  const model = models[0] === undefined ? null : existing(models[0], '--model', 'folder', '', faults)
  const threshold = numberOf('--threshold', flags.threshold, { low: -1, high: 1 }, faults)
  const precision = numberOf('--precision', flags.precision, { low: 0.5, high: 1 }, faults)
  if (threshold !== null && marked !== null) faults.push(oneThreshold())
  if (threshold !== null && models.length === 0) faults.push(modelForThreshold())
  const dtypes = planDtypes(settings, faults)
  if (faults.length > 0 || dataset === null || referenceImages === null) {
    throw new DefinitionError('plan.invalid', faults)
  }
  const resize = settings.resize?.value ?? 'exact'
  return {
    dataset,
    referenceImages,
    model,
    resize,
    ...dtypes,
    ...planIsolate(settings),
    threshold,
    marked,
    precision: precision ?? DEFAULT_PRECISION,
  }
}

function numberOf(
  field: string,
  text: string | undefined,
  { low, high }: { readonly low: number; readonly high: number },
  faults: Fault[],
): number | null {
  if (text === undefined) return null
  const value = text.trim() === '' ? NaN : Number(text)
  if (value >= low && value <= high) return value
  faults.push({ at: COMMAND_LINE, field, expected: `a number from ${low} to ${high}`, received: quoted(text) })
  return null
}

function oneModel(models: readonly Setting<string>[]): Fault {
  const [, { at, field }] = models
  return { at, field, expected: 'one model to compare vectors of', received: `${models.length} models` }
}

function oneThreshold(): Fault {
  const expected = '--threshold or --marked, from which a threshold is chosen'
  return { at: COMMAND_LINE, field: '--threshold', expected, received: 'both' }
}

function modelForThreshold(): Fault {
  const hint = 'A cosine is one of vectors; name the model with --model'
  return { at: COMMAND_LINE, field: '--threshold', expected: 'a model beside it', received: 'none', hint }
}
