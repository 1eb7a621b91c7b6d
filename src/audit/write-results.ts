import { join } from 'node:path'
import { readableJson } from './audit-file/canonical-json.js'
import { replaceTogether } from './audit-file/replace-together.js'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { writeImagesCsv } from './dataset/images-table.js'
import { writeDecisions } from './dataset/write-decisions.js'
import { writeDuplicatesCsv } from './dataset/write-duplicates.js'
import { writeQuarantineCsv } from './dataset/write-quarantine.js'
import { prepareFolder } from './prepare-folder.js'
import { USUAL_FORMATS } from './render-report.js'
import type { ReportOptions } from './report/report-options.js'
import type { AuditOutcome } from './run-audit.js'
import type { AuditResult } from './types/audit.js'
import type { Plan } from './types/definitions.js'
import { writeReports } from './write-reports.js'

/** Writes audit.json, its reports, quarantine.csv, duplicates.csv and, on request, decisions.csv (or .jsonl, or .parquet; of
 *  several models decisions-e1.csv, decisions-e2.csv, ...) with images.csv into one folder. All of them take the
 *  places of an earlier run's when all are whole, or none does. Returns the paths in the order a reader wants them. */
export async function writeResults(
  outcome: Omit<AuditOutcome, 'vectors'>,
  plan: Plan,
  options: ReportOptions = {},
): Promise<string[]> {
  await prepareFolder(plan.out)
  const isOfSomeRuns = (name: string): boolean => OF_SOME_RUNS.some((pattern) => pattern.test(name))
  return replaceTogether(plan.out, (folder) => writeInto(folder, outcome, plan, options), isOfSomeRuns)
}

async function writeInto(
  folder: string,
  { audit, dataset, decisions, duplicates }: Omit<AuditOutcome, 'vectors'>,
  plan: Plan,
  options: ReportOptions,
): Promise<string[]> {
  const auditFile = join(folder, 'audit.json')
  const text = readableJson(audit)
  await writeFileWhole(auditFile, text)
  // from what was written, so that `probity report` gives the same bytes: numbers are saved with 12 digits, and beyond those Nodes differ
  const saved = JSON.parse(text) as AuditResult // our own text
  const reports = await writeReports(saved, folder, USUAL_FORMATS, options)
  const extra: string[] = []
  if (dataset.quarantined.size > 0) extra.push(await writeQuarantineCsv(join(folder, 'quarantine.csv'), dataset))
  if (duplicates.length > 0) extra.push(await writeDuplicatesCsv(join(folder, 'duplicates.csv'), dataset, duplicates))
  if (plan.writeDecisions) {
    for (const made of decisions) {
      const name = decisions.length > 1 ? `decisions-${made.evidence}` : 'decisions' // the columns know no model
      const format = plan.decisionsFormat ?? 'csv'
      const file = join(folder, `${name}.${format}`)
      extra.push(await writeDecisions(file, format, dataset, plan.labelSets, made.decisions))
    }
    extra.push(await writeImagesCsv(join(folder, 'images.csv'), dataset))
  }
  return [...reports, auditFile, ...extra]
}

/** Files that only some runs write: those of an earlier run in this folder would stand beside an audit they do not belong to. */
const OF_SOME_RUNS = [
  /^decisions(-e\d+)?\.(csv|jsonl|parquet)$/,
  /^(images|duplicates|quarantine|across-models|figures)\.csv$/,
  /^datacomp(-e\d+)?\.json$/,
  /^report\.(sarif|pdf)$/,
  /^junit\.xml$/,
  /^(report|summary|instructions-for-use|model-card(-e\d+)?)(\.[a-zA-Z-]+)?\.md$/, // a language beside the first in the name
  /^model-card(-e\d+)?\.json$/,
]
