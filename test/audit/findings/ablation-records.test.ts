import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { ablationRecords } from '../../../src/audit/findings/ablation-records.js'
import { ablationsFit } from '../../../src/audit/verify-ablations.js'
import type { AblationFacts, AblationRecord } from '../../../src/audit/types/ablation.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import type { Facts } from '../../../src/audit/types/facts.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { factsOf, type Block, type Scene } from '../../support/facts.js'

const GORILLA = { id: 'gorilla', text: 'a gorilla', outcome: 'non-human', implies: [] }
const APES: LabelSet = { ...LABELS, id: 'apes', labels: [...LABELS.labels, GORILLA] }
const PROBE = probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })
const RACES = ['Black', 'White', 'Indian']

/** 120 images of each group. Every group has 5 animals and 10 thieves; `gorilla` alone makes the excess of Black images. */
function planted(order: readonly string[] = RACES, changes: Partial<Scene> = {}): Facts {
  const blocks = order.flatMap((race): Block[] => {
    const gorillas = race === 'Black' ? 24 : 1
    return [
      { of: [race], images: gorillas, label: 'gorilla', runnerUp: 'man', takenBy: ['a person'] },
      { of: [race], images: 5, label: 'animal', runnerUp: 'gorilla' },
      { of: [race], images: 10, label: 'thief', runnerUp: 'woman', takenBy: ['a face'] },
      { of: [race], images: 105 - gorillas, label: 'man', runnerUp: 'animal', takenBy: ['a person'] },
    ]
  })
  const attributes = [{ name: 'race', values: RACES }]
  const scene = { attributes, blocks, labelSets: [APES], probes: [PROBE], ablate: ['a person', 'a face'] }
  return factsOf({ ...scene, ...changes })
}

const FACTS = planted()
const RECORDS = ablationRecords(FACTS)

function find(label: string, where: { race?: string; outcome: string; records?: readonly AblationRecord[] }) {
  const { race, outcome, records = RECORDS } = where
  const ablation = FACTS.ablations.find((one) => one.label.id === label)
  const group = JSON.stringify(race === undefined ? [] : [['race', race]])
  const found = records.filter(
    (record) =>
      record.ablation === ablation?.id && record.outcome === outcome && JSON.stringify(record.group) === group,
  )
  if (found.length !== 1) throw new Error(`${found.length} records of ${label}`)
  return found[0]
}

describe('the label that causes a planted disparity', () => {
  it('stands first for that group and outcome, by change and by change of the gap', () => {
    const taken = ['gorilla', 'animal', 'thief'].map((label) => find(label, { race: 'Black', outcome: 'non-human' }))
    expect(taken.map(({ rank }) => rank)).toEqual([1, 2, 2])
    const gaps = taken.map(({ gapChange }) => Math.abs(gapChange ?? NaN))
    expect(gaps[0]).toBeGreaterThan(Math.max(...gaps.slice(1)))
    expect(taken[0].gapChange).toBeCloseTo(-24 / 120 + 2 / 240, 12)
  })

  it('stands first in the union too, and not for the groups without an excess', () => {
    expect(find('gorilla', { race: 'Black', outcome: 'flagged' }).rank).toBe(1)
    expect(find('gorilla', { race: 'White', outcome: 'flagged' }).rank).toBe(2)
    expect(find('thief', { race: 'White', outcome: 'flagged' }).rank).toBe(1)
  })

  it('has the images of its own change, with an interval computed apart', () => {
    const record = find('gorilla', { race: 'Black', outcome: 'non-human' })
    expect(record.paired).toEqual({ both: 5, onlyFirst: 24, onlySecond: 0, neither: 91 })
    expect(record.change).toBeCloseTo(-0.2, 15)
    // Tango 1998 by numerical maximisation and root-finding in scipy, which shares no code with src
    expect(record.interval?.[0]).toBeCloseTo(-0.2803667379, 6)
    expect(record.interval?.[1]).toBeCloseTo(-0.1382447635, 6)
    expect(record.leftShare).toBeCloseTo(24 / 29, 12)
  })
})

