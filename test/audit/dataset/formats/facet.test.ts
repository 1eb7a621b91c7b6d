import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../../src/audit/types/definitions.js'
import { counts, planOf, refusal, testFolder, write } from '../helpers.js'
import { facetCsv } from './facet-csv.js'
import { labelledByOf, quarantineOf, rowsOf } from './rows-of.js'

const folder = testFolder()

const read = (content: string, parts: Partial<DatasetPlan> = {}) => readDataset(planOf(write(folder, content), { format: 'facet', ...parts })) // prettier-ignore

const PEOPLE = [
  { person: '1', file: 'p.jpg', gender: 'masc', age: 'middle', tones: { 2: 2, 3: 1 }, box: "{'x': 0, 'y': 1.5, 'width': 40, 'height': 50}" }, // prettier-ignore
  { person: '2', file: 'p.jpg', gender: 'fem', age: 'na', tones: { 2: 1, 3: 1 }, box: "{'x': 50, 'y': 0, 'width': 40, 'height': 40, 'attributes': {}}" }, // prettier-ignore
  { person: '3', file: 'q.jpg', gender: 'non_binary', age: 'older', tones: { 10: 1 }, box: '{"x":1,"y":2,"width":3.5e1,"height":40}' }, // prettier-ignore
] as const

describe('FACET', () => {
  it('is one image for each person, cut out along the box', async () => {
    const dataset = await read(facetCsv(PEOPLE))
    expect(rowsOf(dataset)).toEqual([
      ['p.jpg#1', 'masculine', 'middle', 'Monk 2'],
      ['p.jpg#2', 'feminine', 'unknown', 'unknown'],
      ['q.jpg#3', 'non-binary', 'older', 'Monk 10'],
    ])
    expect(dataset.subjects).toEqual(['p.jpg', 'p.jpg', 'q.jpg'])
  })

  it('finds one photo for all of its people, and counts no listed photo as unlisted', async () => {
    for (const name of ['p.jpg', 'q.jpg', 'r.jpg']) write(folder, 'x', `photos/${name}`)
    const images = join(folder, 'photos')
    const { paths, parts, warnings } = await read(facetCsv(PEOPLE), { images, reading: { boxPadding: 0.25 } })
    expect(paths).toEqual(['p.jpg', 'p.jpg', 'q.jpg'].map((name) => join(images, name)))
    expect(parts?.[0]).toEqual({ member: null, box: { unit: 'pixel', left: 0, top: 1.5, width: 40, height: 50, padding: 0.25 } }) // prettier-ignore
    expect(parts?.[2]?.box).toMatchObject({ left: 1, top: 2, width: 35, height: 40 })
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['file.not-listed', 1]])
  })

  it('may put the mean tone of the annotators into three bands, and says so', async () => {
    const { attributes } = await read(facetCsv(PEOPLE), { reading: { skinTone: 'band' } })
    expect(counts(attributes[2])).toEqual([['Monk 1-3', 2], ['Monk 4-7', 0], ['Monk 8-10', 1]]) // prettier-ignore
    expect(attributes[2].note).toContain('mean of the annotators')
  })

  it('takes what people wear, and their class, by the map', async () => {
    const map = [{ attribute: 'cap', column: 'has_cap' }, { attribute: 'class', column: 'class1' }] // prettier-ignore
    const { attributes } = await read(facetCsv(PEOPLE), { map })
    expect(counts(attributes[3])).toEqual([['no', 3]]) // prettier-ignore
    expect(counts(attributes[4])).toEqual([['doctor', 3]]) // prettier-ignore
  })

  it('is labelled by annotators, for research and evaluation', async () => {
    const dataset = await read(facetCsv(PEOPLE))
    expect(new Set(labelledByOf(dataset).map(([, who]) => who))).toEqual(new Set(['annotator']))
    expect([dataset.licence, dataset.permittedUse]).toEqual(['FACET data licence', expect.stringMatching(/^Research only/)]) // prettier-ignore
  })

  it.each([
    ["__import__('os').system('true')", 'the row has no box: its bounding_box is no Python dict of numbers'],
    ["{'x': 1, 'y': 2, 'width': 3", 'the row has no box: its bounding_box is no Python dict of numbers'],
    ["{'x': 1, 'y': 2, 'width': 40}", 'the row has no box: its height is not given'],
    ["{'x': 1, 'y': 2, 'width': 0, 'height': 4}", 'the row has no box: it is 0 wide and 4 high'],
  ])('does not use a row with the box %s', async (box, reason) => {
    const dataset = await read(facetCsv([{ ...PEOPLE[0], box }, PEOPLE[2]]))
    expect(quarantineOf(dataset)).toEqual([[0, 'box.invalid', reason]])
  })

  it('is refused with a count that is none, and without a column', async () => {
    const content = facetCsv(PEOPLE)
    const { message } = await refusal(read(content.replace(',1,0,0,0,', ',x,0,0,0,')))
    expect(message).toContain(':2: gender: expected one of "masculine", "feminine", "non-binary" but received "x"')
    const renamed = await refusal(read(content.replace('bounding_box', 'bbox')))
    expect(renamed.message).toContain('header: expected a column "bounding_box"')
    expect(renamed.message).toContain('Name annotations.csv of FACET with --labels.')
  })

  it('is refused where a person comes twice and is not said to be the same', async () => {
    const { code } = await refusal(read(facetCsv([PEOPLE[0], { ...PEOPLE[0], gender: 'fem' }])))
    expect(code).toBe('row.conflict')
  })
})
