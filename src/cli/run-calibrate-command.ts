import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { readableJson } from '../audit/audit-file/canonical-json.js'
import { DefinitionError } from '../audit/errors.js'
import { renderCalibrationTerminal } from '../audit/report/render-calibration-terminal.js'
import { runCalibrate } from '../audit/run-calibrate.js'
import { EXIT } from './exit.js'
import { localesAsked } from './locale-option.js'
import { shownPath } from './shown.js'
import { wholeFlag } from './whole-flag.js'
import { version } from '../library/version.js'

export type CalibrateFlags = {
  groups?: string
  groupBy?: string
  seed: string
  quick?: boolean
  out: string
  json?: boolean
  locale?: string
}

const AUDITS = 2000 // per world: a share of one in twenty comes out to half a point
const QUICK_AUDITS = 100
const MOST_THREADS = 8 // there are some thirty parts, and the longest of them sets the pace

/** Runs the calibration and prints its table; progress goes to stderr. */
export async function calibrateFromCommandLine(flags: CalibrateFlags): Promise<void> {
  const locales = await localesAsked(flags.locale)
  const plan = {
    groupsOf: flags.groups ?? null,
    groupBy: groupByOf(flags),
    seed: wholeFlag('--seed', flags.seed),
    audits: flags.quick === true ? QUICK_AUDITS : AUDITS,
    out: resolve(flags.out),
    locales,
  }
  const { calibration, files } = await runCalibrate(plan, {
    version: version(),
    threads: Math.min(MOST_THREADS, availableParallelism()),
    onDone: printDone(process.stderr),
  })
  if (flags.json === true) process.stdout.write(readableJson(calibration))
  else
    process.stdout.write(
      `${renderCalibrationTerminal(calibration, { locales })}\n\n${files.map(shownPath).join('\n')}\n`,
    )
  process.exitCode = calibration.met === calibration.withTarget ? EXIT.passed : EXIT.failed
}

function groupByOf({ groups, groupBy }: CalibrateFlags): string[] | null {
  if (groupBy === undefined) return null
  if (groups !== undefined) return groupBy.split(',').map((attribute) => attribute.trim())
  throw new DefinitionError('flag.group-by', {
    at: 'command line',
    field: '--group-by',
    expected: '--groups with a saved audit beside it',
    received: 'none',
  })
}

/** One line that is drawn over on a terminal, a line for every quarter elsewhere. */
function printDone(stream: NodeJS.WriteStream): (done: number, total: number) => void {
  const quarter = (done: number, total: number): number => Math.floor((4 * done) / total)
  return (done, total) => {
    const text = `Calibrating: ${done} of ${total} parts`
    if (stream.isTTY) stream.write(`\r${text}${done === total ? '\n' : ''}`)
    else if (quarter(done, total) > quarter(done - 1, total)) stream.write(`${text}\n`)
  }
}
