// How long `probity --help` takes beside bare Node, in turns: A B A B ... Prints the medians and their difference.
import { spawnSync } from 'node:child_process'
import { PROBITY, isStarted, median, toTable } from './race-tools.mjs'

const RUNS = 15

/** Runs the race and returns its row of RESULTS.md. Wall time: so short a run is what a user waits for. */
export function race() {
  const help = []
  const bare = []
  for (let run = 0; run < RUNS + 1; run++) {
    const [a, b] = [time([PROBITY, '--help']), time(['-e', '0'])]
    if (run > 0) {
      help.push(a) // the first pair warms the disk cache
      bare.push(b)
    }
  }
  const [h, b] = [median(help), median(bare)]
  return [
    {
      what: '`probity --help`',
      figure: `${(h - b).toFixed(0)} ms more, ${(h / b).toFixed(1)} times (${h.toFixed(0)} and ${b.toFixed(0)} ms)`,
      against: `\`node -e 0\`, in turns, ${RUNS} pairs, medians`,
    },
  ]
}

function time(args) {
  const start = process.hrtime.bigint()
  spawnSync(process.execPath, args, { stdio: 'ignore' })
  return Number(process.hrtime.bigint() - start) / 1e6
}

if (isStarted(import.meta.url)) console.log(toTable(race()))
