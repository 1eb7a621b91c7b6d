import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { createSplitter } from '../../../src/audit/statistics/hypergeometric-split.js'
import { permutationPValue } from '../../../src/audit/statistics/permutation-p-value.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import type { Derived } from '../../../src/audit/types/derived.js'
import { CRIME, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { auditOf, factsOf, raceScene } from '../../support/facts.js'
import { contrastOf, findingOf, groupName, rateById, verdictOn } from '../../support/look-up.js'
import { deriveOf, REPLICATION } from './scenes.js'

// What other tools get wrong, by the numbers of measures.md, part C: intervals, families, tests and verdicts.

describe('what others get wrong in verdicts', () => {
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

  it('measures.md C17: the gap between those groups is printed with what chance alone gives, near 2.7 points', () => {
    const random = createRandom(1, 'parity')
    const groups = Array.from(
      { length: 14 },
      (_, index) => [`group ${index}`, random.binomial(750, 0.05), 750] as const,
    )
    const { estimates } = deriveOf(groups, { policy: { permutations: 999 } })
    const gap = estimates
      .flatMap((estimate) => (estimate.kind === 'spread' ? estimate.measures : []))
      .find(({ measure }) => measure === 'gap')
    expect(gap?.value).toBeGreaterThan(0.01)
    expect(gap?.parity?.centre).toBeCloseTo(0.027, 2)
    expect(gap?.parity?.p).toBeGreaterThan(0.05)
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

  it('measures.md C20: a split of groups of 10 and 300 keeps their sizes', () => {
    const [split, random] = [createSplitter([10, 300]), createRandom(1, 'split')]
    expect([...split(310, random)]).toEqual([10, 300])
    const few = Array.from({ length: 2000 }, () => [...split(31, random)])
    expect(few.every(([small, large]) => small >= 0 && small <= 10 && small + large === 31)).toBe(true)
    const mean = few.reduce((sum, [small]) => sum + small, 0) / few.length
    expect(Math.abs(mean - 1)).toBeLessThan(0.1) // 31 x 10 / 310; split in halves it would be 15.5
  })

  it('measures.md C20: at equal rates a permutation test of 10 against 300 rarely rejects, and its p is never 0', () => {
    const [split, random] = [createSplitter([10, 300]), createRandom(2, 'permutation')]
    const difference = ([small, large]: readonly number[]): number => Math.abs(small / 10 - large / 300)
    const pValues = Array.from({ length: 300 }, () => {
      const seen = [random.binomial(10, 0.3), random.binomial(300, 0.3)]
      const draws = Array.from({ length: 99 }, () => difference([...split(seen[0] + seen[1], random)]))
      return permutationPValue(difference(seen), draws)
    })
    expect(pValues.filter((p) => p <= 0.05).length / 300).toBeLessThan(0.09) // 0.05 and three standard errors; halves: 0.56
    expect(Math.min(...pValues)).toBeGreaterThanOrEqual(0.01)
    expect(permutationPValue(Infinity, [0, 1, 2])).toBe(0.25)
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
    const audit = auditOf(
      raceScene(REPLICATION, { probes, policy: { limits: [{ id: 'disparity', kind: 'disparity' }] } }),
    )
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
})
