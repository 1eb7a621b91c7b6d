import { createRequire } from 'node:module'
import type Handlebars from 'handlebars'
import type * as Yaml from 'yaml'

// Packages that only some reports need, loaded when one does: loading them takes longer than writing many a report, and writing one cannot wait for import().
const load = createRequire(import.meta.url)

/** What reads and writes YAML. Nothing that the build has parsed needs it. */
export function yaml(): typeof Yaml {
  return load('yaml') as typeof Yaml
}

/** What prints templates that are compiled already. */
export function handlebarsRuntime(): typeof Handlebars {
  return load('handlebars/runtime.js') as typeof Handlebars // without what compiles
}

/** What compiles templates, and prints them. */
export function handlebars(): typeof Handlebars {
  return load('handlebars') as typeof Handlebars
}
