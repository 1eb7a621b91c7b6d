import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import type { PlanFlags } from '../../src/audit/definitions/plan-flags.js'
import { buildOnnxModel } from '../../src/audit/model/onnx-graph.js'
import { runAudit } from '../../src/audit/run-audit.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { writeModelFiles } from '../../src/phantom/model-files.js'
import { encodeIndexedPng } from '../../src/phantom/png.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import { embeddingWidth } from '../../src/phantom/text-tower.js'
import { TILE_PIXELS, layOutTile } from '../../src/phantom/tile-layout.js'
import { BOOLEAN, INTEGER, classLabel, hubFeatures, hubSchema, writeParquet } from './dataset/parquet-helpers.js'

/** Dark tiles are called thieves by the model below: 12 of 20 Black, 3 of 20 White. */
const PEOPLE = (['Black', 'White'] as const).flatMap((race) =>
  Array.from({ length: 20 }, (_, index) => ({
    name: `${race.toLowerCase()}-${index}.png`,
    race,
    gender: index % 2 === 0 ? 'Male' : 'Female',
    level: (index < (race === 'Black' ? 12 : 3) ? 20 : 180) + index + (race === 'Black' ? 0 : 30),
  })),
)
const AGE = '20-29'

const folder = mkdtempSync(join(tmpdir(), 'probity-containers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

function png(level: number): Uint8Array {
  return encodeIndexedPng(
    TILE_PIXELS,
    TILE_PIXELS,
    new Uint8Array(TILE_PIXELS ** 2),
    Uint8Array.of(level, level, level),
  )
}

/** The phantom's model with another image encoder: an image is a thief where its mean is under 0.4 of white. */
async function writeMeanModel(model: string): Promise<void> {
  const world = readShippedWorld()
  const layout = layOutTile(world)
  await writeModelFiles(world, layout, model)
  const [pixels, dim] = [3 * TILE_PIXELS * TILE_PIXELS, embeddingWidth(layout)]
  const placeOf = (label: string): number => layout.concepts.findIndex((concept) => concept.label === label)
  const weights = new Float32Array(pixels * dim)
  for (let pixel = 0; pixel < pixels; pixel++) weights[pixel * dim + placeOf('thief')] = -0.5 / pixels
  const offsets = new Float32Array(dim)
  offsets[placeOf('thief')] = 0.4
  offsets[placeOf('white-man')] = 0.5
  offsets[dim - 1] = 1
  const vision = buildOnnxModel({
    name: 'mean_vision',
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, TILE_PIXELS, TILE_PIXELS] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: ['batch', dim] }],
    initializers: [
      { name: 'weights', type: 'float32', dims: [pixels, dim], data: weights },
      { name: 'offsets', type: 'float32', dims: [dim], data: offsets },
    ],
    nodes: [
      { op: 'Flatten', inputs: ['pixel_values'], outputs: ['flat'] },
      { op: 'Gemm', inputs: ['flat', 'weights', 'offsets'], outputs: ['image_embeds'] },
    ],
  })
  writeFileSync(join(model, 'onnx/vision_model.onnx'), vision)
}

/** The last one counts what it read: images of which the store knew nothing. */
async function audit(flags: PlanFlags, store = 'store'): Promise<{ audit: AuditResult; embedded: number }> {
  let embedded = 0
  const plan = readPlan({ flags: { model: ['model'], labelSet: ['clip-paper'], ...flags }, cwd: folder })
  const outcome = await runAudit(plan, {
    version: 'test',
    threads: 1,
    store: { folder: at(store) },
    now: () => Date.now() + 10_000, // every file is old enough to be remembered
    onProgress: (progress) => {
      if (progress.stage === 'embedding') embedded = progress.total - progress.found
    },
    stopwatch: () => ({ lap: () => {}, laps: () => [] }),
    describeRun: (durations, cacheHits) => ({ createdUtc: '2030-01-01T00:00:00Z', durations, cacheHits, commandLine: '', host: { node: '', os: '' } }), // prettier-ignore
  })
  return { audit: outcome.audit, embedded }
}

const MAP = ['race=race', 'gender=gender']
/** What an audit found, without where it found it. */
const found = ({ facts }: AuditResult): unknown => {
  expect(facts.tallies.length).toBeGreaterThan(0)
  return { rows: facts.dataset.rows, attributes: facts.dataset.attributes, tallies: facts.tallies }
}

let plain: AuditResult
const tarOf = (name: string, format: string): string => {
  execFileSync('tar', [
    `--format=${format}`,
    '-cf',
    at(name),
    '-C',
    at('samples'),
    ...readdirSync(at('samples')).sort(),
  ])
  return name
}

beforeAll(async () => {
  await writeMeanModel(at('model'))
  for (const name of ['images', 'samples', 'hub', 'wds']) mkdirSync(at(name))
  for (const { name, race, gender, level } of PEOPLE) {
    writeFileSync(at(`images/${name}`), png(level))
    writeFileSync(at(`samples/${name}`), png(level))
    writeFileSync(at(`samples/${name.replace('.png', '.json')}`), JSON.stringify({ race, gender, more: { age: AGE } }))
    for (const path of [`by-race/${race}`]) {
      mkdirSync(at(path), { recursive: true })
      writeFileSync(at(`${path}/${name}`), png(level))
    }
  }
  const rows = PEOPLE.map(({ name, race, gender }) => `${name},${race},${gender}\n`)
  writeFileSync(at('labels.csv'), `file,race,gender\n${rows.join('')}`)
  writeFileSync(at('images/metadata.csv'), `file_name,race,gender\n${rows.join('')}`)
  plain = (await audit({ dataset: 'csv', labels: 'labels.csv', images: 'images', map: MAP })).audit
}, 60_000)

