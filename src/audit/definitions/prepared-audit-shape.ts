import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fitting, type Fits, type Shape } from './shape.js'

/** Where the build puts the shape of audit.json: beside this module in `dist/`. */
export const PREPARED_AUDIT_SHAPE = fileURLToPath(new URL('prepared/audit-shape.json', import.meta.url))

/** Whether a value has the shape of an audit, as the build wrote it down from the schema; null where it did not, and the schema is to be asked. Whoever edits
 *  the schema sees it after `npm run build`, as with all code. */
export function preparedAuditShape(file = PREPARED_AUDIT_SHAPE): Fits | null {
  try {
    return fitting(JSON.parse(readFileSync(file, 'utf8')) as readonly Shape[]) // written by the build
  } catch {
    return null // not built, or cut while it was: nothing is lost with it
  }
}
