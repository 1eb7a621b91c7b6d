import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confusionRates } from '../../../src/audit/measures/confusion-rates.js'

const matrix = fc.integer({ min: 1, max: 5 }).chain((classes) =>
  fc.array(fc.array(fc.nat(1000), { minLength: classes, maxLength: classes }), {
    minLength: classes,
    maxLength: classes,
  }),
)

describe('confusionRates', () => {
  it('takes recall over the annotated images (rows) and precision over the decided ones (columns)', () => {
    expect(confusionRates([[8, 2], [1, 4]])).toEqual([
      { recall: { count: 8, total: 10, value: 0.8 }, precision: { count: 8, total: 9, value: 8 / 9 } },
      { recall: { count: 4, total: 5, value: 0.8 }, precision: { count: 4, total: 6, value: 4 / 6 } },
    ]) // prettier-ignore
  })

  it('gives no precision to a class that is never decided, and no recall to one without images', () => {
    const [never, without, both] = confusionRates([[0, 3, 0], [0, 0, 0], [0, 0, 5]]) // prettier-ignore
    expect(never).toEqual({
      recall: { count: 0, total: 3, value: 0 },
      precision: { count: 0, total: 0, value: null, reason: 'class-absent' },
    })
    expect(without).toEqual({
      recall: { count: 0, total: 0, value: null, reason: 'no-images' },
      precision: { count: 0, total: 3, value: 0 },
    })
    expect(both.precision.value).toBe(1)
  })

  it('counts images with a label off the attribute as incorrect, in recall only', () => {
    const [first, second] = confusionRates([[8, 2], [1, 4]], [10, 0]) // prettier-ignore
    expect(first.recall).toEqual({ count: 8, total: 20, value: 0.4 })
    expect(first.precision).toEqual({ count: 8, total: 9, value: 8 / 9 })
    expect(second.recall.value).toBe(0.8)
    expect(confusionRates([[0]], [3])[0].recall).toEqual({ count: 0, total: 3, value: 0 })
  })

  it('exchanges recall and precision when annotation and decision are exchanged', () => {
    fc.assert(
      fc.property(matrix, (rows) => {
        const turned = rows.map((_, column) => rows.map((row) => row[column]))
        const [there, back] = [confusionRates(rows), confusionRates(turned)]
        expect(there.map(({ recall }) => recall.value)).toEqual(back.map(({ precision }) => precision.value))
        expect(there.map(({ precision }) => precision.total)).toEqual(back.map(({ recall }) => recall.total))
      }),
    )
  })

  it('stays within 0 and 1, and its totals add up to the images', () => {
    fc.assert(
      fc.property(matrix, (rows) => {
        const rates = confusionRates(rows)
        const images = rows.flat().reduce((sum, count) => sum + count, 0)
        for (const { recall, precision } of rates)
          for (const { value } of [recall, precision]) expect(value === null || (value >= 0 && value <= 1)).toBe(true)
        expect(rates.reduce((sum, { recall }) => sum + recall.total, 0)).toBe(images)
        expect(rates.reduce((sum, { precision }) => sum + precision.total, 0)).toBe(images)
      }),
    )
  })

  it('refuses what is no confusion matrix', () => {
    expect(() => confusionRates([[1, 2]])).toThrow('confusionRates expected 1 columns in every row but received 2')
    expect(() => confusionRates([[0.5]])).toThrow('confusionRates expected whole counts from 0 but received 0.5')
    expect(() => confusionRates([[1]], [1, 2])).toThrow('confusionRates expected 1 counts off the attribute but received 2') // prettier-ignore
    expect(() => confusionRates([[1]], [-1])).toThrow('confusionRates expected whole counts from 0 but received -1')
    expect(() => confusionRates([[1]], [0.5])).toThrow(RangeError)
  })
})
