import { comparisonId } from './audit-file/comparison-id.js'
import { readAudit } from './audit-file/read-audit.js'
import { differsIn } from './compare/basis.js'
import { compareAudits, type Pairing } from './compare/compare-audits.js'
import { auditDifferences } from './compare/differences.js'
import { matchRuns } from './compare/match-runs.js'
import { changesBetween } from './compare/same-images.js'
import { keptFiles, readKeptImages, readKeptRun, type KeptAudit } from './read-kept-runs.js'
import { requireUnchanged } from './require-unchanged.js'
import { countPairedCells } from './scoring/paired-cells.js'
import type { AuditResult } from './types/audit.js'
import type { AuditComparison } from './types/audit-comparison.js'
import type { ChangeRecord } from './types/paired.js'

export type ComparePlan = {
  /** Paths of two saved audits: before and after. */
  readonly audits: readonly [first: string, second: string]
  /** decisions.csv of each; null: beside its audit. */
  readonly decisions: readonly [first: string | null, second: string | null]
}

/** Compares two saved audits: what differs between them, and what became of each finding. Image by image where both are of the same images
 *  and kept their decisions. Throws DefinitionError and DatasetError. */
export async function runCompare({ audits, decisions }: ComparePlan): Promise<AuditComparison> {
  const [first, second] = await Promise.all(
    audits.map(async (file, side) => ({ audit: await readUnchanged(file), file, decisions: decisions[side] })),
  )
  return compareAudits([first.audit, second.audit], await pair(first, second), comparisonId)
}

async function readUnchanged(file: string): Promise<AuditResult> {
  const audit = await readAudit(file)
  requireUnchanged(audit, file)
  return audit
}

async function pair(first: KeptAudit, second: KeptAudit): Promise<Pairing> {
  const none = (pairing: Pairing['pairing']): Pairing => ({ pairing, unpaired: 0, changes: new Map() })
  // without opened images the manifest is that of the label file, whichever of its rows were used
  if (differsIn(auditDifferences(first.audit, second.audit), 'dataset', 'attributes')) return none('other-images')
  if (first.audit.auditId === second.audit.auditId) return none('not-needed')
  const changes: (readonly [string, ChangeRecord])[] = []
  let unpaired = 0
  let isPaired = false
  for (const run of matchRuns(first.audit.facts, second.audit.facts)) {
    const cells = await pairedCells(first, second, run)
    if (cells === null) continue
    isPaired = true
    unpaired = Math.max(
      unpaired,
      cells.reduce((sum, { onlyFirst, onlySecond }) => sum + onlyFirst + onlySecond, 0),
    )
    changes.push(...changesBetween([first.audit, second.audit], run, cells))
  }
  return isPaired ? { pairing: 'paired', unpaired, changes: new Map(changes) } : none('no-decisions')
}

/** null where one of the two did not keep its decisions, or has no such run. */
async function pairedCells(first: KeptAudit, second: KeptAudit, run: ReturnType<typeof matchRuns>[number]) {
  const runs = [first, second].map((kept, side) => {
    const [evidence, labelSet] = [run.evidence[side === 0 ? 0 : 1], run.labelSets[side === 0 ? 0 : 1]]
    const files = evidence === null ? null : keptFiles(kept, evidence)
    return evidence === null || labelSet === null || files === null ? null : { kept, evidence, labelSet, files }
  })
  const [before, after] = runs
  if (before === null || after === null) return null
  const { facts } = second.audit
  const images = await readKeptImages(after.files.images, facts)
  const [one, other] = await Promise.all(
    [before, after].map(({ kept, evidence, labelSet, files }) =>
      readKeptRun(kept, images.dataset, { evidence, labelSet, file: files.decisions }),
    ),
  )
  return countPairedCells(one, other, { cells: images.cells, processed: () => true, nearTie: facts.nearTie })
}
