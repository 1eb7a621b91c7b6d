import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { runOverlap, type OverlapOutcome } from '../../src/audit/run-overlap.js'
import { createRandom } from '../../src/audit/statistics/random.js'
import type { Tools } from '../../src/audit/tools.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { temporaryFolder } from './run-cli.js'

const FACES = sharedPath('data/fairface-val-balanced700/val')
const PORTRAITS = sharedPath('data/congress-114/images-102x125')
const PLANTED = 100

/** Altered copies of `PLANTED` images by seeded choice, a third of them resized, recompressed and cropped by 5 % (somewhere, not only around
 *  the centre) each. Other images of the reference set are copies of nothing. */
async function plant(images: readonly string[], folder: string): Promise<Set<string>> {
  const random = createRandom(1, 'overlap')
  mkdirSync(folder)
  const chosen = random.shuffle(images).slice(0, PLANTED)
  for (const [index, image] of chosen.entries()) {
    const bytes = readFileSync(image)
    const { width = 0, height = 0 } = await sharp(bytes).metadata()
    const altered = sharp(bytes)
    if (index % 3 === 0) altered.resize(Math.round(width * (0.5 + random.uniform())))
    if (index % 3 === 2) {
      const kept = { width: Math.round(width * 0.95), height: Math.round(height * 0.95) }
      const [left, top] = [random.below(width - kept.width + 1), random.below(height - kept.height + 1)]
      altered.extract({ left, top, ...kept })
    }
    const quality = index % 3 === 1 ? 30 + random.below(40) : 85
    writeFileSync(join(folder, `copy-${index}.jpg`), await altered.jpeg({ quality }).toBuffer())
  }
  return new Set(chosen)
}

const TOOLS: Tools = {
  version: 'test',
  now: () => 0,
  onProgress: () => {},
  stopwatch: () => ({ lap: () => {}, laps: () => [] }),
  describeRun: () => ({ createdUtc: '', durations: [], cacheHits: 0, commandLine: '', host: { node: '', os: '' } }),
}

describe.skipIf(FACES === null || PORTRAITS === null)(`1,240 real images (needs ${SHARED})`, () => {
  const folder = temporaryFolder()
  let planted: Set<string>
  let outcome: OverlapOutcome

  beforeAll(async () => {
    const images = [FACES ?? '', PORTRAITS ?? ''].flatMap((from) => readdirSync(from).map((name) => join(from, name)))
    expect(images).toHaveLength(1240)
    const reference = join(folder, 'reference')
    planted = await plant(images, reference)
    // images that are copies of nothing stand in the reference set as well: the audited half may not be taken for the other half
    const audited = images.filter((image, index) => planted.has(image) || index % 2 === 0)
    for (const [index, image] of images.entries())
      if (!audited.includes(image)) writeFileSync(join(reference, `other-${index}.jpg`), readFileSync(image))
    const labels = join(folder, 'people.csv')
    writeFileSync(labels, `image,set\n${audited.map((image) => `${image},a`).join('\n')}\n`)
    outcome = await runOverlap(
      {
        dataset: {
          ...{ format: 'csv', id: 'people', labels, images: '/', crop: null, where: [], unknownValues: 'refuse' },
          ...{ map: [{ attribute: 'set', column: 'set' }], followOutside: true, licence: null, simulated: false },
        },
        referenceImages: reference,
        ...{ model: null, resize: 'exact', threshold: null, marked: null, precision: 0.98, out: join(folder, 'out') },
      },
      TOOLS,
    )
  }, 240_000)

  it('finds 100 planted copies with precision and recall of at least 0.98', () => {
    const found = outcome.found.filter(({ isOverlap }) => isOverlap).map(({ image }) => image)
    const right = found.filter((image) => planted.has(image)).length
    expect(right / found.length).toBeGreaterThanOrEqual(0.98)
    expect(right / PLANTED).toBeGreaterThanOrEqual(0.98)
  })
  it('keeps copies and others far apart', () => {
    const correlations = (isCopy: boolean): number[] =>
      outcome.found.filter(({ image }) => planted.has(image) === isCopy).map(({ pixels }) => pixels?.correlation ?? -1)
    expect(Math.min(...correlations(true))).toBeGreaterThan(0.98)
    expect(Math.max(...correlations(false))).toBeLessThan(0.94)
  })
  it('writes one row an image, which an audit can join', () => {
    const [header, ...rows] = readFileSync(join(folder, 'out/overlap.csv'), 'utf8').trim().split('\n')
    expect(header).toBe('image,overlap,reference,hashDistance,correlation,similarReference,cosine')
    expect(rows).toHaveLength(outcome.found.length)
  })
})
