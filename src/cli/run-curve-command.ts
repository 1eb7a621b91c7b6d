import { expandGrid } from '../audit/definitions/expand-grid.js'
import { readCurvePlan, type CurveFlags } from '../audit/definitions/read-curve-plan.js'
import { prepareFolder } from '../audit/prepare-folder.js'
import { runCurve } from '../audit/run-curve.js'
import type { CurveResult } from '../audit/types/curve.js'
import { writeCurve } from '../audit/write-curve.js'
import { counted, shownName, shownPath } from './shown.js'
import { storeChoice, type StoreFlags } from './store-place.js'
import { commandLineTools } from './tools.js'

export type CurveCommandFlags = CurveFlags &
  StoreFlags & { readonly threads?: number; readonly batch?: number; readonly json?: boolean }

/** Reads the grid, decides every image under every specification, writes the results and says what was found. */
export async function curveFromCommandLine(grid: string, flags: CurveCommandFlags): Promise<void> {
  const { threads, batch, json, store, rehash, ...planFlags } = flags
  const plan = readCurvePlan({ grid, flags: planFlags, cwd: process.cwd() })
  const choice = storeChoice({ ...(store === undefined ? {} : { store }), rehash: rehash ?? false })
  await prepareFolder(plan.out)
  const { specifications, repeated } = expandGrid(plan.grid)
  const left = repeated === 0 ? '' : `, ${repeated} more ask the same as one of them and are left out`
  if (json !== true)
    process.stderr.write(`${counted(specifications.length, 'specification')} of ${plan.grid.id}${left}\n`)
  const outcome = await runCurve(plan, commandLineTools({ threads, batch, json, store: choice }))
  const files = await writeCurve(outcome, plan.out)
  process.stdout.write(json === true ? asJson(outcome.curve, files) : asText(outcome.curve, files))
}

function asJson({ curveId, facts, derived }: CurveResult, files: readonly string[]): string {
  const { rows } = facts.dataset
  const records = derived.records.map(({ outcome, group, shares, lowest, quartiles, highest, changesSign }) => {
    return { outcome, group, shares, lowest, quartiles, highest, changesSign }
  })
  const specifications = facts.specifications.length
  return `${JSON.stringify({ curveId, rows, specifications, repeated: facts.grid.repeated, records, files }, null, 2)}\n`
}

const MOST_LINES = 10

/** The groups whose disparity holds in most specifications, then where everything is. */
function asText(curve: CurveResult, files: readonly string[]): string {
  const { facts, derived } = curve
  const all = facts.specifications.length
  const held = derived.records
    .map((record) => ({ record, times: Math.round((record.shares.higher + record.shares.lower) * all) }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times)
  const lines = held.slice(0, MOST_LINES).map(({ record, times }) => {
    const who = record.group.map(([attribute, value]) => `${attribute} ${shownName(value)}`).join(', ')
    const turns = record.changesSign ? '; the difference changes sign' : ''
    return `  ${shownName(record.outcome)}, ${who}: ${times} of ${all}, from ${points(record.lowest)} to ${points(record.highest)} points${turns}`
  })
  const more = held.length > MOST_LINES ? [`  and ${held.length - MOST_LINES} more in the report`] : []
  const found =
    held.length === 0
      ? ['No group has a disparity in any specification.']
      : ['A disparity in how many specifications:', ...lines, ...more]
  const banner = facts.simulated ? ['Simulated data: says nothing about any model or any people.', ''] : []
  const subjects =
    facts.dataset.subjects === null
      ? []
      : [
          `note: ${counted(facts.dataset.subjects, 'subject')}; a curve takes images as independent, so its intervals are too narrow where subjects repeat`,
        ]
  return `${[...banner, ...found, ...subjects].join('\n')}\n\nWritten:\n${files.map((path) => `  ${shownPath(path)}\n`).join('')}`
}

function points(difference: number | null): string {
  return difference === null ? '-' : `${difference > 0 ? '+' : ''}${(100 * difference).toFixed(1)}`
}
