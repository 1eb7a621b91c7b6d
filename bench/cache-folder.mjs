// Where the races keep what is built once: outside the repository, in the temporary folder or where PROBITY_BENCH says.
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(process.env.PROBITY_BENCH ?? join(tmpdir(), 'probity-bench'))

/** A folder of that name in the cache; not made. */
export function cacheFolder(name) {
  return join(ROOT, name)
}
