import { describe, expect, it } from 'vitest'
import { toView } from '../../../../src/audit/report/to-view.js'
import type { DatasetFacts } from '../../../../src/audit/types/facts.js'
import { exampleAudit } from '../example-audit.js'

/** The lines of the data sheet, by name, of the example with other facts of its dataset. */
function sheetOf(parts: Partial<DatasetFacts>): ReadonlyMap<string, string> {
  const audit = exampleAudit()
  const dataset = { ...audit.facts.dataset, ...parts }
  const { sheet } = toView({ ...audit, facts: { ...audit.facts, dataset } }).data
  return new Map(sheet.map(({ name, text }) => [name, text] as const))
}

describe('the data sheet', () => {
  it('says nothing of what a dataset does not have', () => {
    const names = [...sheetOf({}).keys()]
    for (const name of ['Permitted use', 'Boxes', 'How values were read']) expect(names).not.toContain(name)
  })

  it('prints what the dataset may be used for beside its licence', () => {
    const sheet = sheetOf({
      licence: 'terms of its page',
      permittedUse: 'Research only. Check the original before use.',
    })
    expect([...sheet.keys()].indexOf('Permitted use')).toBe([...sheet.keys()].indexOf('Licence') + 1)
    expect(sheet.get('Permitted use')).toBe('Research only. Check the original before use.')
  })

  it('says how many images are parts of photos, and how much was added around them', () =>
    expect(sheetOf({ boxes: { rows: 1200, padding: 0.1 } }).get('Boxes')).toBe(
      '1,200 rows are parts of photos, cut out along boxes; 10% of the longer side is added on each side',
    ))

  it('says how values were read: bands, other spellings, and how they came about', () => {
    const attributes: DatasetFacts['attributes'] = [
      { name: 'age', labelledBy: 'self', values: ['0-17', '18 and over'], unknown: 0, bins: [0, 18] },
      { name: 'race', labelledBy: 'machine', values: ['a'], unknown: 0, aliases: [['A', 'a', 1], ['x', 'unknown', 3]], note: 'by a classifier' }, // prettier-ignore
    ]
    expect(sheetOf({ attributes }).get('How values were read')).toBe(
      'age: numbers, in bands that begin at 0, 18; race: by a classifier; race: “A” as a (1 row), “x” as unknown (3 rows)',
    )
  })
})
