import { readSavedText } from '../definitions/saved-text.js'
import type { AuditResult } from '../types/audit.js'
import { savedAudit } from './saved-audit.js'

/** Reads a saved audit.json. Throws DefinitionError when the file is missing, is not JSON or has not the shape of an audit. */
export async function readAudit(file: string): Promise<AuditResult> {
  return savedAudit(readSavedText(file), file)
}
