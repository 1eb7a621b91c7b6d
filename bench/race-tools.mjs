// What every race needs: children measured from outside, medians, and rows to print.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const REPORTER = new URL('report-usage.mjs', import.meta.url).href

/** The command line of this checkout, as built. */
export const PROBITY = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/**
 * Runs `node ...args` and returns what the whole process took, all its threads together: `cpuSeconds` (user and
 * system), `wallSeconds` and `peakMegabytes` (resident, 10^6 bytes), with its standard output.
 * Processor time, not wall time, because other work on the machine lengthens only the latter. Throws when it fails.
 */
export function measureNode(args) {
  const folder = mkdtempSync(join(tmpdir(), 'probity-usage-'))
  const report = join(folder, 'usage.json')
  try {
    const start = process.hrtime.bigint()
    const child = spawnSync(process.execPath, ['--import', REPORTER, ...args], {
      encoding: 'utf8',
      env: { ...process.env, PROBITY_USAGE_REPORT: report },
      maxBuffer: 2 ** 28,
    })
    const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9
    if (child.status !== 0) throw new Error(`node ${args.join(' ')}: exit ${child.status}\n${child.stderr}`)
    return { ...JSON.parse(readFileSync(report, 'utf8')), wallSeconds, output: child.stdout }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The middle value; of an even number, the mean of the middle two. */
export function median(values) {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2
}

/** Rows of the table in RESULTS.md, as Markdown. */
export function toTable(rows) {
  const lines = rows.map(({ what, figure, against }) => `| ${what} | ${figure} | ${against} |`)
  return ['| what | figure | against |', '| --- | --- | --- |', ...lines].join('\n')
}

/** Whether a script was started by itself and not imported by run.mjs. */
export function isStarted(moduleUrl) {
  return process.argv[1] === fileURLToPath(moduleUrl)
}
