// Checks what Probity is installed with. `npm run supply-chain`; `-- --release` before a release; `--root FOLDER` looks at another checkout,
// `--registry URL` asks another registry, `--local` none. Exit 0: all was checked and holds. 1: something does not. 3: what could be checked holds, and something
// could not be: that is not "passed". With --release it is 1.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { advisories, signatures } from './advisories.mjs'
import { decisionFaults, floorFaults, licenceFaults, lockFaults, packagesOf, productionOf, scriptFaults } from './lockfile.mjs' // prettier-ignore

const { values } = parseArgs({
  options: {
    release: { type: 'boolean' },
    root: { type: 'string' },
    registry: { type: 'string' },
    local: { type: 'boolean' },
  },
})
const ROOT = resolve(values.root ?? join(import.meta.dirname, '../..'))
const lock = json('package-lock.json')
const manifest = json('package.json')

const checks = [
  ['lockfile', 'exact versions, each with its SHA-512, from the registry', local(lockFaults(lock, manifest))],
  ['scripts', 'nothing runs while Probity is installed', local(scriptFaults(lock, manifest, text('.npmrc')))],
  ['licences', 'each on the list of its use', local(licenceFaults(lock, installedLicences()))],
  ['notice', 'NOTICE names the native libraries', local(noticeFaults())],
  ['floors', 'nothing older than its floor', local(floorFaults(lock))],
  ['decisions', 'each dependency stands in docs/decisions', local(decisionFaults(manifest, decisions()))],
  [
    'advisories',
    'none that is high or critical in what is shipped',
    values.local ? unasked() : advisories(ROOT, values.registry),
  ],
  ['signatures', 'the registry signed what is installed', values.local ? unasked() : signatures(ROOT, values.registry)],
]
for (const [name, holds, { faults, remarks, notChecked }] of checks) {
  const state = faults.length > 0 ? 'FAULT' : notChecked !== null ? 'NOT CHECKED' : 'ok'
  say(`${state.padEnd(12)} ${name}: ${notChecked ?? (faults.length > 0 ? `${faults.length} of them` : holds)}`)
  for (const each of faults) say(`               ${each}`)
  for (const each of remarks) say(`               for your attention: ${each}`)
}
describeSize()

const faults = checks.flatMap(([, , check]) => check.faults)
const notChecked = checks.filter(([, , check]) => check.notChecked !== null).map(([name]) => name)
if (faults.length > 0) say('The supply chain does not hold.')
else if (notChecked.length === 0) say('All of it was checked, and holds.')
else say(`Not passed: ${notChecked.join(' and ')} could not be checked. What could be checked holds.`)
process.exitCode = faults.length > 0 ? 1 : notChecked.length === 0 ? 0 : values.release ? 1 : 3

function unasked() {
  return { faults: [], remarks: [], notChecked: 'not asked for (--local)' }
}

function local(found) {
  return { faults: found, remarks: [], notChecked: null }
}

/** What the installed packages say of their licences themselves, by their path. */
function installedLicences() {
  const stated = packagesOf(lock)
    .map(({ path }) => [path, join(ROOT, path, 'package.json')])
    .filter(([, file]) => existsSync(file))
    .map(([path, file]) => [path, JSON.parse(readFileSync(file, 'utf8'))])
  return new Map(stated.filter(([, { license }]) => typeof license === 'string').map(([path, { license }]) => [path, license])) // prettier-ignore
}

/** Native libraries that are installed, and those inside them, against NOTICE. */
function noticeFaults() {
  const notice = text('NOTICE').toLowerCase()
  const wanted = Object.keys({ ...manifest.dependencies }).some((name) => name === 'sharp')
    ? ['onnxruntime-node', 'sharp', 'libvips', 'LGPL-3.0-or-later', ...bundled()]
    : []
  return wanted.filter((name) => !notice.includes(name.toLowerCase())).map((name) => `NOTICE does not name ${name}`)
}

/** The libraries inside the libvips of this machine. */
function bundled() {
  const folder = join(ROOT, 'node_modules/@img')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).map((name) => join(folder, name, 'versions.json')).filter(existsSync) // prettier-ignore
  return files.flatMap((file) => Object.keys(JSON.parse(readFileSync(file, 'utf8'))))
}

function decisions() {
  const folder = join(ROOT, 'docs/decisions')
  return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n') : '' // prettier-ignore
}

function describeSize() {
  const here = productionOf(lock).filter(({ path }) => existsSync(join(ROOT, path)))
  const sizes = here.map(({ path, name }) => [name, bytesBelow(join(ROOT, path))]).sort(([, a], [, b]) => b - a)
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
  const largest = sizes.slice(0, 3).map(([name, bytes]) => `${name} ${megabytes(bytes)}`).join(', ') // prettier-ignore
  const direct = Object.keys(manifest.dependencies ?? {}).length
  say(`Installed with Probity: ${direct} packages that it names, ${here.length} with theirs, ${megabytes(total)} (${largest})`) // prettier-ignore
}

/** Without the packages that lie inside: those are counted themselves. */
function bytesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules')
  return entries.reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? bytesBelow(path) : entry.isFile() ? statSync(path).size : 0)
  }, 0)
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function text(name) {
  return existsSync(join(ROOT, name)) ? readFileSync(join(ROOT, name), 'utf8') : ''
}

function json(name) {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'))
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
