import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import type { Derived } from '../../../src/audit/types/derived.js'
import type { Agreement } from '../../../src/audit/types/paired.js'
import { CRIME, probeOf } from '../../support/definitions.js'
import { raceScene, type Scene } from '../../support/facts.js'
import { factsOfModels } from '../../support/several-models.js'

const PROBE = probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME] } })

/** Images with the label thief among 200 of each race. */
function thieves(counts: Readonly<Record<string, number>>, changes: Partial<Scene> = {}): Scene {
  return raceScene(
    Object.entries(counts).map(([race, images]) => [race, images, 200] as const),
    { probes: [PROBE], ...changes },
  )
}

function derivedOf(scenes: Readonly<Record<string, Scene>>): Derived {
  return derive(factsOfModels(scenes))
}

const short = ({ group, holds, direction }: Agreement): unknown => [group[0]?.[1], holds, direction]

describe('agreement across models', () => {
  it('is empty for one model', () => {
    expect(derivedOf({ a: thieves({ A: 90, B: 10, C: 10 }) }).agreement).toEqual([])
  })

  it('says all, some, opposite and none, with the direction where there is one', () => {
    const { agreement } = derivedOf({
      a: thieves({ A: 120, B: 2, C: 40, D: 50 }),
      b: thieves({ A: 120, B: 110, C: 10, D: 60 }),
    })
    expect(agreement.map(short)).toEqual([
      ['A', 'all', 'higher'],
      ['B', 'opposite', null],
      ['C', 'some', 'lower'],
      ['D', 'none', null],
    ])
  })

  it('names the findings in the order of the models, each about the same group', () => {
    const { agreement, findings, contrasts } = derivedOf({
      a: thieves({ A: 100, B: 2, C: 30 }),
      b: thieves({ A: 100, B: 9, C: 30 }),
      'c.csv': thieves({ A: 100, B: 9, C: 31 }),
    })
    for (const { group, findings: ids } of agreement) {
      const found = ids.map((id) =>
        contrasts.find(({ id: contrast }) => findings.find((each) => each.id === id)?.contrast === contrast),
      )
      expect(found.map((contrast) => contrast?.evidence)).toEqual(['e1', 'e2', 'e3'])
      expect(found.map((contrast) => contrast?.sides[0].group)).toEqual([group, group, group])
    }
    expect(agreement).toHaveLength(3)
  })

  it('puts a two-valued attribute into one row though the models compare it the other way round, and calls that opposite', () => {
    const { agreement } = derivedOf({ a: thieves({ A: 100, B: 10 }), b: thieves({ A: 10, B: 100 }) })
    expect(agreement.map(short)).toEqual([['A', 'opposite', null]])
    expect(agreement[0]?.findings.every((id) => id !== null)).toBe(true)
  })

  it('does so against everyone too, where only the higher side of a two-valued attribute is compared', () => {
    const changes = { reference: { kind: 'overall' } } as const
    const { agreement } = derivedOf({ a: thieves({ A: 100, B: 10 }, changes), b: thieves({ A: 10, B: 100 }, changes) })
    expect(agreement.map(short)).toEqual([['A', 'opposite', null]])
    expect(agreement[0]?.findings.every((id) => id !== null)).toBe(true)
  })

  it('turns a direction round with the sides: a swap without a disparity of its own contradicts nothing', () => {
    const { agreement } = derivedOf({ a: thieves({ A: 100, B: 10 }), b: thieves({ A: 30, B: 31 }) })
    expect(agreement.map(short)).toEqual([['A', 'some', 'higher']])
  })

  it('holds for all only where every model has a disparity: too few images in one are not enough', () => {
    const few = raceScene([['A', 9, 200], ['B', 5, 200], ['C', 5, 20]], { probes: [PROBE] }) // prettier-ignore
    const { agreement } = derivedOf({ a: few, b: few })
    expect(agreement.map(({ holds }) => holds)).toEqual(['none', 'none', 'none'])
  })

  it('matches a group against the best one though each model has a best one of its own', () => {
    const best = { reference: { kind: 'best' } as const }
    const { agreement } = derivedOf({
      a: thieves({ A: 100, B: 2, C: 60 }, best),
      b: thieves({ A: 100, B: 60, C: 2 }, best),
    })
    expect(agreement.map(short)).toEqual([
      ['A', 'all', 'higher'],
      ['C', 'some', 'higher'],
      ['B', 'some', 'higher'],
    ])
    expect(agreement[1]?.findings[1]).toBeNull() // C is the best group of the second model
  })

  it('leaves out whether images could be read, which no model changes', () => {
    const scene = thieves({ A: 100, B: 2, C: 3 })
    expect(derivedOf({ a: scene, b: scene }).agreement.every(({ probe }) => probe === PROBE.id)).toBe(true)
  })

  it('does not hang on the order of the models, but for the order of the findings', () => {
    const [a, b] = [thieves({ A: 100, B: 2, C: 30 }), thieves({ A: 100, B: 90, C: 30 })]
    const forth = derivedOf({ a, b }).agreement
    const back = derivedOf({ b, a }).agreement
    expect(back.map(short)).toEqual(forth.map(short))
  })
})

describe('fingerprints of several files of decisions', () => {
  it('tell the files apart, and of a single one say nothing, so that it stays what it was', () => {
    const scene = thieves({ A: 100, B: 2, C: 30 })
    const prints = (scenes: Readonly<Record<string, Scene>>): string[] =>
      derivedOf(scenes).findings.filter(({ harm }) => harm !== 'quality-of-service').map(({ fingerprint }) => fingerprint) // prettier-ignore
    const two = prints({ 'a.csv': scene, 'b.csv': scene })
    expect(new Set(two).size).toBe(6)
    expect(prints({ 'a.csv': scene })).toEqual(prints({ 'b.csv': scene }))
  })
})
