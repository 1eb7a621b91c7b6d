import path from 'node:path'
import { DefinitionError } from '../errors.js'
import type { DatasetPlan, Policy, Probe } from '../types/definitions.js'
import { planDataset } from './plan-dataset.js'
import { settingsFromFlags, type PlanFlags } from './plan-flags.js'
import { readDatasetPlan } from './read-dataset-plan.js'
import { readPolicy, readProbe } from './shipped.js'

const SHIPPED_PROBE = 'denigration' // an audit asks it where nothing is named

type InspectSettings = { readonly dataset: DatasetPlan; readonly policy: Policy; readonly probe: Probe }

/** The dataset to look at, the probe whose groups are crossed, and the limits to judge it by, from flags. Images are opened only where their folder is named. Throws DefinitionError
 *  with all faults together. */
export function readInspectPlan(flags: PlanFlags, cwd: string): InspectSettings {
  const folder = { path: path.resolve(cwd), shown: '' }
  const policy = readPolicy(flags.policy ?? 'default', folder.path)
  const probe = readProbe(SHIPPED_PROBE)
  if (flags.images === undefined) return { dataset: readDatasetPlan(flags, cwd), policy, probe }
  const { settings, faults: given } = settingsFromFlags(flags, folder)
  const faults = [...given]
  const dataset = planDataset({ ...settings, models: undefined, fromDecisions: undefined }, faults)
  if (faults.length > 0 || dataset === null) throw new DefinitionError('plan.invalid', faults)
  return { dataset, policy, probe }
}
