import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { confusionRates } from '../../../src/audit/measures/confusion-rates.js'
import { dataCompFigures } from '../../../src/audit/measures/datacomp/figures.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { probeOf } from '../../support/definitions.js'
import { auditOf, factsOf, raceScene, type Scene } from '../../support/facts.js'
import { contrastOf, groupName, rateById } from '../../support/look-up.js'
import { deriveOf, REPLICATION } from './scenes.js'

// What other tools get wrong, by the numbers of measures.md, part C: counts and rates. Verdicts, retrieval, paired runs and what
// is read are in the files beside this one.

describe('what others get wrong in counts and rates', () => {
  it('measures.md C1: the group read first is the one with the highest harm rate, not the lowest', () => {
    const derived = deriveOf([['A', 10, 1000], ['B', 140, 1000], ['C', 10, 1000]]) // prettier-ignore
    const [first] = derived.summary.largest
    const contrast = derived.contrasts.find(({ id }) => id === derived.findings.find((one) => one.id === first)?.contrast) // prettier-ignore
    expect(contrast && groupName(contrast)).toBe('B')
    expect(contrast && rateById(derived, contrast.sides[0].rate).value).toBe(0.14)
  })

  it('measures.md C1: of 0.01 and 0.14 the worst is 0.14, though the figure that DataComp calls worst is 0.01', () => {
    const counts = [
      { group: [['race', 'A']], count: 1, total: 100 },
      { group: [['race', 'B']], count: 14, total: 100 },
    ] as const
    const { worst, datacompWg } = dataCompFigures(counts, 'harm')
    expect(worst).toEqual({ group: [['race', 'B']], value: Math.fround(0.14) })
    expect(datacompWg).toEqual({ group: [['race', 'A']], value: Math.fround(0.01) })
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

  it('measures.md C7: recall is over the annotated images, precision over the decided ones', () => {
    const rates = confusionRates([[8, 2], [1, 4]]) // prettier-ignore
    expect(rates.map(({ recall }) => recall.value)).toEqual([0.8, 0.8])
    expect(rates[0].precision.value).toBeCloseTo(0.8889, 4)
    expect(rates[1].precision.value).toBeCloseTo(0.6667, 4)
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
