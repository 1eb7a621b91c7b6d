import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/audit/statistics/random.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import type { World, WorldCell } from '../../src/phantom/world.js'
import { probity, temporaryFolder } from '../e2e/run-cli.js'
import { twentyWays, type Spoiling } from './spoiled-images.js'
import { settle, TORTURE_SEED, tries } from './torture.js'

const WAYS = 20

/** A world of about so many images, equally many of each race, a tenth of them flagged. */
function worldOf(images: number): World {
  const world = readShippedWorld()
  const each = Math.ceil(images / world.race.labels.length / 2)
  const flagged = {
    crime: Math.ceil(each / 20),
    nonHuman: Math.ceil(each / 20),
    crimeWithChild: 0,
    nonHumanWithChild: 0,
  }
  const cells = world.race.labels.flatMap(([race]): WorldCell[] =>
    ['20-29', '40-49'].map((age) => ({ race, age, images: each, ...flagged })),
  )
  return { ...world, id: 'spoiled', cells }
}

type Row = { readonly file: string; readonly age: string; readonly gender: string; readonly race: string }

function rowsOf(labels: string): readonly Row[] {
  const lines = readFileSync(labels, 'utf8').trim().split('\n').slice(1)
  return lines.map((line) => line.split(',')).map(([file, age, gender, race]) => ({ file, age, gender, race }))
}

/** Which rows are spoiled and how: of one race more than half of all, of another a quarter, each way equally often. */
function plant(rows: readonly Row[], ways: readonly Spoiling[], bad: number): ReadonlyMap<Row, Spoiling> {
  const random = createRandom(TORTURE_SEED, 'images/spoiled')
  const of = (race: string | null): Row[] =>
    random.shuffle(rows.filter((row) => (race === null ? !['Black', 'Indian'].includes(row.race) : row.race === race)))
  const uneven = [
    ...of('Black').slice(0, Math.round(bad * 0.6)),
    ...of('Indian').slice(0, Math.round(bad * 0.25)),
    ...of(null).slice(0, bad - Math.round(bad * 0.6) - Math.round(bad * 0.25)),
  ]
  return new Map(random.shuffle(uneven).map((row, index) => [row, ways[index % ways.length]]))
}

type Cells = AuditResult['facts']['dataset']['cells']

/** What each cell must hold, counted from the label file and from what was planted. */
function expectedCells(rows: readonly Row[], spoiled: ReadonlyMap<Row, Spoiling>): ReadonlyMap<string, string> {
  const cells = new Map<string, Row[]>()
  for (const row of rows) {
    const key = [row.race, row.gender, row.age].join()
    cells.set(key, [...(cells.get(key) ?? []), row])
  }
  return new Map(
    [...cells].map(([key, inside]) => {
      const codes = inside.flatMap((row) => spoiled.get(row)?.code ?? []).sort()
      return [key, JSON.stringify([inside.length, inside.length - codes.length, codes])]
    }),
  )
}

function countedCells(cells: Cells): ReadonlyMap<string, string> {
  return new Map(
    cells
      .filter((cell) => cell.in > 0)
      .map((cell) => {
        const codes = cell.quarantined.flatMap(([code, images]) => Array<string>(images).fill(code)).sort()
        return [cell.group.map(([, value]) => value).join(), JSON.stringify([cell.in, cell.processed, codes])]
      }),
  )
}

/** Entries of one map that the other does not have so. */
function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): number {
  return [...one].filter(([key, value]) => other.get(key) !== value).length
}

/** Lines of a CSV file as a map from its image (and label set) to the rest. */
function table(path: string, keys: number): ReadonlyMap<string, string> {
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1)
  return new Map(lines.map((line) => [line.split(',').slice(0, keys).join(), line.split(',').slice(keys).join()]))
}

/** Rows of the failure table: group, failed of attempted, verdict; as text, from the page or from the CSV. */
function failuresInCsv(path: string): ReadonlyMap<string, string> {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^(true|false),"failure-to-process"/.test(line))
  return new Map(lines.map((line) => [/"race race ([^"]+)"|"race ([^"]+)"/.exec(line)?.slice(1).join('') ?? '', line]))
}

