import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEmbeddingPlan } from '../../../src/audit/definitions/read-embedding-plan.js'
import { readPlan } from '../../../src/audit/definitions/read-plan.js'
import { settlePace } from '../../../src/audit/embedding/settle-pace.js'
import type { OpenProbed } from '../../../src/audit/model/probe-pace.js'
import { runAudit } from '../../../src/audit/run-audit.js'
import { runEmbed } from '../../../src/audit/run-embed.js'
import { runPlan } from '../../../src/audit/run-plan.js'
import type { Progress, Tools } from '../../../src/audit/tools.js'
import type { PaceChoice } from '../../../src/audit/types/pace.js'
import { libraryTools } from '../../../src/library/library-tools.js'
import { writeDrawnRun } from '../../support/drawn-run.js'
import type { DrawnRun } from '../../support/drawn-run.js'
import { fakeVision, writeFakeModel } from '../model/fake-model.js'

const CORES = availableParallelism()

let root: string
let run: DrawnRun
let second: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'settle-pace-'))
  run = await writeDrawnRun(root, 40)
  second = writeFakeModel(join(root, 'second'), { 'onnx/vision_model.onnx': fakeVision({ weight: (index) => index % 5 }) }) // prettier-ignore
})
afterAll(() => rmSync(root, { recursive: true }))

let told: Progress[]
beforeEach(() => {
  told = []
})

/** The clock leaps, so that no candidate is run more often than it must be: nothing here depends on how fast this machine is. */
function toolsOf(more: Parameters<typeof libraryTools>[0] = {}): Tools {
  let time = 0
  const onProgress = (progress: Progress): void => void told.push(progress)
  return { ...libraryTools({ threads: 'auto', batch: 'auto', onProgress, ...more }), now: () => (time += 4000) }
}

const data = () => ({ model: [run.model], dataset: 'csv', labels: run.labels, images: run.images, map: ['race=race'] }) as const // prettier-ignore
const flags = () => ({ ...data(), labelSet: ['clip-paper'] })
const embed = async (more: Parameters<typeof libraryTools>[0] = {}) =>
  runEmbed(await readEmbeddingPlan({ flags: data(), cwd: root }), toolsOf(more))
const audit = async (more: Parameters<typeof libraryTools>[0] = {}) =>
  (await runAudit(readPlan({ flags: flags(), cwd: root }), toolsOf(more))).audit

const paces = () => told.flatMap((progress) => (progress.stage === 'pace' ? [progress] : []))
const probes = (): number => paces().filter(({ choice }) => choice === null).length
const taken = (): PaceChoice => paces().at(-1)?.choice ?? { threads: null, batch: null }

describe('threads and batch that are left open', () => {
  it('are looked for by a run without vectors, told before the first image, and recorded with the vectors', async () => {
    const { facts } = await audit()
    expect(told.findIndex(({ stage }) => stage === 'pace')).toBeLessThan(told.findIndex(({ stage }) => stage === 'embedding')) // prettier-ignore
    expect(probes()).toBe(1)
    const { threads, batch } = taken()
    expect([threads?.reason, batch?.reason, batch?.usual]).toEqual([CORES === 1 ? 'one-core' : 'measured', 'measured', 32]) // prettier-ignore
    const [evidence] = facts.evidence
    expect(evidence).toMatchObject({ embeddedWith: [{ threads: threads?.taken, batch: batch?.taken }] })
  })

  it('give the audit of the same numbers when they are named', async () => {
    const { auditId } = await audit()
    const { threads, batch } = taken()
    expect((await audit({ threads: threads?.taken ?? 0, batch: batch?.taken ?? 0 })).auditId).toBe(auditId)
  })

  it('are not looked for again where the store has vectors: those are gone on with as they were made', async () => {
    const store = { folder: join(root, 'store') }
    await embed({ store, threads: 1, batch: 5 })
    expect(paces()).toEqual([])
    await embed({ store })
    expect(probes()).toBe(0)
    expect(taken()).toMatchObject({
      threads: { taken: 1, usual: CORES, reason: 'as-stored', trials: [] },
      batch: { taken: 5, usual: 32, reason: 'as-stored', trials: [] },
    })
  })

  it('are looked for once by a plan and the audit after it', async () => {
    const store = { folder: join(root, 'planned') }
    await runPlan(readPlan({ flags: flags(), cwd: root }), toolsOf({ store }))
    const { batch } = taken()
    const { facts } = await audit({ store })
    expect(probes()).toBe(1)
    expect(facts.evidence[0]).toMatchObject({ embeddedWith: [{ batch: batch?.taken }] })
  })

  it('are looked for once for each of several models, which are opened twice', async () => {
    const several = readPlan({ flags: { ...flags(), model: [run.model, second] }, cwd: root })
    await runAudit(several, toolsOf())
    expect(paces().map(({ model, choice }) => [model, choice === null])).toEqual([
      ['model', true],
      ['model', false],
      ['second', true],
      ['second', false],
    ])
  })

  it('are no more than this machine has cores for, whatever machine the vectors in the store are from', async () => {
    const open: OpenProbed = () => Promise.reject(new Error('nothing is opened'))
    const desk = { cores: 2, now: () => 0, onProbe: () => expect.unreachable() }
    const settled = await settlePace({ threads: 'auto', batch: undefined }, { threads: 64, batch: 16 }, open, desk)
    expect(settled).toMatchObject({ threads: 2, batch: 16, choice: { threads: { taken: 2 }, batch: null } })
  })
})
