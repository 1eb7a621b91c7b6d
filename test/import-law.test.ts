import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const SOURCE = join(import.meta.dirname, '../src')

/** Who may import whom: the table of docs/architecture.md. A room may always import itself, `types` and `errors`. */
type Law = { readonly rooms: readonly string[]; readonly packages: readonly string[]; readonly why: string }

const PURE = 'pure mathematics and rules: no files, no images, no models, no printing'
const LAW: Readonly<Record<string, Law>> = {
  errors: { rooms: [], packages: [], why: 'everything stands on the types, so they stand on nothing' },
  types: { rooms: [], packages: [], why: 'everything stands on the types, so they stand on nothing' },
  statistics: {
    rooms: [],
    packages: ['@stdlib/', 'simple-statistics'],
    why: 'statistics knows nothing of images or people',
  },
  scoring: { rooms: ['statistics'], packages: [], why: PURE },
  measures: { rooms: ['statistics', 'scoring'], packages: [], why: PURE },
  designs: { rooms: ['statistics', 'scoring', 'measures'], packages: [], why: PURE },
  findings: { rooms: ['statistics', 'scoring', 'measures'], packages: ['node:crypto'], why: PURE },
  gate: { rooms: ['statistics', 'scoring', 'measures', 'findings'], packages: [], why: PURE },
  compare: { rooms: ['statistics', 'scoring', 'measures', 'findings', 'gate'], packages: [], why: PURE },
  calibration: { rooms: ['statistics', 'scoring', 'measures', 'findings'], packages: [], why: PURE },
  disclosure: { rooms: [], packages: [], why: PURE },
  forecast: { rooms: [], packages: [], why: PURE },
  overlap: { rooms: ['statistics'], packages: [], why: PURE },
  disk: {
    rooms: [],
    packages: ['node:crypto', 'node:fs', 'node:fs/promises', 'node:os', 'node:path'],
    why: 'how files are written whole is the same for all who write, whatever is in them',
  },
  'handed-on': { rooms: [], packages: [], why: 'what other programs are told of the environment is one list' },
  'unless-aborted': {
    rooms: [],
    packages: [],
    why: 'waiting until somebody wants to stop is the same for all who wait',
  },
  'audit-file': {
    rooms: ['definitions', 'disk'],
    packages: ['node:crypto', 'node:fs', 'node:fs/promises', 'node:path'],
    why: 'it reads and writes the saved audit and knows no statistics',
  },
  definitions: {
    rooms: [],
    packages: ['node:', 'yaml', 'zod'],
    why: 'definitions are checked before any image or model is touched',
  },
  dataset: {
    rooms: ['definitions', 'audit-file'],
    packages: ['node:', 'csv-parse', 'hyparquet', 'hyparquet-compressors', 'hyparquet-writer'],
    why: 'a dataset knows no model and no report',
  },
  model: {
    rooms: ['definitions', 'disk', 'handed-on'],
    packages: ['node:', 'sharp', 'onnxruntime-node', '@huggingface/tokenizers', 'simple-statistics'],
    why: 'a model knows no finding and no report',
  },
  store: {
    rooms: ['disk'],
    packages: ['node:crypto', 'node:fs', 'node:fs/promises', 'node:os', 'node:path', 'node:timers', 'node:zlib'],
    why: 'the store keeps vectors by key and does not ask what they mean',
  },
  embedding: {
    rooms: ['model', 'dataset', 'store', 'audit-file', 'definitions', 'unless-aborted'],
    packages: ['node:', 'p-map'],
    why: 'embedding knows no finding and no report',
  },
  hub: {
    rooms: [],
    packages: ['node:crypto', 'node:fs', 'node:fs/promises', 'node:path'],
    why: 'the only room that opens a connection knows nothing but files and their checksums',
  },
  queue: {
    rooms: ['definitions', 'unless-aborted'],
    packages: ['node:crypto', 'node:timers/promises', 'zod', 'bullmq', 'ioredis'],
    why: 'a queue hands out shards of rows and does not ask what is done with them',
  },
  report: {
    rooms: [],
    packages: ['node:fs', 'node:path', 'node:url', 'node:crypto', 'node:module', 'handlebars', 'd3-scale', 'yaml'],
    why: 'a report prints what audit.json says and computes nothing',
  },
  stories: {
    rooms: [
      'statistics',
      'scoring',
      'measures',
      'designs',
      'findings',
      'gate',
      'compare',
      'calibration',
      'disclosure',
      'forecast',
      'overlap',
      'handed-on',
      'disk',
      'audit-file',
      'definitions',
      'dataset',
      'model',
      'store',
      'embedding',
      'hub',
      'queue',
      'report',
    ],
    packages: ['node:'],
    why: 'a story calls rooms; commander, handlebars, sharp and ONNX Runtime stay inside their rooms',
  },
  phantom: {
    rooms: ['statistics', 'model', 'definitions'],
    packages: ['node:', 'sharp', 'yaml', 'zod', 'csv-parse'],
    why: 'the phantom plants data; it must not see how findings are made',
  },
  library: {
    rooms: ['stories', 'definitions'],
    packages: ['node:'],
    why: 'it hands clock, version and plan to a story, and nothing more',
  },
  cli: {
    rooms: ['stories', 'library', 'phantom', 'definitions', 'audit-file', 'report'],
    packages: ['node:', 'commander', 'env-paths', 'sharp', 'onnxruntime-node'],
    why: 'the command line tells stories and prints; it does not reach into the engine',
  },
  index: {
    rooms: ['stories', 'library', 'audit-file', 'definitions', 'report', 'embedding', 'model', 'overlap', 'store'],
    packages: [],
    why: 're-exports only: of the last four, types that the others name',
  },
}

