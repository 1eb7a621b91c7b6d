// Lets a process of the fuzzer import our TypeScript as it lies in src/ and test/, with blocks counted in src/ and in what reads Parquet.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const COUNTED =
  /\/src\/(audit|phantom)\/.*\.ts$|\/node_modules\/hyparquet(-compressors)?\/.*\.js$|\/test\/fuzz\/planted\//
const CACHE = join(ROOT, 'node_modules', '.cache', 'probity-fuzz')
const COUNTER = readFileSync(new URL('count-blocks.mjs', import.meta.url))
let blocks = 0

export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
    if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true }
  }
  return next(specifier, context)
}

export async function load(url, context, next) {
  const isCounted = COUNTED.test(url)
  if (!isCounted && !(url.startsWith('file:') && url.endsWith('.ts'))) return next(url, context)
  const path = fileURLToPath(url)
  const made = await translated(readFileSync(path, 'utf8'), path, isCounted)
  if (!isCounted) return { format: 'module', source: made.code, shortCircuit: true }
  const { withCounters } = await import('./count-blocks.mjs')
  const name = path.startsWith(ROOT) ? relative(ROOT, path).replaceAll('\\', '/') : path.slice(path.lastIndexOf('node_modules')) // prettier-ignore
  const source = withCounters(made, name, blocks)
  blocks += made.blocks
  return { format: 'module', source, shortCircuit: true }
}

/** Some hundred files take seconds to translate, and are the same ones the next time. */
async function translated(source, path, isCounted) {
  const key = createHash('sha256').update(COUNTER).update(`${isCounted} ${path.endsWith('.ts')}`).update(source).digest('hex') // prettier-ignore
  const file = join(CACHE, key)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const { countBlocks, translate } = await import('./count-blocks.mjs')
  const made = isCounted ? countBlocks(source, path) : { code: translate(source, path, []) }
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(made))
  renameSync(`${file}.${process.pid}`, file)
  return made
}
