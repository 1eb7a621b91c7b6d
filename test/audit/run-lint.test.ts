import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { readDatasetPlan } from '../../src/audit/definitions/read-dataset-plan.js'
import { readLabelSet, readProbe } from '../../src/audit/definitions/shipped.js'
import { runLint, type LintEvidence } from '../../src/audit/run-lint.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { LABELS } from '../support/definitions.js'
import { auditOf, raceScene } from '../support/facts.js'
import { writeFakeModel } from './model/fake-model.js'

const folder = temporaryFolder()
const NOTHING: LintEvidence = { probes: [], threshold: null, dataset: null, model: null }
const lint = (evidence: Partial<LintEvidence> = {}, labelSet = LABELS) =>
  runLint(labelSet, { ...NOTHING, ...evidence }, libraryTools({ threads: 1 }))

describe('the check of a label set', () => {
  it('by its words alone says of what it was not given that it did not check it', async () => {
    const { evidence, checked, notChecked, labelSet } = await lint()
    expect(labelSet).toEqual({
      id: 'four-labels',
      title: 'Four labels',
      sha256: LABELS.sha256,
      labels: 4,
      templates: 1,
    })
    expect(evidence).toEqual({ probes: [], threshold: null, dataset: null, model: null })
    expect(checked.length).toBeGreaterThan(0)
    expect(new Set(notChecked.map(({ reason }) => reason))).toEqual(
      new Set(['no-dataset', 'no-model', 'no-probe', 'no-threshold']),
    )
  })

  it('against a label file names its dataset, and warns of groups of people that no label is of', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `${index}.jpg,${['Male', 'Female', 'Other'][index % 3]}`)
    writeFileSync(join(folder, 'people.csv'), `image,gender\n${rows.join('\n')}\n`)
    const dataset = readDatasetPlan({ dataset: 'csv', labels: 'people.csv', map: ['gender=gender'] }, folder)
    const { evidence, notChecked, warnings } = await lint({ dataset })
    expect(evidence.dataset).toBe(dataset.id)
    expect(notChecked.map(({ reason }) => reason)).not.toContain('no-dataset')
    expect(JSON.stringify(warnings)).toContain('Other')
  })

  it('against a saved audit takes the groups that the audit counted', async () => {
    const audit = auditOf(raceScene([['A', 10, 100], ['B', 5, 100]])) // prettier-ignore
    const file = join(folder, 'audit.json')
    writeFileSync(file, readableJson(audit))
    expect((await lint({ dataset: file })).evidence.dataset).toBe(audit.facts.dataset.id)
  })

  it('against a model names it, and against probes their ids', async () => {
    const model = writeFakeModel(join(folder, 'model'))
    const { evidence, notChecked } = await lint({ model, probes: [readProbe('denigration')], threshold: 0.5 }, readLabelSet('clip-paper')) // prettier-ignore
    expect(evidence).toEqual({ probes: ['denigration'], threshold: 0.5, dataset: null, model: 'model' })
    expect(new Set(notChecked.map(({ reason }) => reason))).toEqual(new Set(['no-dataset']))
  })
})