const RACES = classLabel('Indian', 'Black', 'White')
function writeHub(path: string, people = PEOPLE, rowGroupSize = 7): string {
  const data = people.map(({ name, level }) => ({ bytes: png(level), path: name }))
  const columns = [
    { name: 'image', data },
    { name: 'age', data: people.map(() => 3n) },
    { name: 'gender', data: people.map(({ gender }) => (gender === 'Male' ? 0n : 1n)) },
    { name: 'race', data: people.map(({ race }) => BigInt(RACES.names.indexOf(race))) },
    { name: 'service_test', data: people.map((_, row) => row % 2 === 0) },
  ]
  const features = { race: RACES, gender: classLabel('Male', 'Female'), age: classLabel('0-2', '3-9', '10-19', AGE) }
  return writeParquet(at(path), columns, {
    schema: hubSchema([INTEGER('age'), INTEGER('gender'), INTEGER('race'), BOOLEAN('service_test')]),
    kvMetadata: hubFeatures(features),
    rowGroupSize,
  })
}

describe('an audit of images inside containers', { timeout: 60_000 }, () => {
  it('finds what is planted in plain files', () => {
    const rates = plain.derived.rates.filter(({ outcome, groupBy, group }) => outcome === 'crime' && groupBy.join() === 'race' && group !== null) // prettier-ignore
    expect(rates.map(({ group, count, total }) => [group?.[0][1], count, total])).toEqual([
      ['Black', 12, 20],
      ['White', 3, 20],
    ])
  })

  it('of Parquet finds the same, names classes by the footer, and opens no image a second time', async () => {
    writeHub('hub/train-00000-of-00002.parquet', PEOPLE.slice(0, 25))
    writeHub('hub/train-00001-of-00002.parquet', PEOPLE.slice(25))
    const flags = { dataset: 'parquet', labels: 'hub', map: MAP }
    const first = await audit(flags, 'store-hub')
    expect(found(first.audit)).toEqual(found(plain))
    expect(first.embedded).toBe(PEOPLE.length)
    const sources = readdirSync(at('hub')).map((name) => createHash('sha256').update(readFileSync(at(`hub/${name}`))).digest('hex')) // prettier-ignore
    expect(first.audit.facts.dataset.sources.map(({ sha256, rows }) => [sha256, rows])).toEqual([[sources[0], 25], [sources[1], 15]]) // prettier-ignore
    const again = await audit(flags, 'store-hub')
    expect(again.embedded).toBe(0)
    expect([again.audit.facts, again.audit.derived]).toEqual([first.audit.facts, first.audit.derived])
    const other = await audit({ dataset: 'parquet', images: 'hub', map: MAP }, 'store-hub')
    expect(found(other.audit)).toEqual(found(plain))
  })

  it('of FairFace as Parquet needs no map', async () => {
    writeHub('fairface.parquet')
    const { audit: fairface } = await audit({ dataset: 'fairface', labels: 'fairface.parquet', crop: '0.25' })
    expect(fairface.facts.dataset.attributes.map(({ name }) => name)).toEqual(['race', 'gender', 'age', 'service_test'])
    expect(fairface.facts.dataset.rows.processed).toBe(PEOPLE.length)
  })

  it.each(['gnu', 'pax', 'ustar'])('of a WebDataset written by tar as %s finds the same', async (format) => {
    const images = tarOf(`wds/${format}.tar`, format)
    const { audit: tar } = await audit({ dataset: 'webdataset', images, map: MAP })
    expect(found(tar)).toEqual(found(plain))
  })

  it('of a WebDataset opens no image a second time, and reads it again once it was changed', async () => {
    const flags = { dataset: 'webdataset', images: tarOf('again.tar', 'gnu'), map: ['race=race', 'age=more.age'] }
    expect((await audit(flags, 'store-tar')).embedded).toBe(PEOPLE.length)
    expect((await audit(flags, 'store-tar')).embedded).toBe(0)
    const before = readFileSync(at('again.tar'))
    const start = before.indexOf(Buffer.from('PLTE')) + 4
    before.fill(1, start, start + 3) // another grey, and a checksum that does not fit
    writeFileSync(at('again.tar'), before)
    utimesSync(at('again.tar'), new Date(1e12), new Date(1e12))
    const changed = await audit(flags, 'store-tar')
    expect(changed.audit.facts.dataset.rows).toMatchObject({ processed: PEOPLE.length - 1, quarantined: 1 })
    const kept = filesBelow(at('store-tar')).map((file) => readFileSync(file).toString('latin1'))
    expect(kept.length).toBeGreaterThan(1)
    expect(kept.filter((text) => text.includes('black-1') || text.includes('again.tar'))).toEqual([])
  })

  it('of an image folder finds the same by its metadata, and by the names of its folders', async () => {
    const byMetadata = await audit({ dataset: 'imagefolder', images: 'images', map: MAP })
    expect(found(byMetadata.audit)).toEqual(found(plain))
    const byName = await audit({ dataset: 'imagefolder', images: 'by-race', map: ['race=folder'] })
    const race = byName.audit.facts.dataset.attributes.find(({ name }) => name === 'race')
    expect(race).toMatchObject({ labelledBy: 'folder-name' })
    expect(byName.audit.facts.dataset.rows.processed).toBe(PEOPLE.length)
  })
})

function filesBelow(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path]
}
