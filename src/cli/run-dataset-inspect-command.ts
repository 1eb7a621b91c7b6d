import type { PlanFlags } from '../audit/definitions/plan-flags.js'
import { readInspectPlan } from '../audit/definitions/read-inspect-plan.js'
import { runDatasetInspect } from '../audit/run-dataset-inspect.js'
import { describeInspection } from './describe-inspection.js'

export type InspectFlags = PlanFlags & { readonly json?: boolean }

const NARROWEST = 72
const WIDEST = 120

/** Looks at the dataset that the flags name and prints what there is to know. */
export async function inspectFromCommandLine({ json, ...flags }: InspectFlags): Promise<void> {
  const plan = readInspectPlan(flags, process.cwd())
  const onRead = (done: number, total: number): void => {
    if (process.stderr.isTTY && (done % 100 === 0 || done === total))
      process.stderr.write(`\r${done} of ${total} images read${done === total ? '\n' : ''}`)
  }
  const inspection = await runDatasetInspect(plan, onRead)
  const columns = Math.min(WIDEST, Math.max(NARROWEST, process.stdout.columns || 80)) // none where the output is piped
  process.stdout.write(
    json === true ? `${JSON.stringify(inspection, null, 2)}\n` : describeInspection(inspection, columns),
  )
}
