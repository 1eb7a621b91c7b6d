// What statistics and report take, apart from scoring: 108,501 decisions under 100 labels made elsewhere, three groupings, as `npm run bench` scores them
// in rescoring.mjs; and what doubling the groups costs, three times.
// node bench/statistics.mjs [--rounds 3] [--images 108501]
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createFastRandom } from './fast-random.mjs'
import { PROBITY, isStarted, measureNode, median, toTable } from './race-tools.mjs'

const ROUNDS = 3
const IMAGES = 108_501
const LABELS = 100
const RACES = 7 // of FairFace; doubled three times
const GENDERS = 2
const AGES = 9
const MOST_OF_DOUBLING = 2.2 // what the issue "Fast and large" allows
const SEED = 1

const PROBE = `id: drawn-probe
status: stable
question: Are images of some groups put into crime-related classes more often than others?
motivation: A race against the clock.
measure: { kind: outcome-rate, outcomes: [crime] }
evidence: decisions
requires: { outcomes: [crime] }
groupBy:
  - [race]
  - [gender]
  - [race, gender, age]
suggests: [drawn]
howToRead: [These images were drawn.]
cannotShow: [Anything about anybody.]
caveats: [These images were drawn.]
references: []
published: []
`

/** Runs the race and returns the rows of RESULTS.md. */
export async function race({ rounds = ROUNDS, images = IMAGES } = {}) {
  const { judgeCounts, drawEstimates } = await import('../dist/audit/derive.js')
  const { readableJson } = await import('../dist/audit/audit-file/canonical-json.js')
  const folder = mkdtempSync(join(tmpdir(), 'probity-statistics-'))
  try {
    const doublings = [1, 2, 4, 8].map((times) => auditOf(join(folder, String(times)), images, RACES * times))
    const runs = doublings.map(() => ({ judging: [], resampling: [], writing: [], reporting: [] }))
    for (let round = 0; round < rounds; round += 1) {
      doublings.forEach(({ facts, out }, index) => {
        runs[index].writing.push(timed(() => readableJson(facts)))
        runs[index].judging.push(timed(() => judgeCounts(facts)))
        runs[index].resampling.push(timed(() => drawEstimates(facts)))
        if (index === 0) runs[index].reporting.push(report(out))
      })
    }
    const [{ judging, resampling, writing, reporting }] = runs
    return [
      {
        what: `statistics of ${images} decisions under ${LABELS} labels, three groupings: tallies to findings`,
        figure: `${times(judging, writing)} times (${seconds(judging)})`,
        against: `writing the facts as JSON, in turns, ${rounds} rounds, medians`,
      },
      {
        what: 'the same: what chance alone gives, 9999 redistributions',
        figure: `${times(resampling, writing)} times (${seconds(resampling)})`,
        against: 'the same',
      },
      {
        what: 'the same: `probity report` in all formats, the whole command',
        figure: `${times(reporting, writing)} times (${seconds(reporting)})`,
        against: 'the same',
      },
      doublingRow(
        'tallies to findings',
        runs.map((run) => run.judging),
        rounds,
      ),
      doublingRow(
        'what chance alone gives',
        runs.map((run) => run.resampling),
        rounds,
      ),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function doublingRow(what, runs, rounds) {
  const middle = runs.map(median)
  const steps = middle.slice(1).map((each, index) => each / middle[index])
  const worst = Math.max(...steps)
  return {
    what: `doubling groups, three times: ${what}`,
    figure: `${steps.map((each) => each.toFixed(2)).join(', ')} times the CPU time (${middle.map((each) => each.toFixed(2)).join(', ')} CPU s); ${worst <= MOST_OF_DOUBLING ? 'kept' : '**missed**'}: at most ${MOST_OF_DOUBLING}`,
    against: `the same decisions with half as many races, in turns, ${rounds} rounds, medians`,
  }
}

/** An audit of drawn decisions: its facts, and the folder of its results. */
function auditOf(folder, images, races) {
  mkdirSync(folder)
  const random = createFastRandom(SEED)
  const below = (count) => Math.min(count - 1, Math.floor((random.next(0.5) + 0.5) * count))
  const faces = ['image,race,gender,age']
  const decisions = ['image,labelSet,label']
  for (let image = 0; image < images; image += 1) {
    faces.push(`${image}.jpg,race-${below(races)},gender-${below(GENDERS)},age-${below(AGES)}`)
    decisions.push(`${image}.jpg,drawn,label-${below(LABELS)}`)
  }
  const written = (name, text) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const out = join(folder, 'audit')
  const flags = {
    '--dataset': 'csv',
    '--labels': written('faces.csv', faces.join('\n')),
    '--from-decisions': written('decisions.csv', decisions.join('\n')),
    '--probe': written('drawn-probe.yaml', PROBE),
    '--label-set': written('drawn.yaml', labelSet()),
    '--out': out,
  }
  const maps = ['image', 'race', 'gender', 'age'].flatMap((name) => ['--map', `${name}=${name}`])
  execFileSync(process.execPath, [PROBITY, 'audit', ...Object.entries(flags).flat(), ...maps], { stdio: 'ignore' })
  return { out, facts: JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')).facts }
}

/** Every seventh label is a harm, as in rescoring.mjs. */
function labelSet() {
  const labels = Array.from(
    { length: LABELS },
    (_, label) =>
      `  - { id: label-${label}, text: "a drawn ${label}", outcome: ${label % 7 === 0 ? 'crime' : 'person'} }`,
  )
  return `id: drawn
title: Drawn labels
source: None; these decisions were drawn.
templates: ["{label}"]
outcomes:
  person: { harm: none }
  crime: { harm: denigration }
labels:
${labels.join('\n')}
`
}

function report(out) {
  return measureNode([PROBITY, 'report', join(out, 'audit.json'), '--out', join(out, 'again')]).cpuSeconds
}

/** CPU seconds of this process. */
function timed(work) {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

function times(left, right) {
  return (median(left) / median(right)).toFixed(1)
}

function seconds(values) {
  return `${median(values).toFixed(2)} CPU s`
}

if (isStarted(import.meta.url)) {
  const option = { type: 'string' }
  const { values } = parseArgs({ options: { rounds: option, images: option } })
  const numbers = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]))
  console.log(toTable(await race(numbers)))
}
