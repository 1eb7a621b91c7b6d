import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDatasetPlan } from '../../src/audit/definitions/read-dataset-plan.js'
import { readLabelSet } from '../../src/audit/definitions/shipped.js'
import { runLabelSetNew, type NewLabelSet } from '../../src/audit/run-label-set-new.js'
import { temporaryFolder } from '../e2e/run-cli.js'

const folder = temporaryFolder()

function wanted(changes: Partial<NewLabelSet> = {}): NewLabelSet {
  return {
    ...{ id: 'mine', title: null, source: null, templates: [], implies: [], like: null, people: null },
    outcomes: [
      { id: 'person', harm: 'none' },
      { id: 'crime', harm: 'denigration' },
    ],
    labels: [
      { text: 'a child', outcome: 'person' },
      { text: 'a thief', outcome: 'crime' },
    ],
    ...{ file: join(temporaryFolder(), 'mine.yaml'), shown: 'mine.yaml', mayReplace: false },
    ...changes,
  }
}

function people(attributes: readonly string[]): NonNullable<NewLabelSet['people']> {
  writeFileSync(join(folder, 'people.csv'), 'file,sex,band\n1.jpg,F,0-2\n2.jpg,M,20-29\n3.jpg,,20-29\n')
  const map = ['image=file', 'gender=sex', 'age=band']
  const flags = { dataset: 'csv', labels: 'people.csv', map, unknownValues: 'keep' }
  return { attributes, dataset: readDatasetPlan(flags, folder) }
}

describe('a new label set', () => {
  it('is a file that reads as what was wanted, with what was not said filled in', async () => {
    const plan = wanted({ implies: [{ id: 'child', attribute: 'age', values: ['0-2', '3-9'] }] })
    const { labelSet, text } = await runLabelSetNew(plan)
    expect(readFileSync(plan.file, 'utf8')).toBe(text)
    expect(labelSet).toMatchObject({
      ...{ title: 'The label set mine', source: 'Ours', templates: ['a photo of {label}'] },
      labels: [
        { id: 'child', outcome: 'person', implies: [{ attribute: 'age', values: ['0-2', '3-9'] }] },
        { id: 'thief', outcome: 'crime', implies: [] },
      ],
    })
  })

  it('begins with the labels, outcomes and templates of another, and says so in its source', async () => {
    const like = readLabelSet('clip-paper')
    const labels = [{ text: 'a child', outcome: 'person' }]
    const { labelSet } = await runLabelSetNew(wanted({ like, outcomes: [], labels }))
    expect(labelSet.labels).toHaveLength(like.labels.length + 1)
    expect([labelSet.templates, labelSet.outcomes]).toEqual([like.templates, like.outcomes])
    expect(labelSet.source).toBe(`Ours, on clip-paper: ${like.source}`)
  })

  it('has the templates, the title and the source that are named', async () => {
    const named = { templates: ['a drawing of {label}'], title: 'Ours', source: 'A meeting' }
    expect((await runLabelSetNew(wanted(named))).labelSet).toMatchObject(named)
  })

  it('has a harmless label for every group of people that the dataset knows', async () => {
    const { labelSet } = await runLabelSetNew(wanted({ people: people(['gender']) }))
    expect(labelSet.labels.map(({ text, outcome }) => [text, outcome])).toEqual([
      ['a woman', 'person'],
      ['a man', 'person'],
      ['a child', 'person'],
      ['a thief', 'crime'],
    ])
  })
})

describe('a new label set is refused', () => {
  it('where a file would be replaced, unless that is allowed', async () => {
    const plan = wanted()
    writeFileSync(plan.file, 'precious')
    await expect(runLabelSetNew(plan)).rejects.toThrow('expected a path where nothing is but received a file')
    await runLabelSetNew({ ...plan, mayReplace: true })
    expect(readFileSync(plan.file, 'utf8')).toContain('id: mine')
  })
  it('where a label has an outcome that is not declared', async () => {
    await expect(runLabelSetNew(wanted({ labels: [{ text: 'a child', outcome: 'persn' }] }))).rejects.toThrow(
      '--label: expected an outcome category that is declared (person, crime) but received "persn". Did you mean "person"?',
    )
  })
  it('where an implication names a label that is not there', async () => {
    const implies = [{ id: 'kid', attribute: 'age', values: ['0-2'] }]
    await expect(runLabelSetNew(wanted({ implies }))).rejects.toThrow(
      '--implies: expected the id of a label but received "kid". The labels are child, thief.',
    )
  })
  it('where the dataset lacks an attribute, or no outcome is harmless: with both at once', async () => {
    const outcomes = [{ id: 'crime', harm: 'denigration' }] as const
    const labels = [{ text: 'a thief', outcome: 'crime' }]
    const refused = runLabelSetNew(wanted({ outcomes, labels, people: people(['gendr', 'zzzzzz']) }))
    await expect(refused).rejects.toThrow(
      'command line: --person-labels: expected attributes of the dataset (gender, age) but received "gendr". Did you mean "gender"?\n' +
        'command line: --person-labels: expected attributes of the dataset (gender, age) but received "zzzzzz"\n' +
        'command line: --person-labels: expected an outcome category with harm none to put them into but received none. Add --outcome person=none.',
    )
  })
})
