import { describe, expect, it } from 'vitest'
import { auditColumns, isAllDecided } from '../../../src/audit/disclosure/audit-columns.js'
import { rateTables } from '../../../src/audit/disclosure/rate-tables.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { auditOf, raceScene, type Block } from '../../support/facts.js'

function columnsOf(extra: readonly Block[] = []): ReturnType<typeof auditColumns> {
  const scene = raceScene([
    ['A', 3, 20],
    ['B', 4, 30],
  ])
  const { facts, derived } = auditOf({
    ...scene,
    blocks: [...scene.blocks, ...extra],
    labelSets: [LABELS, { ...LABELS, id: 'other-labels' }],
    probes: [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })],
  })
  return auditColumns(facts, rateTables(facts, derived.rates))
}

describe('auditColumns', () => {
  it('shares the images decided between label sets and failures where all are decided', () => {
    expect(columnsOf().map(({ decided }) => decided)).toEqual(['decided', 'decided', 'decided'])
  })

  it('keeps the images decided under each label set apart where some have no decision', () => {
    const blocks = columnsOf([{ of: ['A'], images: 1, fate: 'undecided' }])
    expect(new Set(blocks.map(({ decided }) => decided)).size).toBe(3)
  })

  it('counts attempts, failed and processed images, and says that they add up', () => {
    const [failures] = columnsOf([{ of: ['A'], images: 2, fate: 'unreadable' }])
    expect(failures.columns.map(({ key, inCells }) => [key, ...inCells])).toEqual([
      ['attempts', 22, 30],
      ['failed', 2, 0],
      ['decided', 20, 30],
    ])
    expect(failures.lines).toEqual([{ parts: ['failed', 'decided'], total: 'attempts' }])
  })

  it('counts inside and outside every outcome, each of which gives the other away', () => {
    const [, first] = columnsOf()
    const [crime] = first.tables
    const { inside, outside, total } = first.of(crime)
    const found = new Map(first.columns.map((column) => [column.key, column] as const))
    expect([inside, outside, total].map((key) => found.get(key)?.inCells)).toEqual([
      [3, 4],
      [17, 26],
      [20, 30],
    ])
    expect(found.get(inside)?.givesAway).toEqual([inside, outside])
    expect(found.get(outside)?.givesAway).toEqual([outside, inside])
    expect(found.get(total)?.givesAway).toEqual([total])
    expect(first.lines).toContainEqual({ parts: [inside, outside], total })
  })

  it('says that outcomes add up to their union', () => {
    const [, first] = columnsOf()
    const [crime, nonHuman, flagged] = first.tables.map((table) => first.of(table).inside)
    expect(first.lines).toContainEqual({ parts: [nonHuman, crime], total: flagged })
  })

  it('knows whether all are decided', () => {
    const scene = raceScene([['A', 3, 20]])
    expect(isAllDecided(auditOf(scene).facts)).toBe(true)
    const undecided: Block = { of: ['A'], images: 1, fate: 'undecided' }
    expect(isAllDecided(auditOf({ ...scene, blocks: [...scene.blocks, undecided] }).facts)).toBe(false)
  })
})
