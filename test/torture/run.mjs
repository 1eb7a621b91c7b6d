// Runs every loop of test/torture in full, and writes what came of it into docs/reliability.md.
// npm run torture [-- --seed N] [-- NAME ...]   NAME: only the loops whose file has it in its name; the rows of others stay as they are.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

const folder = mkdtempSync(join(tmpdir(), 'probity-torture-'))
const [rowsFile, resultFile] = [join(folder, 'rows.jsonl'), join(folder, 'result.json')]
const { status } = spawnSync(
  process.execPath,
  [
    ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.torture.config.ts'],
    ...[
      '--reporter=default',
      '--reporter=./test/support/skip-list.ts',
      '--reporter=json',
      `--outputFile.json=${resultFile}`,
    ],
    ...positionals.map((name) => `torture/${name}`),
  ],
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
const rows = existsSync(rowsFile)
  ? readFileSync(rowsFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : []
const results = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')).testResults : []
const failed = results.filter((each) => each.status !== 'passed').map(({ name }) => basename(name, '.test.ts'))
rmSync(folder, { recursive: true })

const machine = `${platform()}, ${cpus().length} cores, Node ${process.versions.node}`
const day = new Date().toISOString().slice(0, 10)
const text = readFileSync('docs/reliability.md', 'utf8')
writeFileSync('docs/reliability.md', writeTable(text, rows, { seed: values.seed, day, machine, failed }))
for (const { loop, fault, tried, lost, wrong } of rows)
  process.stdout.write(`${loop.padEnd(16)} ${String(tried).padStart(7)} tried ${lost} lost ${wrong} wrong  ${fault}\n`)
process.stdout.write('docs/reliability.md has the figures of this run.\n')
process.exit(status ?? 1)
