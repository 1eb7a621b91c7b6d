import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { buildPhantom, type PhantomFiles } from '../../src/phantom/build-phantom.js'
import { smallWorld } from '../phantom/worlds.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

const PEOPLE = 28 // three images each
const LONG = `Wumpledorf ${'photo of a man '.repeat(60)}Ottersplat` // words that the tokeniser of the phantom knows count
/** Made up, each with a word of its own to search for; two differ only in case. */
const NAMES = ['Zorblax Quimby', 'zorblax quimby', ...Array.from({ length: PEOPLE - 2 }, (_, i) => `Quandle${letter(i)}vex Dorn`)] // prettier-ignore
const WORDS = ['zorblax', 'quimby', 'quandle', 'vex dorn', 'wumpledorf', 'ottersplat']

function letter(index: number): string {
  return String.fromCharCode(97 + index)
}

/** Naming people writes nothing about one person, and no name. */
describe('an acknowledged audit of names', () => {
  const folder = temporaryFolder()
  let phantom: PhantomFiles
  let rows: string[][]
  let runs = 0

  beforeAll(async () => {
    phantom = await buildPhantom({ world: smallWorld(), folder: join(folder, 'phantom'), sampling: 'quota', seed: 1 })
    const [header, ...lines] = readFileSync(phantom.labels, 'utf8').trim().split('\n').map((line) => line.split(',')) // prettier-ignore
    rows = lines.map((cells) => [cells[header.indexOf('file')], cells[header.indexOf('gender')]])
    const shipped = readFileSync(join(import.meta.dirname, '../../probes/identity.yaml'), 'utf8')
    const small = shipped
      .replace('[100, 1000, 2000], draws: 5', `[20, ${PEOPLE}], draws: 2`)
      .replace(/publishedTables:[^]*/, '')
    writeFileSync(join(folder, 'names.yaml'), small.replace('id: identity', 'id: names'))
  })

  const labels = (names: readonly string[], ...extra: readonly string[]): string => {
    const file = join(folder, `labels-${++runs}.csv`)
    const lines = rows.map(([image, gender], row) => `${image},${gender},${names[row % names.length]}`)
    writeFileSync(file, `file,gender,who\n${[...lines, ...extra].join('\n')}\n`)
    return file
  }
  const audit = (file: string, ...extra: string[]): { ran: Ran; out: string } => {
    const out = join(folder, `run-${++runs}`)
    const ran = probity([
      ...['audit', '--model', phantom.model, '--dataset', 'csv', '--images', phantom.images, '--labels', file],
      ...['--map', 'gender=gender', '--map', 'identity=who', '--probe', join(folder, 'names.yaml')],
      ...['--acknowledge', 'identity', '--decisions', '--out', out, ...extra],
    ])
    return { ran, out }
  }
  /** Words of names in a text, whatever their case. */
  const found = (text: string): string[] => WORDS.filter((word) => text.toLowerCase().includes(word))
  /** Every file of a folder, and what was printed. */
  const leaks = ({ ran, out }: { ran: Ran; out: string }): string[] => [
    ...[ran.stdout, ran.stderr].flatMap(found),
    ...filesOf(out).flatMap((file) => found(readFileSync(file, 'utf8')).map((word) => `${file}: ${word}`)),
  ]

  it('works, and neither a written file nor the terminal has a name; look-alikes are said by their lines', () => {
    const run = audit(labels(NAMES))
    expect(run.ran.stderr).not.toContain('expected')
    expect(run.ran.status).toBe(0)
    const { facts } = JSON.parse(readFileSync(join(run.out, 'audit.json'), 'utf8')) as AuditResult
    expect(facts.observations[0]).toMatchObject({ kind: 'identity', names: PEOPLE, images: rows.length })
    expect(facts.dataset.warnings.map(([, , message]) => message).join()).toMatch(/stand on the lines 2 and 3$/)
    const names = filesOf(run.out).map((file) => file.slice(run.out.length + 1))
    expect(names).toEqual(expect.arrayContaining(['audit.json', 'report.html', 'report.md', 'cells.csv', 'decisions.csv'])) // prettier-ignore
    expect(leaks(run)).toEqual([])
  })

  it('still filters by another attribute', () => {
    const run = audit(labels(NAMES), '--where', 'gender=Female')
    expect(run.ran.status).toBe(0)
    expect(leaks(run)).toEqual([])
  })

  it.each([['where'], ['misspelt']])('refuses a filter by name at the door (%s)', (kind) => {
    const file = labels(NAMES)
    const run = audit(
      file,
      '--where',
      kind === 'where' ? `identity=${NAMES[0]},${NAMES[3]}` : 'identity=Zorblux Quimbly',
    )
    expect(run.ran.status).toBe(2)
    expect(run.ran.stderr).toMatch(/--where: expected no filter by identity, because reports repeat every filter/)
    expect(leaks(run)).toEqual([])
  })

  it('refuses a name that is too long by its row', () => {
    const run = audit(labels([LONG, ...NAMES.slice(1)]))
    expect(run.ran.status).toBe(2)
    expect(run.ran.stderr).toMatch(
      /the name in row 1 of the labels, the header not counted: expected a text of at most/,
    )
    expect(leaks(run)).toEqual([])
  })

  it('refuses an image that two rows give to two people by their lines', () => {
    const run = audit(labels(NAMES, `${rows[0][0]},${rows[0][1]},${NAMES[5]}`), '--map', 'subject=who')
    expect(run.ran.status).toBe(2)
    expect(run.ran.stderr).toMatch(new RegExp(`:${rows.length + 2}: identity: expected the same .*as line 2 says`))
    expect(leaks(run)).toEqual([])
  })

  it('refuses a broken row of JSONL without quoting it', () => {
    const file = join(folder, 'broken.jsonl')
    writeFileSync(file, `{"file":"${rows[0][0]}","gender":"Male","who":"${NAMES[0]}"}\n{"who":"${NAMES[3]}",\n`)
    const run = audit(file, '--dataset', 'jsonl')
    expect(run.ran.status).toBe(2)
    expect(run.ran.stderr).toMatch(/broken\.jsonl:2: expected one JSON object per line but received something else/)
    expect(leaks(run)).toEqual([])
  })
})

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
  } catch {
    return [] // a refused run writes nothing
  }
}
