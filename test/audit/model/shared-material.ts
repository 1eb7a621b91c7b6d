import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SHARED = process.env['PROBITY_SHARED'] ?? fileURLToPath(new URL('../../../../shared/', import.meta.url))

/** A path in the reference material beside the repository, and whether it is there; tests skip where it is not. */
export function sharedMaterial(path: string): { path: string; isHere: boolean; skipped: string } {
  const full = join(SHARED, path)
  return { path: full, isHere: existsSync(full), skipped: `(skipped where ../shared/${path} is not here)` }
}
