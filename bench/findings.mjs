// What the statistics cost: from tallies to findings for three label sets and every grouping of FairFace, 126 intersections among
// them, beside writing the same audit as JSON; the steadier rates of those intersections; and what chance alone gives, 9,999
// redistributions for every outcome.
// node bench/findings.mjs [--rounds 5]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isStarted, median, toTable } from './race-tools.mjs'

const ROUNDS = 5
const MOST_SECONDS = 0.5 // what the issue "Statistics a statistician would sign" allows without resampling
const MOST_SECONDS_RESAMPLING = 15 // and for everything that chance alone gives

/** Runs the race and returns the rows of RESULTS.md. */
export async function race({ rounds = ROUNDS } = {}) {
  const facts = await threeLabelSets(phantomFacts())
  const { judgeCounts, drawEstimates } = await import('../dist/audit/derive.js')
  const { outcomeTasks } = await import('../dist/audit/findings/outcome-tasks.js')
  const { shrunkenEstimates } = await import('../dist/audit/findings/shrunken-estimates.js')
  const { readableJson } = await import('../dist/audit/audit-file/canonical-json.js')

  const first = timed(() => judgeCounts(facts)) // as a run meets it: no code is warm yet
  const judging = []
  const writing = []
  for (let round = 0; round < rounds; round += 1) {
    const judged = timed(() => judgeCounts(facts))
    judging.push(judged.seconds)
    const { rates, contrasts, findings } = judged.result
    const written = { facts, rates, contrasts: contrasts.map(({ contrast }) => contrast), findings }
    writing.push(timed(() => readableJson(written)).seconds)
  }
  const tasks = outcomeTasks(facts)
  const steadier = timed(() => shrunkenEstimates(tasks, first.result.rates)) // also as a run meets it
  const resampling = timed(() => drawEstimates(facts))
  const { contrasts } = first.result
  const crossed = contrasts.filter(({ contrast }) => contrast.groupBy.length === 3).length
  return [
    {
      what: `tallies to findings: 3 label sets, ${contrasts.length} contrasts, ${crossed} of them of 126 intersections, without resampling`,
      figure: `${(median(judging) / median(writing)).toFixed(1)} times (${first.seconds.toFixed(2)} CPU s cold, ${median(judging).toFixed(2)} CPU s warm); ${kept(first.seconds, MOST_SECONDS)}`,
      against: `writing the same as JSON, ${rounds} rounds, medians`,
    },
    {
      what: `steadier rates for the groups of intersections: ${steadier.result.length} outcomes`,
      figure: `${(steadier.seconds / median(judging)).toFixed(1)} times (${steadier.seconds.toFixed(2)} CPU s cold)`,
      against: 'tallies to findings, warm',
    },
    {
      what: `what chance alone gives: ${resampling.result.length} estimates, ${facts.policy.permutations} redistributions each`,
      figure: `${(resampling.seconds / median(judging)).toFixed(0)} times (${resampling.seconds.toFixed(1)} CPU s); ${kept(resampling.seconds, MOST_SECONDS_RESAMPLING)}`,
      against: 'tallies to findings, warm',
    },
  ]
}

function kept(seconds, most) {
  return `${seconds < most ? 'kept' : '**missed**'}: under ${most} s`
}

/** CPU seconds of this process: one thread does all of it, and other work on the machine changes them little. */
function timed(work) {
  const start = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(start)
  return { result, seconds: (user + system) / 1e6 }
}

/** Facts of a real run: the demo's counts have the sizes of FairFace's groups. */
function phantomFacts() {
  const folder = mkdtempSync(join(tmpdir(), 'probity-findings-race-'))
  try {
    const main = new URL('../dist/cli/main.js', import.meta.url).pathname
    execFileSync(process.execPath, [main, 'demo', '--out', folder], { stdio: 'ignore' })
    return JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8')).facts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first label set once more under another name, until there are three, with the families planned again. */
async function threeLabelSets(facts) {
  const { planFamilies } = await import('../dist/audit/findings/plan-probe.js')
  const labelSets = [...facts.labelSets]
  const tallies = [...facts.tallies]
  while (labelSets.length < 3) {
    const id = `copy-${labelSets.length}`
    tallies.push(
      ...facts.tallies
        .filter(({ labelSet }) => labelSet === labelSets[0].id)
        .map((tally) => ({ ...tally, labelSet: id })),
    )
    labelSets.push({ ...labelSets[0], id })
  }
  const { dataset, evidence, policy, reference } = facts
  const context = { dataset, labelSets, evidence, tallies, policy, reference }
  return { ...facts, labelSets, tallies, ...planFamilies(facts.probes, context) }
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' } } })
  console.log(toTable(await race(values.rounds === undefined ? {} : { rounds: Number(values.rounds) })))
}
