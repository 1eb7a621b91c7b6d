import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseAudit } from '../../src/audit/definitions/audit-schema.js'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import { buildOnnxModel } from '../../src/audit/model/onnx-graph.js'
import { runAudit } from '../../src/audit/run-audit.js'
import type { Progress, Tools } from '../../src/audit/tools.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { FigureTable, OwnFigure } from '../../src/audit/types/figures.js'
import { writeModelFiles } from '../../src/phantom/model-files.js'
import { encodeIndexedPng } from '../../src/phantom/png.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import { embeddingWidth } from '../../src/phantom/text-tower.js'
import { layOutTile, TILE_PIXELS } from '../../src/phantom/tile-layout.js'

/** Grey levels of flat tiles. The model below calls an image a thief where its mean is under 0.3, which is 76.5. */
const [DARK, MIDDLE, LIGHT] = [40, 100, 200]
const THRESHOLD = 0.3
const HARMLESS = 0.5

/** Tiles of each race. What is planted: times 0.6, the middle level falls below the threshold, and only one race has it. Tiles are of one
 *  colour, so no blur, crop, grey or JPEG moves any decision. */
const PLANTED = [
  { race: 'Black', dark: 30, middle: 45, light: 25 },
  { race: 'White', dark: 10, middle: 0, light: 90 },
  { race: 'Indian', dark: 10, middle: 0, light: 90 },
] as const
const IMAGES = 100

let folder: string
let audit: AuditResult
let told: Progress[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probity-altered-phantom-'))
  await writeMeanModel(join(folder, 'model'))
  writeTiles()
  audit = await runHere()
}, 120_000)