describe('an audit of images of which some are bad in twenty ways, more in some groups than in others', () => {
  it('loses none, names each, shows which groups lost images, and decides the others as if the bad ones were not there', async () => {
    const folder = temporaryFolder()
    const phantom = await buildPhantom({
      world: worldOf(tries(500, 5_000)),
      folder: join(folder, 'phantom'),
      sampling: 'quota',
      seed: TORTURE_SEED,
    })
    const outside = join(folder, 'outside.png')
    writeFileSync(outside, 'x')
    const ways = await twentyWays(outside)
    expect(new Set(ways.map(({ name }) => name)).size).toBe(WAYS)
    const rows = rowsOf(phantom.labels)
    const spoiled = plant(rows, ways, tries(30, 300))
    for (const [row, { spoil }] of spoiled) spoil(join(phantom.images, row.file))
    const bad = new Map([...spoiled].map(([{ file }, { code }]) => [file, code]))

    const run = (labels: string, out: string): { status: number | null; text: string; at: string } => {
      const at = join(folder, out)
      const flags = ['--model', phantom.model, '--dataset', 'fairface', '--images', phantom.images, '--labels', labels]
      const ran = probity(['audit', ...flags, '--decisions', '--no-store', '--out', at])
      return { status: ran.status, text: ran.stdout + ran.stderr, at }
    }
    const all = run(phantom.labels, 'all')
    const lines = readFileSync(phantom.labels, 'utf8').split('\n')
    const good = join(folder, 'good.csv')
    writeFileSync(good, lines.filter((line) => !bad.has(line.split(',')[0])).join('\n'))
    const rest = run(good, 'rest')

    const [audit, restAudit] = [all, rest].map(
      ({ at }) => JSON.parse(readFileSync(join(at, 'audit.json'), 'utf8')) as AuditResult,
    )
    const quarantined = table(join(all.at, 'quarantine.csv'), 1)
    const [decisions, restDecisions] = [all, rest].map(({ at }) => table(join(at, 'decisions.csv'), 2))
    const counts = audit.facts.dataset.rows
    const unaccounted = audit.facts.dataset.cells.filter(
      (cell) => cell.in !== cell.processed + sum(cell.quarantined) + sum(cell.excluded),
    )
    const page = readFileSync(join(all.at, 'report.html'), 'utf8')
    const csv = failuresInCsv(join(all.at, 'contrasts.csv'))
    const failedOf = (race: string): [number, number] => {
      const inside = rows.filter((row) => row.race === race)
      return [inside.filter((row) => spoiled.has(row)).length, inside.length]
    }
    const races = [...new Set(rows.map(({ race }) => race))]
    const wrongInReport = races.filter((race) => {
      const [failed, of] = failedOf(race)
      const verdict = race === 'Black' ? 'Disparity, higher' : null
      const line = rowOfPage(page, race)
      return (
        !line.includes(`${failed} of ${of}`) ||
        (verdict !== null && !line.includes(verdict)) ||
        !(csv.get(race) ?? '').includes(`,${failed},${of},`) ||
        (verdict !== null && !(csv.get(race) ?? '').includes('"disparity","higher"'))
      )
    })
    const restPage = readFileSync(join(rest.at, 'report.html'), 'utf8')
    const zeros = races.filter((race) => !/ 0 of \d+/.test(rowOfPage(restPage, race)))

    settle({
      where: 'images',
      fault: `${spoiled.size} of ${rows.length} images bad in ${WAYS} ways, most of them of two groups`,
      tried: spoiled.size,
      lost:
        Math.abs(counts.in - rows.length) +
        Math.abs(counts.in - counts.processed - counts.quarantined - counts.excluded) +
        unaccounted.length +
        [...bad.keys()].filter((file) => !quarantined.has(file)).length +
        differing(restDecisions, decisions),
      wrong:
        differing(expectedCells(rows, spoiled), countedCells(audit.facts.dataset.cells)) +
        [...quarantined].filter(([file, rest_]) => rest_.split(',')[0] !== bad.get(file)).length +
        differing(decisions, restDecisions) +
        wrongInReport.length +
        zeros.length +
        Number(!flat(all.text).includes(`Black ${failedOf('Black').join(' of ')}, Disparity, higher`)) +
        Number(!flat(rest.text).includes(`by race: none in ${races.length} groups.`)) +
        Number(all.status !== 3) +
        Number(rest.status !== 0) +
        Number(audit.derived.gate.result !== 'evidence-incomplete') +
        Number(JSON.stringify(audit.facts.tallies) !== JSON.stringify(restAudit.facts.tallies)) +
        Number(/^\s+at .*:\d+/m.test(all.text + rest.text)),
    })
  })
})

function sum(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((total, [, count]) => total + count, 0)
}

/** Text of a terminal without its line breaks. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

/** The row of a group in the table of failures by race, without its tags. */
function rowOfPage(page: string, group: string): string {
  const from = page.indexOf('id="composition-0"')
  const rows = page.slice(from, page.indexOf('</table>', from)).split('<tr>')
  return (
    rows
      .find((row) => row.includes(`>${group}<`))
      ?.replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ') ?? ''
  )
}
