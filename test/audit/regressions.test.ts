import { describe, expect, it } from 'vitest'
import { derive } from '../../src/audit/derive.js'
import { renderHtml } from '../../src/audit/report/render-html.js'
import { renderTerminalSummary } from '../../src/audit/report/render-terminal.js'
import { createRandom } from '../../src/audit/statistics/random.js'
import type { Derived } from '../../src/audit/types/derived.js'
import { CRIME, LABELS, NON_HUMAN, probeOf } from '../support/definitions.js'
import { auditOf, factsOf, raceScene, type Scene } from '../support/facts.js'
import { contrastOf, findingOf, groupName, rateById, verdictOn } from '../support/look-up.js'

// What other tools get wrong, by the numbers of measures.md, part C. C8, C21 and C25 are held by test/audit/definitions and
// test/audit/dataset, C28 also by test/audit/embedding; those that concern measures of later versions are not here.

/** The crime counts by race of the 2023 replication, as measures.md B1 prints them. */
const REPLICATION = [
  ['Black', 92, 1556],
  ['East Asian', 73, 1550],
  ['Indian', 66, 1516],
  ['Latino_Hispanic', 135, 1623],
  ['Middle Eastern', 147, 1209],
  ['Southeast Asian', 77, 1415],
  ['White', 767, 2085],
] as const

const deriveOf = (counts: Parameters<typeof raceScene>[0], changes: Partial<Scene> = {}): Derived =>
  derive(factsOf(raceScene(counts, changes)))

