import type { DatasetPart } from '../types/pull.js'
import { asObject } from './read-json.js'
import type { JsonObject } from './read-json.js'

/** Configurations and splits as a dataset card lists them (`configs: [{ config_name, data_files: [{ split, path }] }]`); what is written
 *  otherwise is left out, and then told from the paths. */
export function partsOf(card: JsonObject | null): DatasetPart[] {
  const configs = card?.['configs']
  return Array.isArray(configs) ? configs.flatMap(partsOfConfig) : []
}

function partsOfConfig(value: unknown): DatasetPart[] {
  const about = asObject(value)
  const config = about?.['config_name']
  const files = about?.['data_files']
  if (typeof config !== 'string') return []
  if (!Array.isArray(files)) return patternsOf(files).map((pattern) => ({ config, split: 'train', pattern })) // as the datasets library has it
  return files.flatMap((file: unknown) => {
    const entry = asObject(file)
    if (entry === null) return patternsOf(file).map((pattern) => ({ config, split: 'train', pattern }))
    const split = entry['split']
    return patternsOf(entry['path']).map((pattern) => ({
      config,
      split: typeof split === 'string' ? split : 'train',
      pattern,
    }))
  })
}

function patternsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')
}
