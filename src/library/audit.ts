import { resolve } from 'node:path'
import { readPlan } from '../audit/definitions/read-plan.js'
import { readPlanInCode } from '../audit/definitions/read-plan-in-code.js'
import { runAudit, type AuditOutcome } from '../audit/run-audit.js'
import type { Plan } from '../audit/types/definitions.js'
import type { PlanInCode } from '../audit/types/plan-in-code.js'
import { writeResults } from '../audit/write-results.js'
import { libraryTools, type LibraryOptions } from './library-tools.js'

/** An audit that was run: its result, what it was counted from, and a way to write it. */
export type AuditRun = AuditOutcome & {
  /** The checked plan. */
  readonly plan: Plan
  /** Writes what `probity audit` writes (audit.json, its reports and tables) into a folder, by default the plan's output. Resolves to the
   *  paths, reports first. */
  readonly write: (folder?: string) => Promise<readonly string[]>
}

/** Audits models, or decisions made elsewhere, over labelled images, and resolves to the result with its counts; nothing is written yet.
 *  `plan` is a plan written out, or the path of a plan file. Equal plans over equal files give an equal `auditId`.
 *  Rejects with {@link DefinitionError}, {@link DatasetError} or {@link ModelError}, each with all faults of a kind together, where files or words
 *  cannot be used, and with {@link Interrupted} where `signal` fires. Single images that cannot be read do not reject: they are quarantined and counted.
 *  @example
 *  const run = await audit({
 *    models: ['clip-vit-b32'],
 *    dataset: { format: 'fairface', crop: '0.25', images: 'fairface', labels: 'fairface/labels.csv' },
 *    labelSets: ['clip-paper', 'clip-paper-child'],
 *  })
 *  run.audit.derived.findings.filter(({ verdict }) => verdict.kind === 'disparity')
 *  await run.write('run') */
export async function audit(plan: PlanInCode | string, options: LibraryOptions = {}): Promise<AuditRun> {
  const { cwd = process.cwd(), ...rest } = options
  const checked = typeof plan === 'string' ? readPlan({ file: plan, flags: {}, cwd }) : readPlanInCode(plan, cwd)
  const outcome = await runAudit(checked, libraryTools(rest))
  const write = (folder?: string): Promise<string[]> =>
    writeResults(outcome, folder === undefined ? checked : { ...checked, out: resolve(cwd, folder) })
  return { ...outcome, plan: checked, write }
}
