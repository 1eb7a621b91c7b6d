// What a large report costs: 126 intersections under four label sets, as the phantom gives them. Its size, the time to write it, and the
// time until Chromium has painted it from disk; and the whole command that writes it again from the saved audit.
// node bench/report.mjs [--rounds 3]
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PROBITY, isStarted, measureNode, median, toTable } from './race-tools.mjs'

const ROUNDS = 3
const LABEL_SETS = 4
const MOST_MEGABYTES = 1.5
const MOST_SECONDS = 2
const MOST_SECONDS_AGAIN = 1.5 // the whole command, what the issue "Fast and large" allows
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Runs the race and returns the rows of RESULTS.md. */
export async function race({ rounds = ROUNDS } = {}) {
  const { readableJson } = await import('../dist/audit/audit-file/canonical-json.js')
  const { renderHtml } = await import('../dist/audit/report/render-html.js')
  const whole = await underFourLabelSets(phantomAudit())
  const crossed = intersectionsAlone(whole)
  const rows = []
  for (const [what, audit] of [
    ['126 intersections x 4 label sets', crossed],
    ['the same with all groupings of the phantom and its two label sets compared', whole],
  ]) {
    const writing = []
    let html = ''
    for (let round = 0; round < rounds; round += 1) writing.push(timed(() => (html = renderHtml(audit))))
    const megabytes = Buffer.byteLength(html) / 1e6
    const json = timed(() => JSON.stringify(audit))
    const saved = readableJson(audit) // as an audit is saved
    const again = againFrom(saved, rounds)
    rows.push({
      what: `\`probity report --format html\` of it, the whole command`,
      figure: `${again.toFixed(2)} s; ${kept(again, MOST_SECONDS_AGAIN)} s`,
      against: `wall time, median of ${rounds}; reading and checking ${(Buffer.byteLength(saved) / 1e6).toFixed(1)} MB of JSON included`,
    })
    const painted = await secondsToPaint(html, rounds)
    rows.push({
      what: `report of ${what}: ${megabytes.toFixed(2)} MB of HTML; ${kept(megabytes, MOST_MEGABYTES)} MB`,
      figure: `${(median(writing) / json).toFixed(0)} times (${writing[0].toFixed(2)} CPU s cold, ${median(writing).toFixed(2)} CPU s warm); ${kept(writing[0], MOST_SECONDS)} CPU s`,
      against: `writing the same audit as JSON, ${rounds} rounds, medians`,
    })
    if (painted !== null)
      rows.push({
        what: `its first paint in Chromium, from disk`,
        figure: `${painted.toFixed(2)} s; ${kept(painted, MOST_SECONDS)} s`,
        against: `the start of its navigation, median of ${rounds}`,
      })
  }
  return rows
}

function kept(figure, most) {
  return `${figure < most ? 'kept' : '**missed**'}: under ${most}`
}

function againFrom(saved, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'probity-report-'))
  try {
    const file = join(folder, 'audit.json')
    writeFileSync(file, saved)
    return median(
      Array.from({ length: rounds }, () => measureNode([PROBITY, 'report', file, '--format', 'html']).wallSeconds),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** CPU seconds of this process. */
function timed(work) {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

/** null where there is no browser. */
async function secondsToPaint(html, rounds) {
  if (!existsSync(CHROMIUM)) return null
  const { chromium } = await import('playwright-core')
  const folder = mkdtempSync(join(tmpdir(), 'probity-report-race-'))
  const file = join(folder, 'report.html')
  writeFileSync(file, html)
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const seconds = []
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
      await page.goto(`file://${file}`, { waitUntil: 'load', timeout: 120_000 })
      seconds.push(
        await page.evaluate(
          () =>
            new Promise((resolve) => {
              const painted = () => globalThis.performance.getEntriesByName('first-contentful-paint')[0]?.startTime
              const look = () => (painted() === undefined ? globalThis.setTimeout(look, 20) : resolve(painted() / 1000))
              look()
            }),
        ),
      )
      await page.close()
    }
    return median(seconds)
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The demo's audit, made anew: its counts have the sizes of FairFace's groups. Or a saved one, where PROBITY_AUDIT names it. */
function phantomAudit() {
  const saved = process.env.PROBITY_AUDIT
  if (saved !== undefined) return JSON.parse(readFileSync(saved, 'utf8'))
  const folder = mkdtempSync(join(tmpdir(), 'probity-report-race-'))
  try {
    const main = new URL('../dist/cli/main.js', import.meta.url).pathname
    execFileSync(process.execPath, [main, 'demo', '--out', folder], { stdio: 'ignore' })
    return JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first label set twice more under other names, with families planned and everything derived again. */
async function underFourLabelSets(audit) {
  const { planFamilies } = await import('../dist/audit/findings/plan-probe.js')
  const { derive } = await import('../dist/audit/derive.js')
  const { facts } = audit
  const labelSets = [...facts.labelSets]
  const tallies = [...facts.tallies]
  while (labelSets.length < LABEL_SETS) {
    const id = `copy-${labelSets.length}`
    const own = facts.tallies.filter(({ labelSet }) => labelSet === labelSets[0].id)
    tallies.push(...own.map((tally) => ({ ...tally, labelSet: id })))
    labelSets.push({ ...labelSets[0], id })
  }
  const { dataset, evidence, policy, reference } = facts
  const context = { dataset, labelSets, evidence, tallies, policy, reference }
  const grown = { ...facts, labelSets, tallies, ...planFamilies(facts.probes, context) }
  return { ...audit, facts: grown, derived: derive(grown) }
}

/** The same audit with nothing but groupings of three attributes. */
function intersectionsAlone({ facts, derived, run, ...rest }) {
  const isCrossed = ({ groupBy }) => groupBy.length === 3
  const contrasts = derived.contrasts.filter(isCrossed)
  const ids = new Set(contrasts.map(({ id }) => id))
  return {
    ...rest,
    run,
    facts: {
      ...facts,
      probes: facts.probes.map((probe) => ({
        ...probe,
        groupBy: probe.groupBy.filter(({ length }) => length === 3),
        published: [],
      })),
      paired: [],
      joint: [],
    },
    derived: {
      ...derived,
      rates: derived.rates.filter(isCrossed),
      contrasts,
      findings: derived.findings.filter(({ contrast }) => ids.has(contrast)),
      estimates: derived.estimates.filter(isCrossed),
      published: [],
      changes: [],
      changeContrasts: [],
      flowTests: [],
      jointTests: [],
      summary: { ...derived.summary, largest: [] },
    },
  }
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' } } })
  console.log(toTable(await race(values.rounds === undefined ? {} : { rounds: Number(values.rounds) })))
}
