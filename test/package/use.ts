// What check-package.mjs compiles in an empty folder: the types of the installed package, as a user meets them.
import { audit, DatasetError, readAudit, type AuditResult, type PlanInCode, type Verdict } from 'probity'
import { buildPhantom, type PhantomFiles } from 'probity/phantom'
import { wilsonInterval, type Interval } from 'probity/statistics'

const plan: PlanInCode = { models: ['m'], dataset: { format: 'fairface', images: 'i', labels: 'l' } }
// @ts-expect-error: a key that no plan has
export const mistyped: PlanInCode = { modles: ['m'] }
// @ts-expect-error: a format that does not exist
export const unknown: PlanInCode = { dataset: { format: 'fairfaces' } }

export async function use(): Promise<{ result: AuditResult; verdicts: Verdict[]; written: readonly string[] }> {
  const run = await audit(plan, { onProgress: ({ stage }) => stage.length })
  const verdicts = run.audit.derived.findings.map(({ verdict }) => verdict)
  const counts: number[] = run.audit.facts.tallies.map(({ total }) => total)
  const interval: Interval = wilsonInterval({ count: counts[0] ?? 0, total: 1 })
  return { result: await readAudit(String(interval.low)), verdicts, written: await run.write('out') }
}

export const phantom: (options: Parameters<typeof buildPhantom>[0]) => Promise<PhantomFiles> = buildPhantom

/** A switch over verdicts that forgets one does not compile. */
export function words(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'disparity':
      return verdict.direction
    case 'within-margin':
      return verdict.settledBy
    case 'inconclusive':
      return verdict.reason
    case 'insufficient':
      return `${verdict.total} of ${verdict.minimum}`
  }
}

export function faultsOf(error: unknown): readonly string[] {
  return error instanceof DatasetError ? error.faults.map(({ at, hint = '' }) => `${at} ${hint}`) : []
}
