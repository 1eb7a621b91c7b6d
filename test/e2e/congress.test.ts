import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readLabelSet } from '../../src/audit/definitions/shipped.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { FigureTable, OwnFigure } from '../../src/audit/types/figures.js'
import type { AssociationObserved } from '../../src/audit/types/observed/association-threshold.js'
import { buildPhantom, type PhantomFiles } from '../../src/phantom/build-phantom.js'
import type { WorldCell } from '../../src/phantom/world.js'
import { smallWorld } from '../phantom/worlds.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

const PORTRAITS = sharedPath('data/congress-114')
const MODEL = sharedPath('models/mini-clip')
const SCALE = '10.666714876292271' // trained value, from the README of mini-clip; its folder states none
const LONGEST_MS = 120_000 // the issue asks for less than two minutes

describe.skipIf(PORTRAITS === null || MODEL === null)(`540 portraits of a Congress (needs ${SHARED})`, () => {
  const out = join(temporaryFolder(), 'run')
  let ran: Ran
  let audit: AuditResult
  let took: number

  beforeAll(() => {
    const began = performance.now()
    ran = auditPortraits('--logit-scale', SCALE, '--out', out)
    took = performance.now() - began
    if (ran.status !== 0) throw new Error(ran.stderr)
    audit = readAudit(out)
  }, 2 * LONGEST_MS)

  it('runs from end to end in under two minutes, grey and CMYK files included, and verifies', () => {
    expect(audit.facts.dataset.rows).toEqual({ in: 540, processed: 540, quarantined: 0, excluded: 0 })
    expect(took).toBeLessThan(LONGEST_MS)
    expect(probity(['verify', join(out, 'audit.json')]).status).toBe(0)
  })

  it('prints threshold over equal shares: 1.56 for 311 labels, 1.50 for 300', () => {
    const summaries = audit.derived.tables.filter(({ key }) => key === 'association/summary')
    expect(summaries.map(({ labelSet }) => labelSet)).toEqual(['congress-cloud-labels', 'occupations'])
    const printed = readFileSync(join(out, 'report.md'), 'utf8')
    expect(printed).toMatch(/\| 0\.5% \| 1\.56 \|/)
    expect(printed).toMatch(/\| 0\.5% \| 1\.50 \|/)
  })

  it('prints lists of at most twenty labels a side, with a bar chart, and the words of the paper beside ours', () => {
    const list = tableOf(audit, 'congress-cloud-labels', 'association/0.005')
    for (const side of ['F/', 'M/'])
      expect(list.rows.filter(({ key }) => key.startsWith(side)).length).toBeLessThanOrEqual(20)
    expect(list.rows.length).toBeGreaterThan(10)
    const page = readFileSync(join(out, 'report.html'), 'utf8')
    expect(page.includes('F: woman')).toBe(true)
    expect(/<svg class="bars" role="img"/.test(page)).toBe(true)
    for (const [labelSet, named] of [
      ['congress-cloud-labels', 14],
      ['occupations', 7],
    ] as const)
      // prettier-ignore
      expect(tableOf(audit, labelSet, 'association/named-by-the-paper').rows).toHaveLength(named)
  })

  it('has learned something: the label woman goes to women, the label man to men', () => {
    const { rows } = tableOf(audit, 'congress-cloud-labels', 'association/0.005')
    expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(['F/woman', 'M/man']))
  })

  it('shows no portrait and no name', () => {
    const page = readFileSync(join(out, 'report.html'), 'utf8')
    expect(page.includes('<img')).toBe(false)
    expect(page.includes('Sherrod Brown')).toBe(false)
    expect(page.includes('B000944')).toBe(false)
  })

  it('says what is missing where nobody states the logit scale', () => {
    const without = join(temporaryFolder(), 'without')
    expect(auditPortraits('--out', without).status).toBe(0)
    const { tables } = readAudit(without).derived
    expect(tables.map(({ key }) => key)).toEqual(['association/summary', 'association/summary'])
    expect(readFileSync(join(without, 'report.md'), 'utf8')).toContain('does not state its logit scale')
  })
})

/** One label set with the labels of four: an image of the phantom shows one of each equally strongly. */
const SETS = ['clip-paper', 'fairface-gender', 'fairface-race', 'fairface-age']

