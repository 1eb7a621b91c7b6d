// Runs every race and writes RESULTS.md again.
// node bench/run.mjs [--date 2026-01-31] [--rounds 3]
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { toTable } from './race-tools.mjs'

const RACES = [
  'start-up.mjs',
  'embedding.mjs',
  'plan.mjs',
  'store.mjs',
  'second-audit.mjs',
  'findings.mjs',
  'statistics.mjs',
  'report.mjs',
  'linear-probe.mjs',
  'curve.mjs',
  'big-npy.mjs',
  'tables.mjs',
  'rescoring.mjs',
]
const RESULTS = new URL('RESULTS.md', import.meta.url)

const { values } = parseArgs({ options: { date: { type: 'string' }, rounds: { type: 'string' } } })
const options = values.rounds === undefined ? {} : { rounds: Number(values.rounds) }
const rows = []
for (const file of RACES) {
  const url = new URL(file, import.meta.url)
  if (!existsSync(url)) continue
  console.error(`race: ${file}`)
  const { race } = await import(url.href)
  rows.push(...(await race(options)))
}
writeFileSync(RESULTS, results(rows, values.date ?? new Date().toISOString().slice(0, 10)))
console.log(toTable(rows))

function results(rows, date) {
  return `# Last figures

Ratios first; seconds and megabytes belong to one machine. Renew with \`npm run bench\`; [README](README.md) says what each row means.

${machine(date)}

${toTable(rows)}
`
}

function machine(date) {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const packages = [
    `onnxruntime-node ${versionIn('../node_modules/onnxruntime-node/')}`,
    `sharp ${versionIn('../node_modules/sharp/')}`,
    `transformers.js ${versionIn('node_modules/@huggingface/transformers/')}`,
  ]
  return `${date}: ${availableParallelism()} cores, ${model}, ${process.platform} ${process.arch}, Node ${process.versions.node}, ${packages.join(', ')}.`
}

function versionIn(folder) {
  try {
    return JSON.parse(readFileSync(new URL(`${folder}package.json`, import.meta.url), 'utf8')).version
  } catch {
    return 'not installed'
  }
}
