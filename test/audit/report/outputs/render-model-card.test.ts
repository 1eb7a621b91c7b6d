import { describe, expect, it } from 'vitest'
import { renderModelCards } from '../../../../src/audit/report/outputs/render-model-card.js'
import type { AuditResult } from '../../../../src/audit/types/audit.js'
import { SCENE } from '../../../golden/scene.js'
import { auditOf, raceScene } from '../../../support/facts.js'
import { auditOfModels } from '../../../support/several-models.js'
import { exampleSignoff } from '../../example-signoff.js'
import { exampleAudit } from '../example-audit.js'
import { incompleteAudit } from '../variants.js'
import { cardMetadata, modelIndexFaults, toolkitFaults } from './schemas.js'

const GOLDEN = auditOf(SCENE)
const SIMULATED = auditOf({ ...SCENE, simulated: true })

function cards(audit: AuditResult): { markdown: string; json: string } {
  const [markdown, json] = renderModelCards(audit)
  return { markdown: markdown?.text ?? '', json: json?.text ?? '' }
}

type Index = {
  readonly 'model-index': readonly [
    { readonly results: readonly { readonly metrics: readonly { readonly name: string; readonly value: number; readonly args: { readonly count: number; readonly total: number } }[] }[] },
  ]
} // prettier-ignore
const metricsOf = (markdown: string) =>
  (cardMetadata(markdown) as Index)['model-index'][0].results.flatMap(({ metrics }) => metrics)

describe('a model card', () => {
  it('has metadata in the form that the Hub reads', () => {
    expect(modelIndexFaults(cards(GOLDEN).markdown)).toEqual([])
    expect(modelIndexFaults(cards(GOLDEN).markdown.replace('        metrics:', '        metric:'))).not.toEqual([])
  })

  it('is valid for Model Card Toolkit', () => {
    expect(toolkitFaults(cards(GOLDEN).json)).toEqual([])
    expect(toolkitFaults(cards(GOLDEN).json.replace('lower_bound', 'lower'))).not.toEqual([])
  })

  it('gives every rate of single attributes as it is in the audit, with its counts', () => {
    const metrics = metricsOf(cards(GOLDEN).markdown)
    const rates = GOLDEN.derived.rates.filter(
      ({ groupBy, group, labelSet, value }) => groupBy.length === 1 && group !== null && labelSet !== null && value !== null,
    ) // prettier-ignore
    expect(metrics).toHaveLength(rates.length)
    for (const { value, args } of metrics) expect(value).toBeCloseTo(args.count / args.total, 10)
  })

  it('shows intersections with their intervals, and the verdict beside each', () => {
    expect(cards(GOLDEN).markdown).toMatch(/### “crime” by gender × rarity, label set four-labels\n/)
    expect(cards(GOLDEN).markdown).toMatch(/\| \d+ of \d+ \| [\d.]+%, 95% interval [\d.]+–[\d.]+% \| /)
  })

  it('says first of simulated data that they are simulated, in words, metadata and every name', () => {
    const { markdown, json } = cards(SIMULATED)
    expect(markdown.split('\n').slice(0, 3).join('\n')).toMatch(/^---\n# Simulated data.*\nsimulated: true$/)
    expect(markdown.split('\n---\n')[1]).toMatch(/^\n\*\*Simulated data/)
    for (const { name } of metricsOf(markdown)) expect(name).toMatch(/^SIMULATED /)
    expect(json).toMatch(/"name": "SIMULATED [^"]*",\s*"overview": "Simulated data/)
  })

  it('is one for each model, with the hash of a folder and none of a file of decisions', () => {
    const scene = raceScene([['A', 20, 100], ['B', 5, 100]]) // prettier-ignore
    const made = renderModelCards(auditOfModels({ old: scene, 'other.csv': scene }))
    expect(made.map(({ name }) => name)).toEqual([
      'model-card-e1.md',
      'model-card-e1.json',
      'model-card-e2.md',
      'model-card-e2.json',
    ])
    expect(made[0].text).toMatch(/^# .*old/m)
    expect(made[0].text).toContain(auditOf(scene).facts.models[0].sha256)
    expect(made[2].text).toMatch(/^# .*other\.csv/m)
    expect(made[2].text).not.toContain(auditOf(scene).facts.models[0].sha256)
  })

  it('gives no verdict where the evidence is incomplete, and says why before the rates', () => {
    const { markdown } = cards(incompleteAudit())
    const analyses = markdown.slice(markdown.indexOf('## Quantitative analyses'))
    expect(analyses.slice(0, analyses.indexOf('###'))).toContain('200 of 10,954')
    expect(analyses).not.toMatch(/Disparity, higher|Within margin/)
    expect(cards(exampleAudit()).markdown).toMatch(/Disparity, higher/)
  })

  it('says what the sign-off states of the model and its use', () => {
    const signoff = exampleSignoff(GOLDEN.auditId)
    const [{ text }] = renderModelCards(GOLDEN, { signoff })
    expect(text).toContain('2.1')
    expect(text).toContain('Foreseeable unintended use: searching for people')
    expect(text).toContain('sorts holiday photos')
  })

  it('leaves blank what nobody stated, and says so', () => {
    expect(cards(GOLDEN).markdown).toContain('Foreseeable unintended use: not stated')
  })
})