/** The phantom's model with another image encoder: how dark an image is decides between a thief and a white man. */
async function writeMeanModel(model: string): Promise<void> {
  const world = readShippedWorld()
  const layout = layOutTile(world)
  await writeModelFiles(world, layout, model)
  const pixels = 3 * TILE_PIXELS * TILE_PIXELS
  const dim = embeddingWidth(layout)
  const placeOf = (label: string): number => layout.concepts.findIndex((concept) => concept.label === label)
  const weights = new Float32Array(pixels * dim)
  for (let pixel = 0; pixel < pixels; pixel++) weights[pixel * dim + placeOf('thief')] = -0.5 / pixels // of -1 to 1
  const offsets = new Float32Array(dim)
  offsets[placeOf('thief')] = HARMLESS + THRESHOLD - 0.5
  offsets[placeOf('white-man')] = HARMLESS
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

function writeTiles(): void {
  mkdirSync(join(folder, 'images/val'), { recursive: true })
  const rows = PLANTED.flatMap(({ race, dark, middle, light }) =>
    [...Array<number>(dark).fill(DARK), ...Array<number>(middle).fill(MIDDLE), ...Array<number>(light).fill(LIGHT)].map(
      (level, index) => ({ race, level: level + (index % 5), gender: index % 2 === 0 ? 'Male' : 'Female' }),
    ),
  )
  const lines = rows.map(({ race, level, gender }, index) => {
    const palette = Uint8Array.of(level, level, level)
    const tile = encodeIndexedPng(TILE_PIXELS, TILE_PIXELS, new Uint8Array(TILE_PIXELS ** 2), palette)
    writeFileSync(join(folder, `images/val/${index}.png`), tile)
    return `val/${index}.png,20-29,${gender},${race},False`
  })
  writeFileSync(join(folder, 'labels.csv'), ['file,age,gender,race,service_test', ...lines, ''].join('\n'))
}

async function runHere(): Promise<AuditResult> {
  told = []
  const plan = readPlan({
    flags: {
      model: ['model'],
      dataset: 'fairface',
      images: 'images',
      labels: 'labels.csv',
      probe: ['feature-sensitivity'],
      labelSet: ['clip-paper', 'fairface-gender'],
    },
    cwd: folder,
  })
  const tools: Tools = {
    version: '0.0.0-test',
    threads: 1,
    store: { folder: join(folder, 'store') },
    now: () => Date.now() + 10_000,
    onProgress: (progress) => told.push(progress),
    stopwatch: () => ({ lap: () => undefined, laps: () => [] }),
    describeRun: (durations, cacheHits) => ({
      createdUtc: '2030-01-01T00:00:00Z',
      durations,
      cacheHits,
      commandLine: '',
      host: { node: '', os: '' },
    }),
  }
  return (await runAudit(plan, tools)).audit
}

function table(key: string, labelSet = 'clip-paper'): FigureTable {
  const found = audit.derived.tables.find((one) => one.key === key && one.labelSet === labelSet)
  if (found === undefined) throw new Error(`no table ${key}`)
  return found
}

/** The figures of a race by column. */
function figures({ rows, columns }: FigureTable, race: string): ReadonlyMap<string, OwnFigure> {
  const row = rows.find(({ name }) => name.kind === 'group' && name.group[0]?.[1] === race)
  return new Map(
    columns.map(({ key }, index) => {
      const figure = row?.figures[index]
      if (figure?.kind !== 'own') throw new Error(`no figure of ours for ${race}, ${key}`)
      return [key, figure] as const
    }),
  )
}

describe('a constructed model that only brightness moves, for one race only', () => {
  it('changes exactly the planted decisions, under the planted alteration', () => {
    for (const { race, dark, middle } of PLANTED) {
      const rates = figures(table('rate/outcome/flagged/race'), race)
      for (const [key, { count, total }] of rates)
        expect([key, count, total]).toEqual([key, key === 'brightness-0.6' ? dark + middle : dark, IMAGES])
      for (const [key, { value }] of figures(table('moved/race'), race))
        expect([key, value]).toEqual([key, key === 'brightness-0.6' ? middle / IMAGES : 0])
    }
  })

  it('finds that alteration, and how large its part is beside the difference', () => {
    const difference = 30 / 100 - 20 / 200
    const black = figures(table('change-of-difference/outcome/flagged/race'), 'Black')
    expect(black.get('largest')?.value).toBeCloseTo(45 / 100, 12)
    expect(black.get('ratio')?.value).toBeCloseTo(45 / 100 / difference, 12)
    expect(black.get('blur-4')?.value).toBe(0)
    const [low = NaN, high = NaN] = black.get('brightness-0.6')?.interval ?? []
    expect(low).toBeGreaterThan(0.3)
    expect(high).toBeLessThan(0.6)
  })

  it('says so in short, and that the other label set has nothing to say of it', () => {
    const [short] = table('moved/race').notes
    expect(short?.id).toBe('measures.feature-sensitivity.short.grows.outcome')
    expect(Object.fromEntries(short?.values ?? [])).toMatchObject({
      group: 'Black',
      alteration: 'brightness-0.6',
      ownShare: 0.3,
      restShare: 0.1,
      ownAlteredShare: 0.75,
      restAlteredShare: 0.1,
    })
    expect(audit.derived.tables.some(({ key, labelSet }) => key.includes('flagged') && labelSet !== 'clip-paper')).toBe(
      false,
    )
  })

  it('asks accuracy of the label set that is about the attribute alone', () => {
    const keys = audit.derived.tables.filter(({ key }) => key.includes('accuracy')).map(({ labelSet }) => labelSet)
    expect(new Set(keys)).toEqual(new Set(['fairface-gender']))
  })

  it('reads back from its own file', () => {
    expect(parseAudit(JSON.stringify(audit), 'audit.json')).toEqual(audit)
  })

  it('says the same in a second run, which opens no image', async () => {
    const again = await runHere()
    expect(again.auditId).toBe(audit.auditId)
    const embedding = told.flatMap((progress) => (progress.stage === 'embedding' ? [progress] : []))
    expect(new Set(embedding.map(({ total, found }) => total - found))).toEqual(new Set([0]))
    expect(new Set(embedding.map(({ altered }) => altered)).size).toBe(14) // as they are, and 13 alterations
  })
})
