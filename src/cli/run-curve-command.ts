import { expandGrid } from '../audit/definitions/expand-grid.js'
import { readCurvePlan, type CurveFlags } from '../audit/definitions/read-curve-plan.js'
import { prepareFolder } from '../audit/prepare-folder.js'
import { renderCurveTerminal } from '../audit/report/render-curve-terminal.js'
import { runCurve } from '../audit/run-curve.js'
import type { CurveResult } from '../audit/types/curve.js'
import { writeCurve } from '../audit/write-curve.js'
import { EXIT } from './exit.js'
import { localesAsked } from './locale-option.js'
import { counted, shownPath } from './shown.js'
import { toolOptionsOf, type EmbeddingFlags } from './embedding-flags.js'
import { commandLineTools } from './tools.js'

export type CurveCommandFlags = CurveFlags &
  EmbeddingFlags & {
    readonly locale?: string
  }

/** Reads the grid, decides every image under every specification, writes the results and says what was found. */
export async function curveFromCommandLine(grid: string, flags: CurveCommandFlags): Promise<void> {
  const { options, rest } = toolOptionsOf(flags)
  const { locale, ...planFlags } = rest
  const { json } = options
  const locales = await localesAsked(locale)
  const plan = readCurvePlan({ grid, flags: planFlags, cwd: process.cwd() })
  await prepareFolder(plan.out)
  const { specifications, repeated } = expandGrid(plan.grid)
  const left = repeated === 0 ? '' : `, ${repeated} more ask the same as one of them and are left out`
  if (json !== true)
    process.stderr.write(`${counted(specifications.length, 'specification')} of ${plan.grid.id}${left}\n`)
  const outcome = await runCurve(plan, commandLineTools(options))
  const files = await writeCurve(outcome, plan.out, { locales })
  const { curve } = outcome
  if (json !== true) for (const note of notesOf(curve)) process.stderr.write(`${note}\n`)
  const written = files.map((path) => `  ${shownPath(path)}\n`).join('')
  process.stdout.write(
    json === true ? asJson(curve, files) : `${renderCurveTerminal(curve, { locales })}\n\nWritten:\n${written}`,
  )
  process.exitCode = isIncomplete(curve) ? EXIT.incomplete : EXIT.passed
}

function asJson({ curveId, facts, derived }: CurveResult, files: readonly string[]): string {
  const { rows } = facts.dataset
  const records = derived.records.map(({ outcome, group, shares, lowest, quartiles, highest, changesSign }) => {
    return { outcome, group, shares, lowest, quartiles, highest, changesSign }
  })
  const specifications = facts.specifications.length
  return `${JSON.stringify({ curveId, rows, specifications, repeated: facts.grid.repeated, records, files }, null, 2)}\n`
}

/** What a reader should know before the figures. */
function notesOf({ facts }: CurveResult): string[] {
  const { rows, subjects } = facts.dataset
  const unreadable = `${counted(rows.quarantined, 'image')} could not be read: see quarantine.csv`
  const repeated = `${counted(subjects ?? 0, 'subject')}: a curve takes images as independent, so its intervals are too narrow where subjects repeat`
  return [
    ...(rows.quarantined > 0 ? [`warning: ${unreadable}`] : []),
    ...(subjects === null ? [] : [`note: ${repeated}`]),
  ]
}

/** As an audit judges it: more images could not be read than the policy allows, or none was left. */
function isIncomplete({ facts }: CurveResult): boolean {
  const { processed, quarantined } = facts.dataset.rows
  return processed === 0 || quarantined > facts.policy.quarantineLimit * (processed + quarantined)
}
