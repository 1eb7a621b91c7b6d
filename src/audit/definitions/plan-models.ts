import { quoted, type Fault } from '../errors.js'
import type { Plan } from '../types/definitions.js'
import { existing } from './plan-dataset.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { PlanSettings } from './plan-settings.js'

/** Model folders, or the file of decisions made elsewhere: exactly one of the two. */
export function planModels(settings: PlanSettings, faults: Fault[]): Pick<Plan, 'models' | 'fromDecisions'> {
  const { models = [], fromDecisions } = settings
  const [first] = models
  if (fromDecisions !== undefined) {
    if (first !== undefined) {
      const received = `${quoted(first.value)} beside decisions made elsewhere`
      faults.push({ at: first.at, field: first.field, expected: 'either models or decisions', received })
    }
    return { models: [], fromDecisions: existing(fromDecisions, '--from-decisions', 'file', '', faults) }
  }
  if (first === undefined) {
    const hint = 'Name one with --model, give decisions made elsewhere with --from-decisions, or try: probity demo.'
    faults.push({ at: COMMAND_LINE, field: '--model', expected: 'a model folder', received: 'nothing', hint })
  }
  if (models.length > 1) {
    const hint = 'Audit each model in a run of its own, with the same label sets and images'
    faults.push({
      at: models[1].at,
      field: models[1].field,
      expected: 'one model a run',
      received: `${models.length} models`,
      hint,
    })
  }
  const folders = models.map((model) => existing(model, '--model', 'folder', '', faults))
  return { models: folders.filter((folder) => folder !== null), fromDecisions: null }
}
