import { parseAudit } from '../definitions/audit-schema.js'
import { readSavedText } from '../definitions/saved-text.js'
import type { AuditResult } from '../types/audit.js'

/** Reads a saved audit.json. Throws DefinitionError when the file is missing, is not JSON or has not the shape of an audit. */
// eslint-disable-next-line @typescript-eslint/require-await -- a caller must not count on the file being read at once
export async function readAudit(file: string): Promise<AuditResult> {
  return parseAudit(readSavedText(file), file)
}
