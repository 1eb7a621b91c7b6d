import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { textsHash } from './texts-hash.js'

/** Where the build puts what it made of texts of `reports/`: beside this module in `dist/`. */
export function preparedFile(name: string): string {
  return fileURLToPath(new URL(`prepared/${name}.json`, import.meta.url))
}

/** The text of that file, which counts for these very texts. */
export function preparedText(made: unknown, sources: readonly string[]): string {
  return `${JSON.stringify({ sha256: textsHash(sources), made })}\n`
}

/** What the build made of these very texts; null where it did not. */
export function prepared(sources: readonly string[], file: string): unknown {
  try {
    const { sha256, made } = JSON.parse(readFileSync(file, 'utf8')) as { sha256: string; made: unknown } // written by the build
    return sha256 === textsHash(sources) ? made : null
  } catch {
    return null // not built, or cut while it was: nothing is lost with it
  }
}
