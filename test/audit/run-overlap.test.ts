import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readOverlapPlan, type OverlapPlanFlags } from '../../src/audit/definitions/read-overlap-plan.js'
import { runOverlap, type OverlapOutcome } from '../../src/audit/run-overlap.js'
import type { Progress } from '../../src/audit/tools.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { writeDrawnRun, type DrawnRun } from '../support/drawn-run.js'

const IMAGES = 60 // more than the 50 after which progress is said
const COPIED = ['0.png', '7.png']

const folder = temporaryFolder()
const reference = join(folder, 'reference')
let drawn: DrawnRun
const progress: Progress[] = []

/** 60 audited images, one of them broken; of the reference set two are copies, one is another image, and one is broken. */
beforeAll(async () => {
  drawn = await writeDrawnRun(folder, IMAGES)
  const other = await writeDrawnRun(join(folder, 'others'), 1, 2)
  mkdirSync(reference)
  for (const name of COPIED) copyFileSync(join(drawn.images, name), join(reference, `copy-of-${name}`))
  copyFileSync(join(other.images, '0.png'), join(reference, 'other.png'))
  for (const broken of [join(drawn.images, '3.png'), join(reference, 'broken.png')]) writeFileSync(broken, 'no image')
})

async function run(flags: OverlapPlanFlags, out: string): Promise<OverlapOutcome> {
  const { labels, images } = drawn
  const data = { dataset: 'csv', labels, images, map: ['race=race'], referenceImages: reference }
  const plan = await readOverlapPlan({ flags: { ...data, ...flags }, cwd: folder })
  const onProgress = (said: Progress): void => void progress.push(said)
  return runOverlap({ ...plan, out: join(folder, out) }, libraryTools({ threads: 1, onProgress }))
}
const overlapping = ({ found }: OverlapOutcome) => found.filter((one) => one.isOverlap).map(({ image }) => image)

/** A file of pairs in which a person marked those from some cosine on as the same. */
function markedPairs(name: string, mark: (cosine: number) => string): string {
  const rows = Array.from({ length: 400 }, (_, index) => 1 - index / 1000)
  const lines = rows.map((cosine, index) => `${index}.png,r.png,${cosine},,,${mark(cosine)}`)
  writeFileSync(join(folder, name), `image,reference,cosine,hashDistance,correlation,same\n${lines.join('\n')}\n`)
  return name
}

describe('the images that two sets share', () => {
  it('are found by their pixels alone; an image that cannot be read is named, and in neither answer', async () => {
    const outcome = await run({}, 'by-pixels')
    expect(overlapping(outcome)).toEqual(COPIED)
    expect(outcome.found).toHaveLength(IMAGES - 1)
    expect(outcome.found[0].pixels).toMatchObject({ reference: 'copy-of-0.png', hashDistance: 0 })
    expect(outcome.unreadable.map(({ set, image }) => [set, image])).toEqual([
      ['audited', '3.png'],
      ['reference', 'broken.png'],
    ])
    expect(outcome).toMatchObject({ referenceImages: 4, threshold: null, chosen: null })
    expect(outcome.written).toEqual([join(folder, 'by-pixels/overlap.csv')])
    expect(readFileSync(outcome.written[0], 'utf8')).toMatch(/^0\.png,yes,copy-of-0\.png,0,1,,$/m)
  })

  it('are counted while they are read and compared', () => {
    const said = progress.filter(({ stage }) => stage === 'comparing')
    expect(said).toContainEqual({ stage: 'comparing', what: 'audited', done: 50, total: IMAGES })
    expect(said).toContainEqual({ stage: 'comparing', what: 'reference', done: 4, total: 4 })
    expect(said.at(-1)).toEqual({ stage: 'comparing', what: 'pairs', done: IMAGES - 1, total: IMAGES - 1 })
  })

  it('come with the most similar pairs of a model, for a person to mark, and are decided by pixels until then', async () => {
    const outcome = await run({ model: [drawn.model] }, 'to-mark')
    expect(overlapping(outcome)).toEqual(COPIED)
    const [header, ...pairs] = readFileSync(join(folder, 'to-mark/overlap-pairs.csv'), 'utf8').trim().split('\n')
    expect(header).toBe('image,reference,cosine,hashDistance,correlation,same')
    const cosines = pairs.map((line) => Number(line.split(',')[2]))
    expect(cosines).toEqual([...cosines].sort((a, b) => b - a))
    expect(pairs.find((line) => line.startsWith('7.png'))).toMatch(/^7\.png,copy-of-7\.png,(1|0\.99999\d*),0,1,$/)
    expect(pairs).toHaveLength(IMAGES - 1)
  })

  it('are also those whose vectors reach a threshold that is given', async () => {
    const flags = { model: [drawn.model] }
    const strict = await run({ ...flags, threshold: '1' }, 'strict')
    const loose = await run({ ...flags, threshold: '-1' }, 'loose')
    expect([strict.threshold, loose.threshold]).toEqual([1, -1])
    expect(overlapping(strict)).toEqual(expect.arrayContaining(COPIED))
    expect(overlapping(loose)).toHaveLength(IMAGES - 1)
    expect(loose.written).toEqual([join(folder, 'loose/overlap.csv')]) // nothing is left to mark
  })

  it('are decided by a threshold that follows from marked pairs', async () => {
    const marked = markedPairs('marked.csv', (cosine) => (cosine > 0.7 ? 'yes' : 'no'))
    const outcome = await run({ model: [drawn.model], marked }, 'marked')
    expect(outcome.chosen?.same).toBeGreaterThan(200)
    expect(outcome.threshold).toBe(outcome.chosen?.threshold)
    for (const { isOverlap, vectors, pixels } of outcome.found)
      expect(isOverlap).toBe(
        (vectors?.cosine ?? -1) >= Math.fround(outcome.threshold ?? 2) || pixels?.hashDistance === 0,
      )
  })
})

describe('an overlap is refused', () => {
  it('where pairs are marked and no model is named that they were found with', async () => {
    const marked = markedPairs('without-model.csv', () => 'yes')
    await expect(run({ marked }, 'refused')).rejects.toThrow(
      'command line: --marked: expected a model beside it but received none. Marked pairs say how similar vectors of one picture are; name the model that the pairs were found with',
    )
  })

  it('where no cosine parts the marked pairs', async () => {
    const marked = markedPairs('unlike.csv', () => 'no')
    await expect(run({ model: [drawn.model], marked }, 'refused')).rejects.toThrow(
      'unlike.csv: same: expected a cosine from which at least 0.98 of the marked pairs are the same picture but received 0 of 400 the same, and none such.',
    )
  })

  it('where new pairs would take the place of marked ones', async () => {
    const out = join(folder, 'kept')
    mkdirSync(out)
    const [marked, file] = [markedPairs('pairs.csv', () => 'yes'), join(out, 'overlap-pairs.csv')]
    copyFileSync(join(folder, marked), file)
    const kept = readFileSync(file, 'utf8')
    await expect(run({ model: [drawn.model] }, 'kept')).rejects.toThrow(
      `${file}: --out: expected no marked pairs in the place of new ones but received a file with marks. Use them with --marked ${file}, or name another --out`,
    )
    expect(readFileSync(file, 'utf8')).toBe(kept)
  })
})
