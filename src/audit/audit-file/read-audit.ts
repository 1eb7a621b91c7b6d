import { readFile } from 'node:fs/promises'
import { parseAudit } from '../definitions/audit-schema.js'
import { DefinitionError } from '../errors.js'
import type { AuditResult } from '../types/audit.js'

/** Reads a saved audit.json. Throws DefinitionError when the file is missing, is not JSON or has not the shape of an audit. */
export async function readAudit(file: string): Promise<AuditResult> {
  return parseAudit(await readSavedText(file), file)
}

/** The text of a saved result. Throws DefinitionError when there is none. */
export async function readSavedText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new DefinitionError(
      'audit.unreadable',
      {
        at: file,
        expected: 'a saved audit.json',
        received: 'no readable file',
        hint: 'Give the path that probity audit printed',
      },
      { cause },
    )
  }
}
