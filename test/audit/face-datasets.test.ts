import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/audit/report/render-html.js'
import { parseAudit } from '../../src/audit/definitions/audit-schema.js'
import { readPlan, type PlanFlags } from '../../src/audit/definitions/read-plan.js'
import { runAudit, type AuditOutcome } from '../../src/audit/run-audit.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { buildPhantom, type PhantomFiles } from '../../src/phantom/build-phantom.js'
import { smallWorld } from '../phantom/worlds.js'
import { facetCsv } from './dataset/formats/facet-csv.js'
import { MIAP_HEADER, miapRow } from './dataset/formats/miap-csv.js'
import { testFolder } from './dataset/helpers.js'

const TILE = 40 // pixels of a side of the phantom's pictures
const PHOTOS = 12
const DATE = '20170117180731421'

/** Pictures with planted decisions in the layout of each dataset: every person must get the decision of the own picture. Two people stand in each
 *  photo of FACET and MIAP, so a box that cut out the other half, or both, would be seen. */
describe('a whole audit of', () => {
  const folder = testFolder()
  let files: PhantomFiles
  let planted: readonly string[]
  const tile = (person: number): string => join(files.images, 'val', `${person + 1}.png`)

  beforeAll(async () => {
    files = await buildPhantom({ world: smallWorld(), folder, sampling: 'quota', seed: 1 })
    const [header, ...rows] = readFileSync(files.truth, 'utf8').trimEnd().split('\n')
    const column = header.split(',').indexOf('clip-paper')
    planted = rows.map((row) => row.split(',')[column])
    mkdirSync(join(folder, 'photos'))
    for (let photo = 0; photo < PHOTOS; photo++) await drawPhoto(photo)
  }, 60_000)

  /** Two people side by side: the left half is one picture of the phantom, the right half another. */
  async function drawPhoto(photo: number): Promise<void> {
    const halves = [0, 1].map((half) => ({ input: tile(2 * photo + half), left: half * TILE, top: 0 }))
    const paper = { width: 2 * TILE, height: TILE, channels: 3 as const, background: '#fff' }
    await sharp({ create: paper })
      .composite(halves)
      .png()
      .toFile(join(folder, 'photos', `${photo}.jpg`))
  }

  function audit(flags: PlanFlags, store: string | null = null): Promise<AuditOutcome> {
    const plan = readPlan({ cwd: folder, flags: { model: ['phantom-model'], labelSet: ['clip-paper'], ...flags } })
    return runAudit(plan, libraryTools({ threads: 1, ...(store === null ? {} : { store: { folder: store } }) }))
  }

  /** The label that each row was given, by its id; null where it has none. */
  function decided({ audit: { facts }, decisions }: AuditOutcome): readonly (string | null)[] {
    const [{ labels }] = facts.labelSets
    return [...decisions[0].decisions[0].winner].map((winner) => (winner < 0 ? null : labels[winner].id))
  }

  it('UTKFace decides on each image as planted, and its report says who labelled it and what it may be used for', async () => {
    const images = join(folder, 'UTKFace')
    mkdirSync(images)
    const people = Array.from({ length: 2 * PHOTOS }, (_, person) => person)
    const nameOf = (person: number): string => `${10 + person}_${person % 2}_${person % 5}_${DATE}.jpg.chip.jpg`
    for (const person of people) writeFileSync(join(images, nameOf(person)), readFileSync(tile(person)))
    writeFileSync(join(images, '39_1_20170116174525125.jpg.chip.jpg'), readFileSync(tile(0)))
    const outcome = await audit({ dataset: 'utkface', images: 'UTKFace' })
    const labels = decided(outcome)
    for (const person of people) expect(labels[outcome.dataset.images.indexOf(nameOf(person))]).toBe(planted[person])
    const { dataset } = outcome.audit.facts
    expect(dataset.rows).toEqual({ in: 25, processed: 24, quarantined: 1, excluded: 0 })
    const groups = new Set(outcome.audit.derived.rates.flatMap(({ group }) => (group ?? []).map(([, value]) => value)))
    for (const value of ['Others', 'Male', '20-29', '0-19']) expect(groups).toContain(value) // 0-19: bands of ages as FairFace has them
    const html = renderHtml(outcome.audit)
    expect(html).toContain('Groups were assigned by a machine, whose own errors enter every figure.')
    expect(html).toMatch(/Permitted use<\/dt><dd>Said to be for non-commercial research only/)
    expect(html).toContain('age: numbers, in bands that begin at 0, 3, 10, 20, 30, 40, 50, 60, 70')
  }, 60_000)

  it('FACET decides on each person by the box of that person', async () => {
    const people = Array.from({ length: 2 * PHOTOS }, (_, person) => ({
      person: `${person}`,
      file: `${person >> 1}.jpg`,
      gender: person % 3 === 0 ? ('masc' as const) : ('fem' as const),
      age: 'young' as const,
      tones: { [1 + (person % 10)]: 2 },
      box: `{'x': ${(person % 2) * TILE}, 'y': 0, 'width': ${TILE}, 'height': ${TILE}}`,
    }))
    const tooSmall = { ...people[0], person: '98', box: "{'x': 0, 'y': 0, 'width': 12, 'height': 40}" }
    const outside = { ...people[0], person: '99', box: "{'x': 60, 'y': 0, 'width': 40, 'height': 40}" }
    writeFileSync(join(folder, 'annotations.csv'), facetCsv([...people, tooSmall, outside]))
    const outcome = await audit({ dataset: 'facet', images: 'photos', labels: 'annotations.csv' })
    expect(decided(outcome)).toEqual([...planted.slice(0, 2 * PHOTOS), null, null])
    expect([...outcome.dataset.quarantined].map(([row, { code }]) => [row, code])).toEqual([
      [24, 'box.small'],
      [25, 'box.outside'],
    ])
    const { dataset } = outcome.audit.facts
    expect([dataset.subjects, dataset.boxes]).toEqual([PHOTOS, { rows: 26, padding: 0 }])
    expect(dataset.duplicates?.images).toBe(0) // one file, many people
    expect(renderHtml(outcome.audit)).toContain('26 rows are parts of photos')
    expect(parseAudit(JSON.stringify(outcome.audit), 'audit.json').facts.dataset).toEqual(dataset)
  }, 60_000)

  it('FACET keeps the vector of each box in the store, and of the same box with padding another', async () => {
    const flags = { dataset: 'facet', images: 'photos', labels: 'annotations.csv' }
    const store = join(folder, 'store')
    await audit(flags, store)
    const again = await audit(flags, store)
    expect(again.audit.run.cacheHits).toBe(2 * PHOTOS)
    expect(decided(again).slice(0, 2 * PHOTOS)).toEqual(planted.slice(0, 2 * PHOTOS))
    const padded = await audit({ ...flags, boxPadding: '0.5' }, store)
    expect(padded.audit.run.cacheHits).toBe(0)
  }, 60_000)

  it('MIAP decides on each box, and leaves groups out', async () => {
    const rows = Array.from({ length: 2 * PHOTOS }, (_, person) =>
      miapRow({
        image: `${person >> 1}`,
        box: [(person % 2) / 2, (1 + (person % 2)) / 2, 0, 1],
        gender: person % 3 === 0 ? 'Predominantly Masculine' : 'Predominantly Feminine',
        age: 'Middle',
      }),
    )
    const group = miapRow({ image: '0', box: [0, 1, 0, 1], isGroupOf: 1 })
    writeFileSync(join(folder, 'miap.csv'), [MIAP_HEADER, ...rows, group, ''].join('\n'))
    const outcome = await audit({ dataset: 'miap', images: 'photos', labels: 'miap.csv' })
    expect(decided(outcome).slice(0, 2 * PHOTOS)).toEqual(planted.slice(0, 2 * PHOTOS))
    expect(outcome.audit.facts.dataset.rows).toEqual({ in: 25, processed: 24, quarantined: 0, excluded: 1 })
  }, 60_000)

  it('a table of boxes decides alike, in pixels or as shares', async () => {
    const table = (unit: number) =>
      ['file,x,y,w,h,gender', ...Array.from({ length: 4 }, (_, person) => `${person >> 1}.jpg,${((person % 2) * TILE) / unit},0,${TILE / unit},${TILE / (unit === 1 ? 1 : TILE)},g${person % 2}`), ''].join('\n') // prettier-ignore
    writeFileSync(join(folder, 'pixels.csv'), table(1))
    writeFileSync(join(folder, 'shares.csv'), table(2 * TILE))
    writeFileSync(join(folder, 'shares.yaml'), 'dataset: { format: csv, labels: shares.csv, images: photos, boxUnit: share, columns: { image: file, box: [x, y, w, h] }, attributes: { gender: { column: gender } } }\n') // prettier-ignore
    const map = ['image=file', 'gender=gender', 'box=x,y,w,h']
    const pixels = await audit({ dataset: 'csv', images: 'photos', labels: 'pixels.csv', map })
    expect(decided(pixels)).toEqual(planted.slice(0, 4))
    const plan = readPlan({ cwd: folder, file: 'shares.yaml', flags: { model: ['phantom-model'], labelSet: ['clip-paper'] } }) // prettier-ignore
    expect(decided(await runAudit(plan, libraryTools({ threads: 1 })))).toEqual(planted.slice(0, 4))
  }, 60_000)
})
