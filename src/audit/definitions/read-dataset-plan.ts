import path from 'node:path'
import { DefinitionError } from '../errors.js'
import type { DatasetPlan } from '../types/definitions.js'
import { needsOf } from './dataset-needs.js'
import type { Folder } from './locate.js'
import { planDataset } from './plan-dataset.js'
import { COMMAND_LINE, settingsFromFlags, type PlanFlags } from './plan-flags.js'
import type { Setting } from './plan-settings.js'

/** The label file of a dataset and how to read it, from flags. Images are neither needed nor looked for.
 *  Throws DefinitionError with all faults together. */
export function readDatasetPlan(flags: PlanFlags, cwd: string): DatasetPlan {
  const folder: Folder = { path: path.resolve(cwd), shown: '' }
  const { settings, faults: flagFaults } = settingsFromFlags(flags, folder)
  const faults = [...flagFaults]
  // decisions made elsewhere need no image either
  const elsewhere: Setting<string> = { value: 'decisions', at: COMMAND_LINE, field: '--from-decisions', folder }
  // where the labels are the names of the images, the folder of the images is what holds the labels
  const isInNames = settings.format !== undefined && needsOf(settings.format.value).labels.length === 0
  const places = isInNames ? { labels: undefined, images: settings.images ?? settings.labels } : {}
  const dataset = planDataset({ ...settings, ...places, models: undefined, fromDecisions: [elsewhere] }, faults)
  if (faults.length > 0 || dataset === null) throw new DefinitionError('plan.invalid', faults)
  return { ...dataset, images: null }
}
