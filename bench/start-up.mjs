// How long `probity --help` takes beside bare Node, in turns: A B A B ... Prints the medians and their difference.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const RUNS = 15
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const help = []
const bare = []
for (let run = 0; run < RUNS + 1; run++) {
  const [a, b] = [time([main, '--help']), time(['-e', '0'])]
  if (run > 0) {
    help.push(a) // the first pair warms the disk cache
    bare.push(b)
  }
}
const [h, b] = [median(help), median(bare)]
console.log(
  `probity --help ${h.toFixed(0)} ms, bare node ${b.toFixed(0)} ms: ${(h - b).toFixed(0)} ms more, ratio ${(h / b).toFixed(2)}`,
)

function time(args) {
  const start = process.hrtime.bigint()
  spawnSync(process.execPath, args, { stdio: 'ignore' })
  return Number(process.hrtime.bigint() - start) / 1e6
}

function median(values) {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]
}
