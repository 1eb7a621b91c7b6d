import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditSchema } from '../../src/audit/definitions/audit-schema.js'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import type { PlanFlags } from '../../src/audit/definitions/read-plan.js'
import { renderHtml } from '../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../src/audit/report/render-markdown.js'
import { runAudit } from '../../src/audit/run-audit.js'
import { runPlan } from '../../src/audit/run-plan.js'
import { runVerify } from '../../src/audit/run-verify.js'
import type { Progress, Tools } from '../../src/audit/tools.js'
import type { DtypeChoice } from '../../src/audit/types/dtype-choice.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { writeDrawnRun } from '../support/drawn-run.js'
import type { DrawnRun } from '../support/drawn-run.js'
import { quantisedVision } from './model/architectures/quantised-product.js'
import { fakeText, fakeVision, writeFakeModel } from './model/fake-model.js'
import type { FakeFiles } from './model/fake-model.js'

const IMAGES = 300
const SAMPLE = 256
const DEAD = 300_000

let folder: string
let run: DrawnRun
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'choose-dtype-'))
  run = await writeDrawnRun(folder, IMAGES)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Both encoders of a precision; the texts are those of fp32, which is a precision that moves them by nothing. */
const inDtype = (suffix: string, vision: Uint8Array): FakeFiles => ({
  [`onnx/vision_model${suffix}.onnx`]: vision,
  [`onnx/text_model${suffix}.onnx`]: fakeText(),
})
const GOOD = quantisedVision()
const OTHER = fakeVision({ weight: (index) => ((index * 53) % 17) - 8 })
const BROKEN = fakeVision({ weight: () => NaN })
const NO_FP32: FakeFiles = { 'onnx/vision_model.onnx': null, 'onnx/text_model.onnx': null }

let models = 0
function planFor(files: FakeFiles, more: PlanFlags = {}) {
  const model = writeFakeModel(join(folder, `model-${models++}`, 'clip'), files)
  const { labels, images } = run
  const flags = {
    model: [model],
    dataset: 'csv',
    labels,
    images,
    map: ['race=race'],
    labelSet: ['clip-paper'],
  } as const
  return readPlan({ flags: { ...flags, dtype: 'auto', ...more }, cwd: folder })
}

const toolsOf = (more: Partial<Tools> = {}): Tools => ({ ...libraryTools({ threads: 1, batch: 8 }), ...more })

async function chosen(files: FakeFiles, more: Partial<Tools> = {}): Promise<DtypeChoice | undefined> {
  const { audit } = await runAudit(planFor(files), toolsOf(more))
  return audit.facts.models[0].dtypeChoice
}

