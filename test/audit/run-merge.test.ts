import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import { runEmbed } from '../../src/audit/run-embed.js'
import { runMerge } from '../../src/audit/run-merge.js'
import type { MergeOutcome } from '../../src/audit/run-merge.js'
import type { Plan } from '../../src/audit/types/definitions.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { writeDrawnRun } from '../support/drawn-run.js'

const IMAGES = 24

let folder: string
let plan: Plan

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'run-merge-'))
  const { model, labels, images } = await writeDrawnRun(folder, IMAGES)
  writeFileSync(join(images, '5.png'), 'no image')
  plan = readPlan({ flags: { model: [model], dataset: 'csv', labels, images, map: ['race=race'], where: ['race=A,C'], labelSet: ['clip-paper'] }, cwd: folder }) // prettier-ignore
})
afterEach(() => rmSync(folder, { recursive: true }))

const store = (name: string): string => join(folder, name)

async function embed(name: string, number: number, of: number, more: { batch?: number } = {}): Promise<void> {
  const tools = libraryTools({ store: { folder: store(name) }, threads: 1, batch: 4, ...more })
  await runEmbed(plan, tools, { shard: { number, of } })
}

const merge = (target: string, ...stores: readonly string[]): Promise<MergeOutcome> =>
  runMerge({ stores: stores.map(store), target: store(target), dataset: plan.dataset })

/** One byte of every vector of a space is another. */
function damage(name: string): void {
  const spaces = join(store(name), 'spaces')
  for (const space of readdirSync(spaces))
    for (const file of readdirSync(join(spaces, space)).filter((each) => each.endsWith('.f32'))) {
      const path = join(spaces, space, file)
      writeFileSync(
        path,
        readFileSync(path).map((byte, place) => (place % 16 === 0 ? byte ^ 1 : byte)),
      )
    }
}

describe('shards of one store', () => {
  it('are complete once each is done, and every row is counted once', async () => {
    for (const number of [1, 2, 3]) await embed('s', number, 3)
    const { isComplete, merged } = await merge('s')
    expect(isComplete).toBe(true)
    expect(merged).toMatchObject([{ of: 3, shards: { done: [1, 2, 3] }, rows: { in: IMAGES, processed: 15, quarantined: 1, excluded: 8 } }]) // prettier-ignore
    expect(merged[0].quarantined).toEqual([['image.format', 1]])
    expect(merged[0].embeddedWith).toHaveLength(1)
  })

  it('are told apart where one is missing, and where settings differ', async () => {
    await embed('s', 1, 3)
    await embed('s', 3, 3, { batch: 8 })
    const { isComplete, merged } = await merge('s')
    expect(isComplete).toBe(false)
    expect(merged[0].shards).toEqual({ done: [1, 3], begun: [], missing: [2], lost: [] })
    expect(merged[0].embeddedWith).toHaveLength(2)
  })

  it('are lost where their vectors are damaged', async () => {
    for (const number of [1, 2]) await embed('s', number, 2)
    const [space] = readdirSync(join(store('s'), 'spaces'))
    for (const file of readdirSync(join(store('s'), 'spaces', space)).filter((each) => each.startsWith('000001')))
      rmSync(join(store('s'), 'spaces', space, file))
    const { isComplete, merged } = await merge('s')
    expect([isComplete, merged[0].shards.lost.length]).toEqual([false, 1])
  })

  it('count in the division that is complete, where a dataset was shared out twice', async () => {
    await embed('s', 1, 5)
    for (const number of [1, 2]) await embed('s', number, 2)
    const { isComplete, merged } = await merge('s')
    expect([isComplete, merged.map(({ of }) => of)]).toEqual([true, [2]])
  })

  it('whose notes are damaged count as not done', async () => {
    await embed('s', 1, 1)
    const [work] = readdirSync(join(store('s'), 'shards'))
    appendFileSync(join(store('s'), 'shards', work, '1-of-1.json'), 'x')
    await embed('s', 1, 2)
    const { damagedRecords, merged } = await merge('s')
    expect([damagedRecords, merged[0].of]).toEqual([1, 2])
  })
})

describe('stores on disks of their own', () => {
  it('are brought together without a vector changed, and nothing is copied twice', async () => {
    for (const number of [1, 2]) await embed(`s${number}`, number, 2)
    const { copied, isComplete } = await merge('all', 's1', 's2')
    expect(isComplete).toBe(true)
    expect(copied.map(({ vectors, damaged }) => [vectors > 0, damaged])).toEqual([[true, 0], [true, 0]]) // prettier-ignore
    expect((await merge('all', 's1', 's2')).copied.map(({ vectors }) => vectors)).toEqual([0, 0])
    const [{ rows }] = await runEmbed(plan, libraryTools({ store: { folder: store('all') }, threads: 1, batch: 4 }))
    expect([rows.found, rows.embedded, rows.quarantined]).toEqual([15, 0, 1])
  })

  it('keep damaged vectors to themselves, and their shard is not done', async () => {
    for (const number of [1, 2]) await embed(`s${number}`, number, 2)
    damage('s2')
    const { copied, isComplete, merged } = await merge('all', 's1', 's2')
    expect(copied[1].damaged).toBeGreaterThan(0)
    expect([isComplete, merged[0].shards]).toMatchObject([false, { done: [1], lost: [2] }])
  })

  it('are merged although one of them never remembered a file', async () => {
    await embed('s1', 1, 1)
    rmSync(join(store('s1'), 'files'), { recursive: true, force: true })
    expect((await merge('all', 's1')).isComplete).toBe(true)
  })

  it('both of which know a file leave a note of what the other knew', async () => {
    await embed('s1', 1, 1)
    cpSync(store('s1'), store('s2'), { recursive: true })
    expect((await merge('s2', 's1')).isComplete).toBe(true)
  })
})

describe('nothing to merge', () => {
  it('is said of a folder that is none, of an empty one, and of shards of another dataset', async () => {
    await expect(merge('all', 'nowhere')).rejects.toMatchObject({ code: 'merge.store' })
    mkdirSync(store('empty'))
    await expect(merge('empty')).rejects.toThrow('shards that were embedded into this store but received none')
    await embed('s', 1, 1)
    plan = { ...plan, dataset: { ...plan.dataset, where: [] } }
    await expect(merge('s')).rejects.toThrow('of other datasets, or of other rows of this one')
  })
})
