import { realpathSync } from 'node:fs'
import path from 'node:path'
import { quoted, type Fault } from '../errors.js'
import type { Plan } from '../types/definitions.js'
import { existing } from './plan-places.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { PlanSettings, Setting } from './plan-settings.js'

/** Model folders and files of decisions made elsewhere: each once, all with names of their own; at least one, if no vectors are given. */
export function planModels(settings: PlanSettings, faults: Fault[]): Pick<Plan, 'models' | 'fromDecisions'> {
  const { models = [], fromDecisions = [], fromEmbeddings = [] } = settings
  if (models.length + fromDecisions.length + fromEmbeddings.length === 0) {
    const hint =
      'Name one with --model, give vectors or decisions made elsewhere with --from-embeddings or --from-decisions, or try: probity demo.'
    faults.push({ at: COMMAND_LINE, field: '--model', expected: 'a model folder', received: 'nothing', hint })
  }
  const folders = models.map((model) => ({ ...model, path: existing(model, '--model', 'folder', '', faults) }))
  const files = fromDecisions.map((file) => ({ ...file, path: existing(file, '--from-decisions', 'file', '', faults) }))
  const found = { models: folders.flatMap(isThere), fromDecisions: files.flatMap(isThere) }
  refuseTwice([...found.models, ...found.fromDecisions], faults)
  const pathOf = ({ path: place }: Found): string => place
  return { models: found.models.map(pathOf), fromDecisions: found.fromDecisions.map(pathOf) }
}

type Found = Setting<string> & { readonly path: string }

function isThere(setting: Setting<string> & { readonly path: string | null }): Found[] {
  return setting.path === null ? [] : [{ ...setting, path: setting.path }]
}

/** Reports tell models and files apart by the last part of their path. The same model under two names is told by its content, later. */
function refuseTwice(all: readonly Found[], faults: Fault[]): void {
  for (const [index, one] of all.entries()) {
    const earlier = all.slice(0, index)
    const same = earlier.find(({ path: place }) => realpathSync(place) === realpathSync(one.path))
    const namesake = earlier.find(({ path: place }) => path.basename(place) === path.basename(one.path))
    if (same !== undefined) faults.push(again(one))
    else if (namesake !== undefined) faults.push(sameName(one, namesake))
  }
}

function again({ at, field, value }: Found): Fault {
  return { at, field, expected: 'each model and each decisions file once', received: `${quoted(value)} again` }
}

function sameName({ at, field, value, path: place }: Found, before: Found): Fault {
  const received = `${quoted(value)}, which is called ${quoted(path.basename(place))} like ${quoted(before.value)}`
  const hint = 'Reports tell them apart by the last part of the path; rename one of them'
  return { at, field, expected: 'models and decisions files with names of their own', received, hint }
}
