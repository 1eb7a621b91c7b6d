import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import { Interrupted } from '../../src/audit/errors.js'
import { runEmbed } from '../../src/audit/run-embed.js'
import { runPlan } from '../../src/audit/run-plan.js'
import type { Tools } from '../../src/audit/tools.js'
import type { Plan } from '../../src/audit/types/definitions.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { writeDrawnRun } from '../support/drawn-run.js'

const IMAGES = 200
const BATCH = 8

let folder: string
let plan: Plan
let store: { readonly folder: string }

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'run-plan-'))
  store = { folder: join(folder, 'store') }
  const { model, labels, images } = await writeDrawnRun(folder, IMAGES)
  const flags = { model: [model], dataset: 'csv', labels, images, map: ['race=race'], labelSet: ['clip-paper'] }
  plan = readPlan({ flags, cwd: folder })
})

afterEach(() => rmSync(folder, { recursive: true }))

/** Tools whose clock says of every lap that it took as long. */
function tools(secondsALap: number, more: Partial<Tools> = {}): Tools {
  const stopwatch = () => {
    const laps: [string, number][] = []
    return { lap: (stage: string) => void laps.push([stage, secondsALap]), laps: () => laps }
  }
  return { ...libraryTools({ store, threads: 1, batch: BATCH }), stopwatch, ...more }
}

describe('the forecast of a plan', () => {
  it('tells back the pace of the measurement, for the images that are left (planted: four seconds a batch)', async () => {
    const [model] = (await runPlan(plan, tools(4))).models
    expect(model.pace?.perSecond.middle).toBe(BATCH / 4)
    const [{ images, stored }] = model.passes
    expect(images).toBe(IMAGES)
    expect(model.seconds.embedding?.middle).toBe((IMAGES - stored) / 2)
    expect(model.storeBytes).toBe((IMAGES - stored) * (4 * model.dim + 160))
  })

  it('leaves out of opening what trying numbers of threads took, where the run finds them in the store (planted: four seconds a lap)', async () => {
    const opening = async (more: Partial<Tools>) => (await runPlan(plan, tools(4, more))).models[0].seconds.open
    expect(await opening({ threads: 'auto', store: null })).toBe(3 * 4) // before, meanwhile and after
    expect(await opening({ threads: 'auto' })).toBe(2 * 4)
    expect(await opening({})).toBe(4)
  })

  it('stops measuring after ten seconds, and three batches at least', async () => {
    const [{ passes: slow }] = (await runPlan(plan, tools(60))).models
    expect(slow[0].stored).toBeLessThanOrEqual(5 * BATCH) // two more are under way when it stops
    expect(slow[0].stored).toBeGreaterThanOrEqual(3 * BATCH)
  })

  it('keeps what was embedded on the way, so that the run itself finds it', async () => {
    const [{ passes }] = (await runPlan(plan, tools(4))).models
    const [{ rows }] = await runEmbed(plan, tools(4))
    expect(rows.found).toBe(passes[0].stored)
    expect(rows.found + rows.embedded).toBe(IMAGES)
  })

  it('has nothing to embed once everything is stored', async () => {
    const later = { now: () => Date.now() + 10_000 } // a file that was written just now is read again
    await runEmbed(plan, tools(4, later))
    const { seconds, models, disk } = await runPlan(plan, tools(4, later))
    expect(models[0].seconds.embedding).toEqual({ low: 0, middle: 0, high: 0 })
    expect(models[0].pace).toBeNull()
    expect(disk.needed).toBe(0)
    expect(disk.free).toBeGreaterThan(0)
    expect(seconds?.middle).toBeGreaterThan(0) // opening and scoring
  })

  it('knows how long it takes to read images again whose files are not remembered', async () => {
    await runEmbed(plan, tools(4))
    const [{ pace, passes }] = (await runPlan(plan, tools(4))).models
    expect(pace?.timed).toBeGreaterThan(0)
    expect(passes[0].stored).toBeGreaterThan(0)
  })

  it('counts every alteration of a probe as a pass of its own', async () => {
    const asked = { ...plan, probes: readPlan({ flags: { ...flagsOf(plan), probe: ['feature-sensitivity'] }, cwd: folder }).probes } // prettier-ignore
    const [{ passes, seconds }] = (await runPlan(asked, tools(4))).models
    const altered = passes.filter(({ what }) => what === 'altered')
    expect(altered.length).toBeGreaterThan(1)
    expect(altered.every(({ images, stored }) => images === IMAGES && stored === 0)).toBe(true)
    expect(seconds.embedding?.middle).toBe((IMAGES - passes[0].stored + IMAGES * altered.length) / 2)
  })

  it('ends as the user asks', async () => {
    const stop = new AbortController()
    const asked = tools(4, { signal: stop.signal })
    stop.abort()
    await expect(runPlan(plan, asked)).rejects.toBeInstanceOf(Interrupted)
  })
})

describe('a run that asks whether it may go on', () => {
  it('keeps what it has and ends as interrupted where it may not', async () => {
    const asked: number[] = []
    const mayGoOn: Tools['mayGoOn'] = ({ done }) => {
      asked.push(done)
      return Promise.resolve(asked.length < 3)
    }
    await expect(runEmbed(plan, tools(1, { mayGoOn }))).rejects.toBeInstanceOf(Interrupted)
    expect(asked).toHaveLength(3)
    const [{ rows }] = await runEmbed(plan, tools(1))
    expect(rows.found).toBeGreaterThanOrEqual(asked[2])
    expect(rows.found).toBeLessThan(IMAGES)
    expect(rows.found + rows.embedded).toBe(IMAGES)
  })
})

function flagsOf({ models, dataset }: Plan) {
  const map = dataset.map.map(({ attribute, column }) => `${attribute}=${column}`)
  return { model: [...models], dataset: 'csv', labels: dataset.labels, images: dataset.images ?? '', map, labelSet: ['clip-paper'] } // prettier-ignore
}
