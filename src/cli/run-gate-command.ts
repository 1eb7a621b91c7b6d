import { readAudit } from '../audit/audit-file/read-audit.js'
import { readPolicy } from '../audit/definitions/shipped.js'
import { DefinitionError, quoted } from '../audit/errors.js'
import { renderGateSummary, renderGateTerminal } from '../audit/report/render-gate.js'
import { runGate } from '../audit/run-gate.js'
import { exitCodeOf } from './run-audit-command.js'

export type GateFlags = {
  readonly policy?: string
  readonly on?: string
  readonly json?: boolean
  readonly summary?: boolean
}

/** Holds a saved audit against a policy, says what the gate says and sets the exit code of an audit. */
export async function gateFromCommandLine(file: string, flags: GateFlags): Promise<void> {
  const saved = await readAudit(file)
  const day = flags.on === undefined ? new Date().toISOString().slice(0, 10) : dayOf(flags.on)
  const policy = flags.policy === undefined ? null : readPolicy(flags.policy)
  const { audit, isSetBefore, isAsSaved } = runGate(saved, { policy, day })
  if (isAsSaved === false)
    process.stderr.write('warning: the gate in this file does not follow from its counts: see probity verify\n')
  const { id, sha256 } = audit.facts.policy
  const { gate } = audit.derived
  const notes = { isSetBefore, day }
  if (flags.json === true) {
    const result = { auditId: saved.auditId, policy: { id, sha256, isSetBefore }, day, gate }
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  } else if (flags.summary === true) process.stdout.write(renderGateSummary(audit, notes))
  else process.stdout.write(`${renderGateTerminal(audit, notes)}\n`)
  process.exitCode = exitCodeOf(audit)
}

function dayOf(text: string): string {
  const day = new Date(`${text}T00:00:00Z`)
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return text
  throw new DefinitionError('flag.on', {
    at: 'command line',
    field: '--on',
    expected: 'a day such as 2027-01-31',
    received: quoted(text),
  })
}