describe('a label taken out', () => {
  it('changes nothing where its images stay inside the outcome', () => {
    const record = find('animal', { outcome: 'non-human' })
    expect([record.change, record.leftShare, record.paired.both]).toEqual([0, 0, 41])
  })

  it('raises an outcome where harmless images fall into it', () => {
    const facts = planted(RACES, { ablate: ['a man'] })
    const man = facts.ablations.find(({ label, action }) => label.id === 'man' && action === 'remove')
    const record = ablationRecords(facts).find((one) => one.ablation === man?.id && one.outcome === 'non-human')
    expect(record?.paired).toEqual({ both: 41, onlyFirst: 0, onlySecond: 289, neither: 30 })
  })

  it('changes nothing where no image has it', () => {
    const labelSets = [{ ...APES, labels: [...APES.labels, { ...GORILLA, id: 'ape', text: 'an ape' }] }]
    const facts = planted(RACES, { labelSets })
    const unused = facts.ablations.find(({ label }) => label.id === 'ape')
    const records = ablationRecords(facts).filter(({ ablation }) => ablation === unused?.id)
    expect(records.length).toBe(3 * 4)
    expect(records.every(({ change, leftShare }) => change === 0 && leftShare === 0)).toBe(true)
    expect(unused?.cells.flat()).toEqual([])
  })

  it('decides alone a share of the flagged images: the shares of all labels sum to what no second flagged label holds', () => {
    const shares = ['gorilla', 'animal', 'thief'].map((label) => find(label, { outcome: 'flagged' }).leftShare ?? 0)
    const flagged = 26 + 15 + 30
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo((26 + 30) / flagged, 12) // animals fall back on gorilla
  })
})

describe('a label added', () => {
  it('takes images out of an outcome and puts none in, being harmless', () => {
    const person = find('person', { race: 'Black', outcome: 'flagged' })
    expect(person.paired).toEqual({ both: 15, onlyFirst: 24, onlySecond: 0, neither: 81 })
    expect(person.rank).toBe(1)
    expect(find('face', { race: 'Black', outcome: 'flagged' }).rank).toBe(2)
    expect(find('face', { race: 'White', outcome: 'flagged' }).rank).toBe(1)
  })

  it('puts images into the outcome that it has, when it is a harmful one', () => {
    const ape = { id: 'ape', text: 'an ape', outcome: 'non-human', implies: [] }
    const facts = planted(RACES, {
      labelSets: [LABELS, { ...LABELS, id: 'with-ape', labels: [...LABELS.labels, ape] }],
      blocks: [
        { of: ['Black'], images: 7, label: 'man', takenBy: ['an ape'] },
        { of: ['Black'], images: 3, label: 'animal', takenBy: ['an ape'] },
        { of: ['White'], images: 10, label: 'thief' },
      ],
    })
    const added = facts.ablations.find(({ action, label }) => action === 'add' && label.id === 'ape')
    const [everyone] = ablationRecords(facts).filter((one) => one.ablation === added?.id && one.outcome === 'non-human')
    expect(everyone.paired).toEqual({ both: 3, onlyFirst: 0, onlySecond: 7, neither: 10 })
  })
})

