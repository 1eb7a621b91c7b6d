// Runs every loop of test/torture in full, and writes what came of it into docs/reliability.md.
// npm run torture [-- --seed N] [-- NAME ...]   NAME: only the files whose path holds it; the document is then left alone.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import { arch, cpus, platform, release, tmpdir } from 'node:os'
import { join } from 'node:path'
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

const folder = mkdtempSync(join(tmpdir(), 'probity-torture-'))
const rowsFile = join(folder, 'rows.jsonl')
const started = process.hrtime.bigint()
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.torture.config.ts', ...positionals],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PROBITY_TORTURE: 'full',
      PROBITY_TORTURE_SEED: values.seed,
      PROBITY_TORTURE_ROWS: rowsFile,
      PROBITY_FORBID_SKIPS: '1',
    },
  },
)
const minutes = Number((process.hrtime.bigint() - started) / 60_000_000_000n)
const rows = existsSync(rowsFile)
  ? readFileSync(rowsFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : []
rmSync(folder, { recursive: true })
for (const { where, fault, tried, lost, wrong } of rows)
  process.stdout.write(`${where.padEnd(8)} ${String(tried).padStart(7)} tried ${lost} lost ${wrong} wrong  ${fault}\n`)

if (positionals.length === 0) {
  const machine = `${platform()} ${arch()} ${release()}, ${cpus().length} cores, Node ${process.versions.node}`
  const about = {
    seed: values.seed,
    minutes,
    machine,
    day: new Date().toISOString().slice(0, 10),
    isWhole: status === 0,
  }
  const text = readFileSync('docs/reliability.md', 'utf8')
  writeFileSync('docs/reliability.md', writeTable(text, rows, about))
  process.stdout.write('docs/reliability.md has the figures of this run.\n')
}
process.exit(status ?? 1)
