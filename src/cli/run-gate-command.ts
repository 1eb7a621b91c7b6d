import { readAudit } from '../audit/audit-file/read-audit.js'
import { renderGateSummary, renderGateTerminal } from '../audit/report/render-gate.js'
import { chosenGate, type GateChoice } from './gate-choice.js'
import { exitCodeOf } from './run-audit-command.js'

export type GateFlags = GateChoice & {
  readonly json?: boolean
  readonly summary?: boolean
}

/** Holds a saved audit against a policy, says what the gate says and sets the exit code of an audit. */
export async function gateFromCommandLine(file: string, flags: GateFlags): Promise<void> {
  const saved = await readAudit(file)
  const { audit, isSetBefore, isAsSaved, day } = chosenGate(saved, flags)
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
