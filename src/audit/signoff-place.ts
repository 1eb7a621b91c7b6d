import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const SIGNOFF_FILE = 'signoff.yaml'

/** Where the sign-off of a saved audit stands unless another file is named: signoff.yaml beside it. */
export function besideAudit(auditFile: string): string {
  return join(dirname(auditFile), SIGNOFF_FILE)
}

/** The file that holds the sign-off of a saved audit: the one that is named, there or not, else the one beside the audit; null where none lies there. */
export function signoffPlace(auditFile: string, given: string | null): string | null {
  const file = given ?? besideAudit(auditFile)
  return given !== null || existsSync(file) ? file : null
}