describe('what is written', () => {
  it('is every outcome for all images and every group of one attribute, and no group without images', () => {
    const probe = { ...PROBE, groupBy: [['race'], ['race', 'gender'], ['gender']] }
    const facts = planted(RACES, {
      attributes: [{ name: 'race', values: [...RACES, 'Nobody'] }],
      probes: [probe],
    })
    const records = ablationRecords(facts)
    expect(records).toHaveLength(facts.ablations.length * 3 * 4)
    expect(records.some(({ groupBy }) => groupBy.length > 1)).toBe(false)
  })

  it('follows the images and not their order', () => {
    const turned = planted([...RACES].reverse())
    expect(turned.ablations).toEqual(FACTS.ablations)
    expect(ablationRecords(turned)).toEqual(RECORDS)
  })

  it('is free of the order in which labels are taken out: each record depends on its own ablation alone', () => {
    const reversed = ablationRecords({ ...FACTS, ablations: [...FACTS.ablations].reverse() })
    const sorted = (records: readonly AblationRecord[]) => records.map((record) => JSON.stringify(record)).sort()
    expect(sorted(reversed)).toEqual(sorted(RECORDS))
  })

  it('compares no group of unknown value and has no gap for all images', () => {
    const facts = planted(RACES, {
      attributes: [{ name: 'race', values: ['Black', 'White', 'unknown'] }],
      blocks: [
        { of: ['Black'], images: 10, label: 'gorilla' },
        { of: ['White'], images: 10, label: 'man' },
        { of: ['unknown'], images: 10, label: 'gorilla' },
      ],
    })
    const gorilla = facts.ablations.find(({ label }) => label.id === 'gorilla')
    const gaps = ablationRecords(facts)
      .filter(({ ablation, outcome }) => ablation === gorilla?.id && outcome === 'non-human')
      .map(({ group, gapChange }) => [group[0]?.[1] ?? 'all', gapChange])
    expect(gaps).toEqual([['all', null], ['Black', -1], ['White', 1], ['unknown', null]]) // prettier-ignore
  })

  it('has no interval where several images show one subject', () => {
    const facts = planted(RACES, { imagesPerSubject: 3 })
    expect(ablationRecords(facts).every(({ interval }) => interval === null)).toBe(true)
  })

  it('stands in the derived part of the audit', () => {
    expect(derive(FACTS).ablations).toEqual(RECORDS)
  })
})

describe('a saved audit', () => {
  const changed = (index: number, change: (ablation: AblationFacts) => AblationFacts): Facts => ({
    ...FACTS,
    ablations: FACTS.ablations.map((one, place) => (place === index ? change(one) : one)),
  })
  const moved = (cells: AblationFacts['cells']) => (one: AblationFacts) => ({ ...one, cells })
  const removal = FACTS.ablations.findIndex(({ label }) => label.id === 'gorilla')
  const addition = FACTS.ablations.findIndex(({ label }) => label.id === 'person')

  it('fits its own ablations', () => {
    expect(ablationsFit(FACTS)).toMatchObject({ holds: true, detail: '5 labels taken out or added, 0 wrong' })
  })

  it.each([
    ['images are missing from a removal', removal, [[['gorilla', 'man', 23]], [['gorilla', 'man', 1]], [['gorilla', 'man', 1]]]],
    ['a removed label keeps images', removal, [[['gorilla', 'gorilla', 24]], [['gorilla', 'man', 1]], [['gorilla', 'man', 1]]]],
    ['another label moves too', removal, [[['animal', 'man', 24]], [['gorilla', 'man', 1]], [['gorilla', 'man', 1]]]],
    ['images go to a label that is not there', removal, [[['gorilla', 'ape', 24]], [['gorilla', 'man', 1]], [['gorilla', 'man', 1]]]],
    ['a move is counted in two parts', removal, [[['gorilla', 'man', 12], ['gorilla', 'man', 12]], [['gorilla', 'man', 1]], [['gorilla', 'man', 1]]]],
    ['a cell is missing', removal, [[['gorilla', 'man', 24]], [['gorilla', 'man', 1]]]],
    ['more images come than a label has', addition, [[['gorilla', 'person', 25]], [], []]],
    ['images come to another label', addition, [[['gorilla', 'man', 1]], [], []]],
  ] as const)('does not verify where %s', (_, index, cells) => {
    expect(ablationsFit(changed(index, moved(cells))).holds).toBe(false)
  }) // prettier-ignore

  it('does not verify where the label taken out is not one of the label set, or the added one is', () => {
    const renamed = (id: string) => (one: AblationFacts) => ({ ...one, label: { ...one.label, id } })
    expect(ablationsFit(changed(removal, renamed('ape'))).holds).toBe(false)
    expect(ablationsFit(changed(addition, renamed('man'))).holds).toBe(false)
  })
})
