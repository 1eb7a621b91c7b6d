import { fileURLToPath } from 'node:url'

/** Absolute path of a file of the `reports/` folder that is shipped with the package; the same from `src` and from `dist`. */
export function reportFile(name: string): string {
  return fileURLToPath(new URL(`../../../reports/${name}`, import.meta.url))
}
