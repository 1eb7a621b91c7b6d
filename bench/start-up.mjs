// How long `probity --help` and `probity list` take beside bare Node, in turns: A B C A B C ... Prints the medians and their differences.
import { spawnSync } from 'node:child_process'
import { PROBITY, isStarted, median, toTable } from './race-tools.mjs'

const RUNS = 15
const MOST_MILLISECONDS = { '--help': 200, list: 400 } // beyond bare Node, what the issue "Fast and large" allows

/** Runs the race and returns its rows of RESULTS.md. Wall time: so short a run is what a user waits for. */
export function race() {
  const bare = []
  const times = new Map(Object.keys(MOST_MILLISECONDS).map((word) => [word, []]))
  for (let run = 0; run < RUNS + 1; run++) {
    const round = [...times.keys()].map((word) => time([PROBITY, word]))
    const floor = time(['-e', '0'])
    if (run === 0) continue // the first round warms the disk cache
    bare.push(floor)
    for (const [index, taken] of [...times.values()].entries()) taken.push(round[index])
  }
  const b = median(bare)
  return [...times].map(([word, taken]) => {
    const more = median(taken.map((each, run) => each - bare[run]))
    const most = MOST_MILLISECONDS[word]
    return {
      what: `\`probity ${word}\``,
      figure: `${more.toFixed(0)} ms more, ${(median(taken) / b).toFixed(1)} times (${median(taken).toFixed(0)} and ${b.toFixed(0)} ms); ${more < most ? 'kept' : '**missed**'}: under ${most} ms more`,
      against: `\`node -e 0\`, in turns, ${RUNS} rounds, medians`,
    }
  })
}

function time(args) {
  const start = process.hrtime.bigint()
  spawnSync(process.execPath, args, { stdio: 'ignore' })
  return Number(process.hrtime.bigint() - start) / 1e6
}

if (isStarted(import.meta.url)) console.log(toTable(race()))