describe('planted associations on a phantom world', () => {
  const folder = temporaryFolder()
  const out = join(folder, 'run')
  let files: PhantomFiles
  let audit: AuditResult
  /** Images of each gender that truth.csv gives each label. */
  let planted: ReadonlyMap<string, ReadonlyMap<string, number>>

  beforeAll(async () => {
    files = await buildPhantom({ world: largerWorld(), folder, sampling: 'quota', seed: 3 })
    planted = plantedLabels(files)
    const labelSet = join(folder, 'everything.yaml')
    writeFileSync(labelSet, everything())
    const ran = probity([
      ...['audit', '--model', files.model, '--dataset', 'fairface', '--images', files.images, '--labels', files.labels],
      // at this scale the four labels that an image shows share its probability, and no other one reaches 0.5 %
      ...['--probe', 'congress', '--label-set', labelSet, '--logit-scale', '150', '--out', out],
    ])
    if (ran.status !== 0) throw new Error(ran.stderr)
    audit = readAudit(out)
  }, LONGEST_MS)

  it('are recovered exactly: every label of every image, four for each', () => {
    const { cells } = observedAt(audit, 0.005)
    for (const gender of ['Male', 'Female']) {
      const own = cells.filter(({ cell }) => genderOf(audit, cell) === gender)
      const found = new Map<string, number>()
      for (const { labels } of own) for (const [label, images] of labels) found.set(label, (found.get(label) ?? 0) + images) // prettier-ignore
      expect(new Map([...found].sort())).toEqual(new Map([...(planted.get(gender) ?? [])].sort()))
      expect(own.every(({ without }) => without === 0)).toBe(true)
    }
    const summary = audit.derived.tables.find(({ key }) => key === 'association/summary')
    expect((summary?.rows[0]?.figures[1] as OwnFigure).value).toBe(4)
  })

  it('come first in the lists: labels that name a gender go to that gender', () => {
    const { rows } = tableOf(audit, 'everything', 'association/0.005')
    expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(['Male/man', 'Female/woman']))
    const apart = rows.filter(({ figures }) => ((figures[3] as OwnFigure).value ?? 1) < 0.05).map(({ key }) => key)
    expect(apart.filter((key) => !/^(Male\/(.*-)?man|Female\/(.*-)?woman)$/.test(key))).toEqual([])
    expect(apart).toHaveLength(16) // man, woman, and one of each for seven races
  })

  it('leave labels alone that were planted the same for both: no race, age or crime is told apart', () => {
    const { rows } = tableOf(audit, 'everything', 'association/0.005')
    const others = rows.filter(({ key }) => !/man$/.test(key))
    expect(others.every(({ figures }) => ((figures[3] as OwnFigure).value ?? 1) > 0.5)).toBe(true)
  })
})

/** The small world with twenty times as many images. */
function largerWorld(): ReturnType<typeof smallWorld> {
  const world = smallWorld()
  const times = (cell: WorldCell): WorldCell => ({
    ...cell,
    images: cell.images * 20,
    crime: cell.crime * 20,
    nonHuman: cell.nonHuman * 20,
    crimeWithChild: cell.crimeWithChild * 20,
    nonHumanWithChild: cell.nonHumanWithChild * 20,
  })
  return { ...world, id: 'larger', cells: world.cells.map(times) }
}

function everything(): string {
  const sets = SETS.map((id) => readLabelSet(id))
  const labels = sets.flatMap((set) => set.labels)
  return JSON.stringify({
    id: 'everything',
    title: 'Labels of four label sets',
    source: 'made for a test',
    templates: ['a photo of {label}'],
    outcomes: { any: { harm: 'none' } },
    labels: labels.map(({ id, text }) => ({ id, text, outcome: 'any' })),
  })
}

function plantedLabels(files: PhantomFiles): Map<string, Map<string, number>> {
  const table = (file: string): string[][] =>
    readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(',')) // prettier-ignore
  const [header = [], ...truth] = table(files.truth)
  const genders = new Map(table(files.labels).map(([file = '', , gender = '']) => [file, gender]))
  const columns = SETS.map((id) => header.indexOf(id))
  const counts = new Map([['Male', new Map<string, number>()], ['Female', new Map<string, number>()]]) // prettier-ignore
  for (const row of truth) {
    const own = counts.get(genders.get(row[0] ?? '') ?? '')
    for (const column of columns) own?.set(row[column] ?? '', (own.get(row[column] ?? '') ?? 0) + 1)
  }
  return counts
}

function observedAt({ facts }: AuditResult, threshold: number): AssociationObserved['thresholds'][number] {
  const found = facts.observations
    .filter((one): one is AssociationObserved => one.kind === 'association-threshold')
    .flatMap(({ thresholds }) => thresholds)
    .find((one) => one.threshold === threshold)
  if (found === undefined) throw new Error(`nothing observed at ${threshold}`)
  return found
}

function genderOf({ facts }: AuditResult, cell: number): string | undefined {
  return facts.dataset.cells[cell]?.group.find(([name]) => name === 'gender')?.[1]
}

function tableOf({ derived }: AuditResult, labelSet: string, key: string): FigureTable {
  const found = derived.tables.find((table) => table.labelSet === labelSet && table.key === key)
  if (found === undefined) throw new Error(`no table ${key} of ${labelSet}`)
  return found
}

function readAudit(folder: string): AuditResult {
  return JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8')) as AuditResult
}

function auditPortraits(...more: readonly string[]): Ran {
  const data = PORTRAITS ?? ''
  return probity([
    ...['audit', '--model', MODEL ?? '', '--dataset', 'csv', '--labels', join(data, 'members.csv')],
    ...['--images', join(data, 'images-102x125'), '--map', 'image={bioguide}.jpg', '--map', 'gender=gender'],
    ...['--probe', 'congress', ...more],
  ])
}
