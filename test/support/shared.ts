import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The reference material beside the checkout (real faces, a trained model, published tables); never inside the project. */
export const SHARED = resolve(process.env['PROBITY_SHARED'] ?? join(import.meta.dirname, '../../../shared'))

/** A path in the reference material, or null with one clear line when it is not here. */
export function sharedPath(...parts: string[]): string | null {
  const path = join(SHARED, ...parts)
  return existsSync(path) ? path : null
}

/** The same, with the words that a skipped suite carries in its name. */
export function sharedMaterial(path: string): { path: string; isHere: boolean; skipped: string } {
  return {
    path: join(SHARED, path),
    isHere: sharedPath(path) !== null,
    skipped: `(skipped where ../shared/${path} is not here)`,
  }
}
