// Runs every loop of test/torture in full, and writes what came of it into docs/reliability.md.
// npm run torture [-- --seed N] [-- NAME ...]   NAME: only the loops whose file has it in its name; the rows of others stay as they are.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, platform, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeTable } from './write-table.mjs'

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '1' } },
  allowPositionals: true,
})
if (!/^\d{1,9}$/.test(values.seed)) {
  process.stderr.write(`--seed: expected a whole number but received ${values.seed}\n`)
  process.exit(2)
}

const LOOPS = 'test/torture'
const loops = readdirSync(LOOPS)
  .filter((file) => file.endsWith('.test.ts') && file !== 'write-table.test.ts')
  .map((file) => basename(file, '.test.ts'))
  .filter((loop) => positionals.length === 0 || positionals.some((name) => loop.includes(name)))
if (loops.length === 0) {
  process.stderr.write(
    `expected the name of a loop in ${LOOPS}, or a part of it, but received ${positionals.join(' ')}\n`,
  )
  process.exit(2)
}

const machine = `${platform()}, ${cpus().length} cores, Node ${process.versions.node}`
const folder = mkdtempSync(join(tmpdir(), 'probity-torture-'))
let status = 0
const all = []
for (const loop of loops) {
  const ran = run(loop)
  status ||= ran.status
  all.push(...ran.rows)
  // after each: whoever stops an hour of them keeps what is done
  const failed = ran.status === 0 ? [] : [loop]
  const day = new Date().toISOString().slice(0, 10)
  const text = readFileSync('docs/reliability.md', 'utf8')
  writeFileSync('docs/reliability.md', writeTable(text, ran.rows, { seed: values.seed, day, machine, failed }))
}
rmSync(folder, { recursive: true })
for (const { loop, fault, tried, lost, wrong } of all)
  process.stdout.write(`${loop.padEnd(16)} ${String(tried).padStart(7)} tried ${lost} lost ${wrong} wrong  ${fault}\n`)
process.stdout.write('docs/reliability.md has the figures of this run.\n')
process.exit(status)

/** Runs one loop in full, and gives its exit code and what it counted. */
function run(loop) {
  const file = join(folder, `${loop}.jsonl`)
  const ended = spawnSync(
    process.execPath,
    [...['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.torture.config.ts'], `${LOOPS}/${loop}.test.ts`],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        PROBITY_TORTURE: 'full',
        PROBITY_TORTURE_SEED: values.seed,
        PROBITY_TORTURE_ROWS: file,
        PROBITY_FORBID_SKIPS: '1',
      },
    },
  )
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  return { status: ended.status ?? 1, rows: lines.map((line) => JSON.parse(line)) }
}