describe('import law', () => {
  const imports = sourceFiles(SOURCE).flatMap((file) => importsOf(file).map((target) => ({ file, target })))

  it('reads the import lines of every source file', () => {
    expect(imports.length).toBeGreaterThan(200)
  })

  it('holds for every import', () => {
    expect(imports.map(breach).filter((text) => text !== null)).toEqual([])
  })

  it('notices a breach', () => {
    expect(breach({ file: 'audit/report/x.ts', target: 'audit/statistics/wilson-interval.ts' })).toMatch(
      /report may not import statistics/,
    )
    expect(breach({ file: 'audit/statistics/x.ts', target: 'node:fs' })).toMatch(/statistics may not import node:fs/)
  })

  it('opens no socket, and starts no process but the browser that prints and those of --isolate: nothing leaves the machine', () => {
    const forbidden = /^node:(net|http|https|http2|tls|dgram|dns|child_process|cluster|inspector|repl|vm)(\/|$)/
    expect(imports.filter(({ target }) => forbidden.test(target))).toEqual([
      { file: 'audit/run-pdf.ts', target: 'node:child_process' },
      { file: 'audit/model/child-process.ts', target: 'node:child_process' },
    ])
    expect(
      imports.filter(({ target }) => /^(net|http|https|tls|dgram|dns|child_process|fs|path)$/.test(target)),
    ).toEqual([])
  })

  it('lets one story alone ask a hub, and opens a connection nowhere else', () => {
    const askers = imports.filter(({ file, target }) => roomOf(target) === 'hub' && roomOf(file) !== 'hub')
    expect([...new Set(askers.map(({ file }) => file))]).toEqual(['audit/run-pull.ts'])
    const connecting = sourceFiles(SOURCE).filter((file) => CONNECTS.test(readFileSync(join(SOURCE, file), 'utf8')))
    expect(connecting).toEqual(['audit/hub/send.ts'])
  })

  it('names the packages of a queue, which are optional, in one file, and loads them when a queue is asked for', () => {
    const optional = imports.filter(({ target }) => target === 'bullmq' || target === 'ioredis')
    expect([...new Set(optional.map(({ file }) => file))]).toEqual(['audit/queue/packages.ts'])
    const text = readFileSync(join(SOURCE, 'audit/queue/packages.ts'), 'utf8')
    expect(text.match(/^import (?!type ).*'(bullmq|ioredis)'$/gm)).toBeNull()
    const askers = imports.filter(({ file, target }) => roomOf(target) === 'queue' && roomOf(file) !== 'queue')
    expect([...new Set(askers.map(({ file }) => file))].sort()).toEqual(QUEUE_STORIES)
  })

  it('has no cycles between files', () => {
    expect(cycles(imports)).toEqual([])
  })
})

const QUEUE_STORIES = ['audit/embed-queued-shard.ts', 'audit/open-queued-run.ts', 'audit/run-queued-embed.ts', 'audit/run-worker.ts', 'audit/shard-tally.ts'] // prettier-ignore
const CONNECTS = /\b(?:fetch|WebSocket|EventSource|XMLHttpRequest)\s*\(|globalThis\s*(?:\.\s*fetch|\[)/

type Import = { readonly file: string; readonly target: string }

function breach({ file, target }: Import): string | null {
  const room = roomOf(file)
  const law = LAW[room]
  if (law === undefined) return `${file}: the room ${room} has no law; add it to docs/architecture.md and to this test`
  const isPackage = !/^(audit|phantom|library|cli)\//.test(target)
  const wanted = isPackage ? target : roomOf(target)
  const allowed = isPackage
    ? law.packages.some((name) =>
        name.endsWith(':') || name.endsWith('/')
          ? wanted.startsWith(name)
          : wanted === name || wanted.startsWith(`${name}/`),
      )
    : wanted === room || wanted === 'types' || wanted === 'errors' || law.rooms.includes(wanted)
  return allowed ? null : `${file} imports ${target}: ${room} may not import ${wanted}, because ${law.why}`
}

function roomOf(path: string): string {
  const parts = path.split('/')
  if (parts[0] !== 'audit') return parts.length === 1 ? parts[0].replace('.ts', '') : parts[0]
  if (parts.length > 2) return parts[1]
  return FILES_WITH_LAWS.includes(parts[1]) ? parts[1].replace('.ts', '') : 'stories'
}

const FILES_WITH_LAWS: readonly string[] = ['errors.ts', 'handed-on.ts', 'unless-aborted.ts']

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)))
}

/** Every import of a file, static, dynamic, side effect or re-export, as TypeScript itself reads them. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(SOURCE, file), 'utf8'), true, true)
  const targets = importedFiles.map(({ fileName }) => fileName)
  return targets.map((target) =>
    target.startsWith('.') ? posix.join(dirname(file), target).replace(/\.js$/, '.ts') : target,
  )
}

function cycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { file, target } of imports) next.set(file, [...(next.get(file) ?? []), target])
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (done.has(file) || path.includes(file)) return
    for (const target of next.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return found
}
