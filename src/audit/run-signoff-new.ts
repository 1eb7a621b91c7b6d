import { existsSync } from 'node:fs'
import path from 'node:path'
import { readAudit } from './audit-file/read-audit.js'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { composeSignoff } from './definitions/compose-signoff.js'
import { parseSignoff, requireFits } from './definitions/signoff.js'
import { DefinitionError } from './errors.js'
import { besideAudit } from './signoff-place.js'
import { findingLine, findingsToActOn } from './report/view/register.js'
import { wordsFor } from './report/words.js'
import { requireUnchanged } from './require-unchanged.js'
import { emptyFields } from './types/signoff.js'
import { schemaSeenFrom } from './write-definition.js'

const MOST_ACTIONS = 500 // a file that people fill in by hand; the rest stands in contrasts.csv

/** Writes a signoff.yaml to fill in: what the plan stated of the system, and one action for each disparity towards harm. It names people,
 *  so its mode is 0600, as that of all results. Throws DefinitionError where a file is there already: what people wrote is never replaced. */
export async function runSignoffNew(
  auditFile: string,
  out: string | null,
): Promise<{ readonly path: string; readonly blanks: number }> {
  const audit = await readAudit(auditFile)
  const file = out ?? besideAudit(auditFile)
  if (existsSync(file)) {
    const hint = 'What is written there stays. Edit it, or name another path with --out.'
    throw new DefinitionError('file.exists', {
      at: file,
      expected: 'a path where nothing is',
      received: 'a file',
      hint,
    })
  }
  requireUnchanged(audit, auditFile)
  const words = wordsFor(audit)
  const findings = findingsToActOn(audit)
  const text = composeSignoff({
    auditId: audit.auditId,
    system: audit.facts.system,
    schema: schemaSeenFrom(path.dirname(path.resolve(file)), 'signoff'),
    actions: findings.slice(0, MOST_ACTIONS).map((finding) => ({
      fingerprint: finding.fingerprint,
      about: `${finding.id}, ${findingLine(finding, words)}`,
    })),
    left: Math.max(0, findings.length - MOST_ACTIONS),
  })
  const written = parseSignoff(text, file)
  requireFits(written, audit)
  await writeFileWhole(file, text)
  return { path: file, blanks: emptyFields(written.signoff, audit.facts.system).length }
}