describe('what others get wrong', () => {
  it('measures.md C1: the group read first is the one with the highest harm rate, not the lowest', () => {
    const derived = deriveOf([['A', 10, 1000], ['B', 140, 1000], ['C', 10, 1000]]) // prettier-ignore
    const [first] = derived.summary.largest
    const contrast = derived.contrasts.find(({ id }) => id === derived.findings.find((one) => one.id === first)?.contrast) // prettier-ignore
    expect(contrast && groupName(contrast)).toBe('B')
    expect(contrast && rateById(derived, contrast.sides[0].rate).value).toBe(0.14)
  })

  it('measures.md C3: 5 of 750 against 0 of 750 has no ratio, a lower bound and no upper one', () => {
    const { ratio } = contrastOf(deriveOf([['A', 5, 750], ['B', 0, 750]]), 'A') // prettier-ignore
    expect(ratio).toMatchObject({ value: null, reason: 'zero-reference-rate', unbounded: true })
    expect(ratio.interval?.[0]).toBeCloseTo(1.30449635, 8)
    expect(ratio.interval?.[1]).toBeNull()
  })

  it('measures.md C4: a rate of 0 is a rate', () => {
    const derived = deriveOf([['A', 0, 400], ['B', 0, 400], ['C', 0, 400]]) // prettier-ignore
    expect(contrastOf(derived, 'A').ratio).toMatchObject({ value: null, reason: 'both-rates-zero' })
    expect(rateById(derived, 'r1').value).toBe(0)
    expect(derived.findings).toHaveLength(6)
  })

  it('measures.md C5: 0 of 30 has the interval [0, 0.113513]', () => {
    const { interval } = rateById(deriveOf([['A', 0, 30], ['B', 0, 30]]), 'r1') // prettier-ignore
    expect(interval?.[0]).toBe(0)
    expect(interval?.[1]).toBeCloseTo(0.113513, 6)
  })

  it('measures.md C6: of 100 images 3 are unreadable: 97 decided, 3 failed of 100 attempts, by group', () => {
    const scene = raceScene([['A', 7, 97], ['B', 7, 100]]) // prettier-ignore
    const derived = derive(
      factsOf({ ...scene, blocks: [...scene.blocks, { of: ['A'], images: 3, fate: 'unreadable' }] }),
    )
    const crime = contrastOf(derived, 'A')
    const failed = contrastOf(derived, 'A', { probe: 'failure-to-process' })
    expect(rateById(derived, crime.sides[0].rate)).toMatchObject({ count: 7, total: 97 })
    expect(rateById(derived, failed.sides[0].rate)).toMatchObject({ count: 3, total: 100 })
    expect(rateById(derived, failed.sides[1].rate)).toMatchObject({ count: 0, total: 100 })
  })

  it('measures.md C12: the rate of a group is over the group: 767 of 2,085, not of all 1,357 thieves', () => {
    const derived = deriveOf(REPLICATION)
    const rate = rateById(derived, contrastOf(derived, 'White').sides[0].rate)
    expect(rate).toMatchObject({ count: 767, total: 2085 })
    expect(rate.value).toBeCloseTo(0.3679, 4)
  })

  it('measures.md C13: a group may be called anything, and nothing is split from a joined name', () => {
    const names = ['Latino_Hispanic', '__proto__', 'a=b|c', 'constructor', 'a × b', '["race","A"]', ' ', '0']
    const audit = auditOf(raceScene(names.map((name, index) => [name, 10 + index, 100] as const)))
    const seen = audit.derived.contrasts.filter(({ probe }) => probe === 'denigration').map(groupName)
    expect(seen).toEqual(names)
    const counts = names.map((name) => rateById(audit.derived, contrastOf(audit.derived, name).sides[0].rate).count)
    expect(counts).toEqual(names.map((_, index) => 10 + index))
    expect(() => renderHtml(audit)).not.toThrow()
  })

  it('measures.md C16: an alpha of 0.01 is used for intervals, families and verdicts alike', () => {
    const counts = [['A', 52, 300], ['B', 25, 300], ['C', 25, 300]] as const // prettier-ignore
    const strict = factsOf(raceScene(counts, { policy: { alpha: 0.01 } }))
    expect([...strict.probes[0].families, ...strict.failureFamilies].map(({ alpha }) => alpha)).toEqual([0.01, 0.01])
    const [usual, derived] = [deriveOf(counts), derive(strict)]
    expect([verdictOn(usual, 'A'), verdictOn(derived, 'A')]).toEqual([
      'disparity higher',
      'inconclusive interval-too-wide',
    ])
    const width = (of: Derived): number => {
      const { interval } = rateById(of, 'r1')
      return interval === null ? NaN : interval[1] - interval[0]
    }
    expect(width(derived)).toBeGreaterThan(width(usual))
  })

  it('measures.md C16: a reference named ab stays one name', () => {
    const derived = deriveOf([['ab', 5, 100], ['a', 5, 100], ['b', 5, 100]], { reference: { kind: 'named', group: [['race', 'ab']] } }) // prettier-ignore
    const ofProbe = derived.contrasts.filter(({ probe }) => probe === 'denigration')
    expect(ofProbe.map((contrast) => [groupName(contrast), contrast.sides[1].group])).toEqual([
      ['a', [['race', 'ab']]],
      ['b', [['race', 'ab']]],
    ])
  })

  it('measures.md C17: fourteen groups of 750 at 5 % parity show no disparity', () => {
    const audits = Array.from({ length: 10 }, (_, seed) => {
      const random = createRandom(seed, 'parity')
      const draw = (): number => random.binomial(750, 0.05)
      return deriveOf(Array.from({ length: 14 }, (__, index) => [`group ${index}`, draw(), 750] as const))
    })
    expect(audits.flatMap(({ findings }) => findings.filter(({ verdict }) => verdict.kind === 'disparity'))).toEqual([])
  })

  it('measures.md C18: 14 % against 1 % is a ratio of 14 and 13 points, whatever four fifths of the others would say', () => {
    const audit = auditOf(raceScene([['A', 14, 100], ['B', 1, 100]])) // prettier-ignore
    const { ratio, difference } = contrastOf(audit.derived, 'A')
    expect(ratio.value).toBeCloseTo(14, 12)
    expect(difference.value).toBeCloseTo(0.13, 12)
  })

  it('measures.md C19: with the best group as reference every pair is corrected for', () => {
    const seven = REPLICATION.map(([race, thieves, images]) => [race, thieves, images] as const)
    const facts = factsOf(raceScene(seven, { reference: { kind: 'best' } }))
    expect(facts.probes[0].families[0].m).toBe((7 * 6) / 2)
  })

  it('measures.md C22: the order in which groups are declared changes no number of any group', () => {
    const [there, back] = [deriveOf(REPLICATION), deriveOf([...REPLICATION].reverse())]
    const numbers = (derived: Derived, race: string): unknown => {
      const { difference, ratio, p, needed } = contrastOf(derived, race)
      return { difference, ratio, p, needed, verdict: verdictOn(derived, race) }
    }
    for (const [race] of REPLICATION) expect(numbers(back, race)).toEqual(numbers(there, race))
  })

  it('measures.md C22: the order of the labels changes no rate', () => {
    const reversed = [{ ...LABELS, labels: [...LABELS.labels].reverse() }]
    const [there, back] = [deriveOf(REPLICATION), deriveOf(REPLICATION, { labelSets: reversed })]
    expect(back.rates).toEqual(there.rates)
  })

  it('measures.md C23: where the majority is the harmed group, it is the one that is named', () => {
    const probes = [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN] } })]
    const audit = auditOf(raceScene(REPLICATION, { probes, policy: { failOn: ['disparity'] } }))
    const { derived } = audit
    const white = findingOf(derived, contrastOf(derived, 'White', { outcome: 'crime' }))
    expect(derived.summary.largest).toEqual([white.id])
    expect(derived.gate.findings).toEqual([white.id])
    const verdicts = REPLICATION.map(([race]) => verdictOn(derived, race, { outcome: 'crime' }))
    expect(verdicts).toEqual([
      'disparity lower',
      'disparity lower',
      'disparity lower',
      'inconclusive interval-too-wide',
      'inconclusive interval-too-wide',
      'disparity lower',
      'disparity higher',
    ]) // measures.md B1, m = 14
    expect(renderTerminalSummary(audit)).not.toMatch(/disadvantaged/i)
  })

  it('measures.md C24: of 126 cells with 41 under 30 images all are listed, 41 insufficient, none passing', () => {
    const values = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name} ${i}`)
    const [races, genders, ages] = [values('race', 7), values('gender', 2), values('age', 9)]
    const cells = races.flatMap((race) => genders.flatMap((gender) => ages.map((age) => [race, gender, age])))
    const scene: Scene = {
      attributes: [
        { name: 'race', values: races },
        { name: 'gender', values: genders },
        { name: 'age', values: ages },
      ],
      blocks: cells.map((of, index) => ({ of, images: index < 41 ? index % 30 : 30 + index, label: 'man' })),
      probes: [probeOf({ groupBy: [['race', 'gender', 'age']] })],
    }
    const { contrasts, findings } = derive(factsOf(scene))
    const listed = contrasts.filter(({ probe }) => probe === 'denigration').map(({ id }) => id)
    expect(listed).toHaveLength(126)
    const verdicts = findings.filter(({ contrast }) => listed.includes(contrast)).map(({ verdict }) => verdict.kind)
    expect(verdicts.filter((kind) => kind === 'insufficient')).toHaveLength(41)
    expect(verdicts.slice(0, 41).every((kind) => kind === 'insufficient')).toBe(true)
  })

  it('measures.md C28: an image without a decision is counted as undecided, never as the first label', () => {
    const scene = raceScene([['A', 5, 100], ['B', 5, 100]]) // prettier-ignore
    const { tallies } = factsOf({ ...scene, blocks: [...scene.blocks, { of: ['A'], images: 2, fate: 'undecided' }] })
    expect(tallies[0]).toMatchObject({
      total: 100,
      undecided: 2,
      counts: [
        ['man', 95],
        ['thief', 5],
      ],
    })
  })
})
