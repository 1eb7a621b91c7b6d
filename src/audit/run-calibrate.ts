import { join } from 'node:path'
import { readableJson } from './audit-file/canonical-json.js'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { gatherSections } from './calibration/calibration-tasks.js'
import { comparisonsOf, type CalibrationDesign } from './calibration/design.js'
import { fairfaceSizes, sizesOfAudit } from './calibration-sizes.js'
import { readPolicy } from './definitions/shipped.js'
import { prepareFolder } from './prepare-folder.js'
import { renderCalibrationHtml } from './report/render-calibration-html.js'
import type { ReportOptions } from './report/report-options.js'
import { shareOutTasks } from './share-out-tasks.js'
import type { Calibration } from './types/calibration.js'

export type CalibratePlan = {
  /** A saved audit whose group sizes and limits are used; null: FairFace's validation images and the default limits. */
  readonly groupsOf: string | null
  /** Which grouping of that audit; null: the one with the most groups that have enough images. */
  readonly groupBy: readonly string[] | null
  readonly seed: number
  /** Simulated audits per world. */
  readonly audits: number
  readonly out: string
  /** Languages of calibration.html; default: English. */
  readonly locales?: readonly string[]
}

export type CalibrateTools = {
  readonly version: string
  readonly threads: number
  readonly onDone: (done: number, total: number) => void
}

/** Audits the auditor: makes up audits whose true rates are known, puts them through the same path as real ones, and counts how
 *  often intervals and verdicts are right. Writes calibration.json and calibration.html; the same plan gives the same bytes. */
export async function runCalibrate(
  plan: CalibratePlan,
  tools: CalibrateTools,
): Promise<{ calibration: Calibration; files: string[] }> {
  const { groups, recoveryGroups, policy } =
    plan.groupsOf === null ? fairfaceSizes(readPolicy('default')) : await sizesOfAudit(plan.groupsOf, plan.groupBy)
  await prepareFolder(plan.out)
  const { seed, audits } = plan
  const isReference = groups.source === 'fairface-val'
  const design: CalibrationDesign = { groups: groups.sizes, recoveryGroups, policy, isReference, seed, audits }
  const results = await shareOutTasks(design, tools.threads, tools.onDone)
  const { id, alpha, minimumImages, margin, adjustment } = policy
  const calibration: Calibration = {
    schema: 'probity/calibration@1',
    tool: { name: 'probity', version: tools.version },
    seed,
    audits,
    groups,
    rule: { policy: id, alpha, minimumImages, margin, adjustment, m: comparisonsOf(design) },
    ...gatherSections(results),
  }
  return { calibration, files: await writeCalibration(calibration, plan.out, { locales: plan.locales ?? [] }) }
}

async function writeCalibration(calibration: Calibration, folder: string, options: ReportOptions): Promise<string[]> {
  const files = [
    { name: 'calibration.html', text: renderCalibrationHtml(calibration, options) },
    { name: 'calibration.json', text: readableJson(calibration) },
  ]
  for (const { name, text } of files) await writeFileWhole(join(folder, name), text)
  return files.map(({ name }) => join(folder, name))
}
