import { resolve } from 'node:path'
import envPaths from 'env-paths'
import { DefinitionError } from '../audit/errors.js'
import type { StoreChoice } from '../audit/tools.js'

export type StoreFlags = { readonly store?: string | false; readonly rehash?: boolean }

/** The folder of the store: `--store`, else PROBITY_STORE, else where the system keeps caches (Linux: ~/.cache/probity). */
export function storeFolder(flag?: string): string {
  return namedStore(flag) ?? envPaths('probity', { suffix: '' }).cache
}

/** The folder that `--store` or PROBITY_STORE names; null where neither does. */
export function namedStore(flag?: string): string | null {
  if (flag === '') {
    const received = 'an empty text'
    throw new DefinitionError('flag.store', { at: 'command line', field: '--store', expected: 'a folder', received })
  }
  const named = [flag, process.env['PROBITY_STORE']].find((folder) => folder !== undefined && folder !== '')
  return named === undefined ? null : resolve(named)
}

/** Null with `--no-store`. */
export function storeChoice({ store, rehash }: StoreFlags): StoreChoice | null {
  return store === false ? null : { folder: storeFolder(store), rehash: rehash ?? false }
}
