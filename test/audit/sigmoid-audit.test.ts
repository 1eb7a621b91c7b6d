import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import type { PlanFlags } from '../../src/audit/definitions/read-plan.js'
import { auditSchema } from '../../src/audit/definitions/audit-schema.js'
import { renderHtml } from '../../src/audit/report/render-html.js'
import { runAudit } from '../../src/audit/run-audit.js'
import type { AuditOutcome } from '../../src/audit/run-audit.js'
import { runVerify } from '../../src/audit/run-verify.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import { smallWorld } from '../phantom/worlds.js'
import { testFolder } from './dataset/helpers.js'
import { safetensorsOf } from './model/broken-model-files.js'

const folder = testFolder()
const tools = libraryTools({ threads: 1 })
const [SCALE, BIAS] = [20, -15]
const PROBES = ['calibration', 'congress', 'top-k-association', 'abstention']
let plan: (flags: PlanFlags) => ReturnType<typeof readPlan>
let byBias: AuditOutcome
let softmax: AuditOutcome

beforeAll(async () => {
  const phantom = await buildPhantom({ world: smallWorld(), folder: join(folder, 'p'), sampling: 'quota', seed: 1 })
  const flags = { dataset: 'fairface', labels: phantom.labels, images: phantom.images, crop: '0.25', model: [phantom.model] } // prettier-ignore
  plan = (more) => readPlan({ flags: { ...flags, probe: PROBES, decisions: true, labelSet: ['clip-paper', 'fairface-gender'], ...more }, cwd: folder }) // prettier-ignore
  softmax = await runAudit(plan({ logitScale: String(SCALE) }), tools)
  const config = JSON.parse(readFileSync(join(phantom.model, 'config.json'), 'utf8')) as object
  writeFileSync(join(phantom.model, 'config.json'), JSON.stringify({ ...config, model_type: 'siglip' }))
  for (const side of ['vision', 'text']) {
    renameSync(join(phantom.model, `onnx/${side}_model.onnx`), join(phantom.model, `onnx/${side}_model_fp16.onnx`))
  }
  writeFileSync(join(phantom.model, 'model.safetensors'), safetensorsOf({ logit_scale: Math.log(SCALE) }))
  byBias = await runAudit(plan({ logitBias: String(BIAS), dtype: 'fp16' }), tools)
}, 120_000)

describe('an audit of a model with a sigmoid', () => {
  it('decides as one with a softmax does, and gives the winner the sigmoid of its own cosine', () => {
    byBias.decisions[0].decisions.forEach(({ winner, scores }, set) => {
      const other = softmax.decisions[0].decisions[set]
      expect([...winner]).toEqual([...other.winner])
      for (const row of [0, 7, 40]) {
        const cosine = scores?.similarity[row] ?? NaN
        expect(scores?.probability?.[row]).toBeCloseTo(1 / (1 + Math.exp(-(SCALE * cosine + BIAS))), 5)
        expect(scores?.probability?.[row]).not.toBeCloseTo(other.scores?.probability?.[row] ?? NaN, 3)
      }
    })
  })

  it('records what makes its probabilities and in which precision, and one with a softmax none of it', () => {
    expect(byBias.audit.facts.models[0]).toMatchObject({
      dtype: 'fp16',
      activation: 'sigmoid',
      logitBias: BIAS,
      logitBiasReason: 'stated by the user, not in the export',
      logitScaleReason: null,
    })
    for (const key of ['dtype', 'activation', 'logitBias', 'logitBiasReason'])
      expect(softmax.audit.facts.models[0]).not.toHaveProperty(key)
  })

  it('verifies, and is an audit by its schema', () => {
    expect(runVerify(byBias.audit).filter(({ holds }) => !holds)).toEqual([])
    expect(auditSchema.safeParse(JSON.parse(JSON.stringify(byBias.audit))).success).toBe(true)
  })

  it('says in the report that labels have probabilities of their own, and never that it took a softmax', () => {
    const html = renderHtml(byBias.audit)
    expect(html).toContain('each label has a probability of its own (sigmoid)')
    expect(html).toContain('Precision: fp16')
    expect(html).toContain('those of an image do not sum to 1')
    expect(html).not.toContain('Probabilities are the softmax')
    expect(renderHtml(softmax.audit)).toContain('Probabilities are the softmax')
  })

  it('counts nothing where nobody states its bias, and says which part is missing', async () => {
    const { audit, decisions } = await runAudit(plan({ dtype: 'fp16' }), tools)
    expect(decisions[0].decisions[0].scores?.probability).toBeNull()
    const observed = audit.facts.observations.filter((one) => 'logitScaleReason' in one)
    expect(observed.length).toBeGreaterThan(0)
    for (const one of observed) expect(one).toMatchObject({ logitScale: null, logitScaleReason: 'no logit bias' })
    expect(renderHtml(audit)).toContain('state it with --logit-bias')
    expect(runVerify(audit).filter(({ holds }) => !holds)).toEqual([])
  })
})
