// Looks for inputs that break a parser. npm run fuzz -- [NAME ...] [--seconds 60] [--seed 1] [--keep]
//   NAME      targets whose name or family begins with it; all of them without one. --list prints them
//   --seconds for all targets together
//   --keep    puts inputs that reach code no other input reaches into test/fuzz/corpus
//   --replay  PATH: one input of the corpus once more (test/fuzz/corpus/npy-vectors/0a1b2c)
import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { drive, listTargets, replay } from './drive.mjs'

const { values, positionals } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    replay: { type: 'string' },
  },
  allowPositionals: true,
})
const [seconds, seed] = [Number(values.seconds), Number(values.seed)]
if (!(seconds > 0) || !Number.isSafeInteger(seed) || seed < 0) {
  process.stderr.write('--seconds and --seed: expected a number above 0, and a whole one\n')
  process.exit(2)
}

if (values.replay !== undefined) {
  const said = await replay(basename(dirname(values.replay)), readFileSync(values.replay))
  process.stdout.write(`${said.kind === 'fault' ? said.what : `${said.kind}: as it should be`}\n`)
  process.exit(said.kind === 'fault' ? 1 : 0)
}

const all = await listTargets()
const chosen = all.filter(({ name, family }) => positionals.length === 0 || positionals.some((one) => name.startsWith(one) || family.startsWith(one))) // prettier-ignore
if (values.list || chosen.length === 0) {
  for (const { name, family } of chosen.length === 0 ? all : chosen)
    process.stdout.write(`${name.padEnd(28)} ${family}\n`)
  process.exit(values.list ? 0 : 2)
}

const found = await drive({
  targets: chosen.map(({ name }) => name),
  seed,
  seconds,
  keeps: values.keep,
  onEvent: (event) => {
    if (event.kind === 'end') {
      const { target, tried, refused, blocks, blocksReached, milliseconds } = event
      const share = blocks === 0 ? '' : `${Math.round((100 * blocksReached) / blocks)}% of ${blocks} blocks`
      process.stdout.write(`${target.padEnd(28)} ${String(tried).padStart(9)} inputs, ${String(Math.round((1000 * tried) / Math.max(1, milliseconds))).padStart(5)} a second, ${Math.round((100 * refused) / tried)}% refused, ${share}\n`) // prettier-ignore
    }
    if (event.kind === 'fault')
      process.stdout.write(
        `${event.target}: ${event.what.split('\n').slice(0, 3).join('\n')}\n  npm run fuzz -- --replay ${event.path}\n`,
      )
  },
})
const tried = found.reduce((sum, each) => sum + each.tried, 0)
const faults = found.flatMap((each) => each.faults)
process.stdout.write(`${tried} inputs, ${faults.length} faults\n`)
process.exit(faults.length === 0 ? 0 : 1)
