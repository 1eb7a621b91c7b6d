// Packs the project as npm would publish it, checks the tarball, installs it into an empty folder and uses it there. `npm run package`.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const ROOT = join(import.meta.dirname, '../..')
const MOST_BYTES = 2_500_000 // packed it has about 1.9 MB; a third more means that something slipped in
const TOP = [
  'CHANGELOG.md NOTICE LICENSE README.md README.ko.md package.json', // npm adds all but the first two by itself
  'dist grids label-sets policies probes reports schemas templates worlds',
]
  .join(' ')
  .split(' ')
/** What the build makes of reports/ and schemas, under dist/audit. */
const PREPARED = [
  'report/prepared/locale-en.json',
  'report/prepared/crosswalk.json',
  'definitions/prepared/audit-shape.json',
]

const folder = mkdtempSync(join(tmpdir(), 'probity-package-'))
const project = join(folder, 'somebodys-project')
mkdirSync(project)
try {
  const tarball = pack()
  tool('publint', ['--strict', tarball])
  tool('attw', [tarball, '--profile', 'esm-only', '--no-emoji', '--exclude-entrypoints', './schemas/*'])
  const how = install(tarball)
  compileAgainstTypes()
  run(process.execPath, ['use.mjs'])
  run(process.execPath, ['node_modules/probity/dist/cli/main.js', 'list', 'label-sets'])
  say(`The package is whole: packed, checked, installed (${how}), compiled against and run in an empty folder.`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The path of the tarball. Stops where it holds too much, too little, or what no source file makes any more. */
function pack() {
  const out = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], ROOT)
  const [{ filename, files, size }] = JSON.parse(out)
  const paths = files.map(({ path }) => path)
  const strange = paths.filter(
    (path) => !TOP.includes(path.split('/')[0]) || /\.(map|test\.js|tsbuildinfo)$/.test(path),
  )
  const absent = TOP.filter((name) => !paths.some((path) => path === name || path.startsWith(`${name}/`)))
  const stale = paths.filter((path) => /^dist\/.*\.js$/.test(path) && !existsSync(sourceOf(path)))
  if (strange.length > 0) stop(`the tarball holds ${strange.slice(0, 5).join(', ')}: see "files" in package.json`)
  if (absent.length > 0) stop(`the tarball lacks ${absent.join(', ')}`)
  if (stale.length > 0)
    stop(`dist holds ${stale.slice(0, 5).join(', ')}, which no source makes any more: remove dist, and build`)
  if (!isPrepared(paths)) stop('dist lacks what the build makes of reports/ and schemas: npm run build, not tsc alone')
  if (size > MOST_BYTES) stop(`the tarball has ${size} bytes, more than ${MOST_BYTES}`)
  say(`${filename}: ${files.length} files, ${(size / 1e6).toFixed(1)} MB`)
  return join(folder, filename)
}

/** Whether templates are compiled, languages parsed and the shape of audit.json written down, so that no command has to. */
function isPrepared(paths) {
  const templates = readFileSync(join(ROOT, 'dist/audit/report/prepared-templates.js'), 'utf8')
  return PREPARED.every((name) => paths.includes(`dist/audit/${name}`)) && templates.includes('page.hbs')
}

function sourceOf(path) {
  return join(ROOT, path.replace(/^dist/, 'src').replace(/\.js$/, '.ts'))
}

/** Installs as a user does, from the cache first. Without a registry the dependencies are those of this checkout, and it says so.
 *  No install script runs: ONNX Runtime's would fetch CUDA libraries, and nothing here needs one. */
function install(tarball) {
  writeFileSync(join(project, 'package.json'), '{ "name": "somebodys-project", "private": true, "type": "module" }\n')
  try {
    npm(
      ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=0', tarball],
      project,
    )
    return 'by npm'
  } catch {
    rmSync(join(project, 'node_modules'), { recursive: true, force: true })
    mkdirSync(join(project, 'node_modules'))
    execFileSync('tar', ['-xzf', tarball, '-C', folder])
    cpSync(join(folder, 'package'), join(project, 'node_modules/probity'), { recursive: true })
    for (const name of readdirSync(join(ROOT, 'node_modules')))
      if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name))
    return 'unpacked, beside the dependencies of this checkout, because no registry answered'
  }
}

/** What a TypeScript user writes, under the strictest settings: the types resolve and say what they should. */
function compileAgainstTypes() {
  cpSync(join(import.meta.dirname, 'use.ts'), join(project, 'use.ts'))
  cpSync(join(import.meta.dirname, 'use.mjs'), join(project, 'use.mjs'))
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true },
    ...{ target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', moduleResolution: 'NodeNext' },
    ...{ types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] },
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['use.ts'] }))
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'])
}

function npm(args, cwd) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 })
}

/** A tool of this checkout. */
function tool(name, args) {
  run(join(ROOT, 'node_modules/.bin', name), args)
}

function run(command, args) {
  try {
    execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    stop(`${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`)
  }
}

function say(line) {
  process.stdout.write(`${line}\n`)
}

function stop(why) {
  throw new Error(why)
}