describe(
  'a precision that is left open',
  () => {
    it('is that of an eight-bit export where it moves few decisions of 256 images, and the audit says how many', async () => {
      const { audit } = await runAudit(planFor(inDtype('_quantized', GOOD)), toolsOf())
      const [{ dtype, dtypeChoice, batchInvariant }] = audit.facts.models
      expect([dtype, batchInvariant]).toEqual(['q8', false])
      expect(dtypeChoice).toMatchObject({ taken: 'q8', reason: 'few-moved', there: ['fp32', 'q8'], images: SAMPLE })
      const [trial] = dtypeChoice?.trials ?? []
      if (trial.kind !== 'compared') throw new Error(`expected q8 to be compared but it was refused: ${trial.code}`)
      expect(trial.labelSets.map(({ labelSet }) => labelSet)).toEqual(['clip-paper'])
      expect(trial.labelSets[0].interval[1]).toBeLessThanOrEqual(0.05)
      expect(audit.facts.models[0].files.map(([file]) => file)).toContain('onnx/vision_model_quantized.onnx')
    })

    it('stays fp32 where the faster one decides otherwise, after each other one was tried', async () => {
      const choice = await chosen({ ...inDtype('_quantized', OTHER), ...inDtype('_uint8', OTHER) })
      expect(choice).toMatchObject({ taken: 'fp32', reason: 'too-many-moved', there: ['fp32', 'q8', 'uint8'] })
      expect(choice?.trials.map(({ dtype }) => dtype)).toEqual(['q8', 'uint8'])
    })

    it('stays fp32 where no other one can be used, and says that and not that decisions moved', async () => {
      const choice = await chosen({ ...inDtype('_quantized', BROKEN), ...inDtype('_int8', BROKEN) })
      expect(choice).toMatchObject({ taken: 'fp32', reason: 'all-refused', images: SAMPLE })
      expect(choice?.trials.map(({ kind }) => kind)).toEqual(['refused', 'refused'])
    })

    it('stays fp32 where there are too few images to tell, and tries nothing', async () => {
      const few = await writeDrawnRun(join(folder, 'few'), 60)
      const plan = planFor(inDtype('_quantized', GOOD), { labels: few.labels, images: few.images })
      const { audit } = await runAudit(plan, toolsOf())
      expect(audit.facts.models[0].dtypeChoice).toMatchObject({ taken: 'fp32', reason: 'too-few-images', images: 60, trials: [] }) // prettier-ignore
    })

    it('passes over an export that is broken, with its code, and takes the next', async () => {
      const choice = await chosen({ ...inDtype('_quantized', BROKEN), ...inDtype('_int8', GOOD) })
      expect(choice).toMatchObject({
        taken: 'int8',
        reason: 'few-moved',
        trials: [{ dtype: 'q8', kind: 'refused', code: 'model.nonfinite' }, { dtype: 'int8' }],
      })
    })

    it.each<readonly [string, FakeFiles, Partial<DtypeChoice>]>([
      ['fp32 where there is nothing else', {}, { taken: 'fp32', reason: 'only-one' }],
      ['the only one there is', { ...NO_FP32, ...inDtype('_quantized', GOOD) }, { taken: 'q8', reason: 'only-one' }],
      ['fp32 on a CPU, which casts halves to float32', inDtype('_fp16', fakeVision()), { taken: 'fp32', reason: 'none-faster' }], // prettier-ignore
      ['the nearest to fp32 where there is none to compare with', { ...NO_FP32, ...inDtype('_fp16', fakeVision()), ...inDtype('_quantized', GOOD) }, { taken: 'fp16', reason: 'no-fp32' }], // prettier-ignore
    ])('is %s, and nothing is embedded to find out', async (_, files, expected) => {
      const told: Progress[] = []
      const choice = await chosen(files, { onProgress: (progress) => told.push(progress) })
      expect(choice).toMatchObject({ ...expected, images: null, trials: [] })
      expect(told.filter((progress) => 'trying' in progress)).toEqual([])
    })

    it('is told before the images are embedded, and so is what the sample is embedded for', async () => {
      const told: Progress[] = []
      await chosen(inDtype('_quantized', GOOD), { onProgress: (progress) => told.push(progress) })
      const trying = told.flatMap((progress) => ('trying' in progress ? [progress.trying] : []))
      expect([...new Set(trying)]).toEqual(['fp32', 'q8'])
      const choice = told.findIndex(({ stage }) => stage === 'dtype')
      expect(told[choice]).toMatchObject({ model: 'clip', taken: 'q8' })
      expect(told.findLastIndex((progress) => 'trying' in progress)).toBeLessThan(choice)
    })

    it('gives the same bytes again, with a store and without, and finds its sample there', async () => {
      const plan = planFor(inDtype('_quantized', GOOD))
      const store = { folder: join(folder, 'store') }
      const { audit: alone } = await runAudit(plan, toolsOf())
      const { audit: first, vectors } = await runAudit(plan, toolsOf({ store }))
      expect(vectors).toMatchObject([{ found: SAMPLE, embedded: IMAGES - SAMPLE }])
      const { audit: again } = await runAudit(plan, toolsOf({ store }))
      expect([first.auditId, again.auditId]).toEqual([alone.auditId, alone.auditId])
    })

    it('gives the decisions of the same precision when it is named, in an audit that keeps no word of a choice', async () => {
      const files = inDtype('_quantized', GOOD)
      const { audit: open } = await runAudit(planFor(files), toolsOf())
      const { audit: named } = await runAudit(planFor(files, { dtype: 'q8' }), toolsOf())
      expect(named.facts.tallies).toEqual(open.facts.tallies)
      expect(named.facts.models[0]).not.toHaveProperty('dtypeChoice')
      expect(named.facts.plan.sha256).not.toBe(open.facts.plan.sha256)
    })

    it('draws another sample by another seed', async () => {
      const files = inDtype('_quantized', OTHER)
      const trials = async (seed: string) =>
        (await runAudit(planFor(files, { seed }), toolsOf())).audit.facts.models[0].dtypeChoice?.trials
      expect(await trials('1')).not.toEqual(await trials('2'))
    })

    it('is told by the forecast of a plan, which times what the audit will take', async () => {
      const { models: told } = await runPlan(planFor(inDtype('_quantized', GOOD)), toolsOf())
      expect(told).toMatchObject([{ batch: 1, dtypeChoice: { taken: 'q8' } }])
    })

    it('is refused beside a device that is left open too, before an image is read', async () => {
      const told: Progress[] = []
      const open = runAudit(planFor({}), toolsOf({ device: 'auto', onProgress: (progress) => told.push(progress) }))
      await expect(open).rejects.toThrow(
        '--device: expected a device that is named beside --dtype auto, such as cpu or cuda',
      )
      expect(told).toEqual([])
    })

    it('stands in every report with what it rests on, and the audit verifies and fits its schema', async () => {
      const { audit } = await runAudit(
        planFor({ ...inDtype('_quantized', BROKEN), ...inDtype('_int8', GOOD) }),
        toolsOf(),
      )
      expect(runVerify(audit).filter(({ holds }) => !holds)).toEqual([])
      expect(auditSchema.safeParse(JSON.parse(JSON.stringify(audit))).success).toBe(true)
      for (const report of [renderHtml(audit), renderMarkdown(audit)]) {
        expect(report).toContain('Precision left open (auto), int8 taken: of 256 images drawn as a sample, few are decided otherwise than in fp32.') // prettier-ignore
        expect(report).toMatch(/int8, clip-paper: \d+ of 256 images decided otherwise \(95% interval [\d.]+–[\d.]+%\)/)
        expect(report).toContain('q8: could not be used (model.nonfinite)')
      }
    })
  },
  DEAD,
)
