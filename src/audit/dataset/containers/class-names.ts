import type { ParquetFile } from '../parquet-file.js'

/** What the integers of a column stand for, by the schema that Hugging Face datasets keep in the footer; null where it does not say. `path`: the column
 *  and the fields inside it. Lists are looked through: names may stand under their `feature`. Source: huggingface/datasets, features.py. */
export function classNames({ metadata }: Pick<ParquetFile, 'metadata'>, path: readonly string[]): string[] | null {
  let feature: unknown = valueAt(valueAt(parsed(metadata.get('huggingface')), 'info'), 'features')
  for (const name of path) feature = valueAt(inside(feature), name)
  const names = valueAt(inside(feature), 'names')
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null
}

/** A list is written as `{ feature, _type }`, or in older files as an array of one. */
function inside(feature: unknown): unknown {
  if (Array.isArray(feature) && feature.length === 1) return inside(feature[0])
  const isList = typeof valueAt(feature, '_type') === 'string' && valueAt(feature, 'feature') !== undefined
  return isList ? inside(valueAt(feature, 'feature')) : feature
}

function valueAt(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? (object as Readonly<Record<string, unknown>>)[key] // has that key
    : undefined
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined // a footer that nobody can read says as little as none
  }
}
