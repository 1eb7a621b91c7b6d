import { describe, expect, it } from 'vitest'
import { readLabelSet, readProbe } from '../../../../src/audit/definitions/shipped.js'
import { derive } from '../../../../src/audit/derive.js'
import type { OwnFigure } from '../../../../src/audit/types/figures.js'
import { factsOf, type Block } from '../../../support/facts.js'

/** Rightly decided of all images, with and without overlap. */
function tablesOf(counts: Readonly<Record<string, readonly [right: number, total: number]>>) {
  const blocks = Object.entries(counts).flatMap(([overlap, [right, total]]): Block[] => [
    { of: ['Male', overlap], images: right, label: 'man' },
    { of: ['Male', overlap], images: total - right, label: 'woman' },
  ])
  return derive(
    factsOf({
      attributes: [
        { name: 'gender', values: ['Male', 'Female'] },
        { name: 'overlap', values: ['no', 'yes', 'unknown'] },
      ],
      blocks,
      labelSets: [readLabelSet('fairface-gender')],
      probes: [readProbe('data-overlap')],
    }),
  ).tables
}

const figuresOf = (tables: ReturnType<typeof tablesOf>) => tables[0].rows[0].figures as OwnFigure[] // all are ours

describe('overlapTables', () => {
  it('prints the worked example in one row', () => {
    const [all, clean, overlap, contamination, difference, p, adjusted] = figuresOf(
      tablesOf({ no: [900, 1000], yes: [95, 100] }),
    )
    expect([all.count, all.total, clean.count, overlap.count, contamination.count]).toEqual([995, 1100, 900, 95, 100])
    expect(overlap.method).toBe('clopper-pearson')
    expect(difference.value).toBeCloseTo(0.004545, 6)
    expect([p.value, adjusted.value]).toEqual([expect.closeTo(0.0575768865, 9), expect.closeTo(0.0575768865, 9)])
  })
  it('says that there is no overlap where there is none: a difference of 0, and no p', () => {
    const [, , overlap, contamination, difference, p] = figuresOf(tablesOf({ no: [9, 10] }))
    expect([overlap.value, overlap.reason]).toEqual([null, 'no-overlap'])
    expect([contamination.value, difference.value]).toEqual([0, 0])
    expect([p.value, p.reason]).toEqual([null, 'no-overlap'])
  })
  it('leaves out images of which it is not known, and says how many', () => {
    const tables = tablesOf({ no: [9, 10], yes: [5, 5], unknown: [3, 7] })
    expect(figuresOf(tables)[0].total).toBe(15)
    expect(tables[0].notes).toContainEqual({ id: 'measures.data-overlap.unknown', values: [['images', 7]] })
  })
})
