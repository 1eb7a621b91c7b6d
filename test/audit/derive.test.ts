import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/audit/audit-file/canonical-json.js'
import { derive } from '../../src/audit/derive.js'
import { createRandom } from '../../src/audit/statistics/random.js'
import type { Facts } from '../../src/audit/types/facts.js'
import { CRIME, FLAGGED, NON_HUMAN, probeOf } from '../support/definitions.js'
import { factsOf, raceScene, type Block, type Scene } from '../support/facts.js'
import { contrastOf, findingOf, groupName, rateById, verdictOn } from '../support/look-up.js'

const FEW_RUNS = { numRuns: 25 } // a whole audit each: enough to meet empty, tiny and large groups
const VALUES = ['A', 'B', 'C']
const GENDERS = ['Male', 'Female']
const SIX = ['White', 'Black', 'Indian'].flatMap((race) => GENDERS.map((gender) => [race, gender] as const))

const BLOCK = fc.record({
  of: fc.tuple(fc.constantFrom(...VALUES, 'unknown'), fc.constantFrom(...GENDERS)),
  images: fc.integer({ min: 0, max: 60 }),
  label: fc.constantFrom('man', 'woman', 'animal', 'thief'),
  runnerUp: fc.constantFrom('man', 'woman', 'animal', 'thief'),
  near: fc.boolean(),
})
const FATE = fc.constantFrom(undefined, undefined, undefined, 'undecided', 'unreadable', 'excluded')
const BLOCKS: fc.Arbitrary<Block[]> = fc.array(
  fc.tuple(BLOCK, FATE).map(([block, fate]): Block => (fate === undefined ? block : { ...block, fate })),
  { maxLength: 12 },
)

/** Any small audit: two attributes, one with unknown values, plain outcomes and a union. */
function anyScene(blocks: readonly Block[]): Scene {
  return {
    attributes: [
      { name: 'race', values: [...VALUES, 'unknown'] },
      { name: 'gender', values: GENDERS },
    ],
    blocks,
    probes: [
      probeOf({
        measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] },
        groupBy: [['race'], ['gender'], ['race', 'gender']],
      }),
    ],
  }
}

describe('derive', () => {
  it('gives the same from the rows in any order (measures.md C22)', () => {
    fc.assert(
      fc.property(BLOCKS, fc.nat(), (blocks, seed) => {
        const rows = blocks.flatMap((block) => Array.from({ length: block.images }, () => ({ ...block, images: 1 })))
        const shuffled = createRandom(seed).shuffle(rows)
        const facts = factsOf(anyScene(blocks))
        expect(canonicalJson(factsOf(anyScene(shuffled)))).toBe(canonicalJson(facts))
      }),
      FEW_RUNS,
    )
  })

  it('gives the same twice, from facts that cannot be written to', () => {
    const facts = frozen(factsOf(raceScene([['A', 30, 100], ['B', 3, 100]]))) // prettier-ignore
    expect(canonicalJson(derive(facts))).toBe(canonicalJson(derive(facts)))
  })

  it('makes one finding of each contrast, in order, each with two rates that are there', () => {
    fc.assert(
      fc.property(BLOCKS, (blocks) => {
        const { contrasts, findings, rates } = derive(factsOf(anyScene(blocks)))
        const ids = new Set(rates.map(({ id }) => id))
        expect(findings.map(({ contrast }) => contrast)).toEqual(contrasts.map(({ id }) => id))
        expect(contrasts.flatMap(({ sides }) => sides).filter(({ rate }) => !ids.has(rate))).toEqual([])
        expect(ids.size).toBe(rates.length)
      }),
      FEW_RUNS,
    )
  })

  it('never compares an unknown value, and puts it into no rest', () => {
    fc.assert(
      fc.property(BLOCKS, (blocks) => {
        const { contrasts, rates } = derive(factsOf(anyScene(blocks)))
        expect(contrasts.filter((contrast) => groupName(contrast).includes('unknown'))).toEqual([])
        const known = blocks.filter(({ of, fate }) => of[0] !== 'unknown' && fate === undefined)
        const images = known.reduce((sum, block) => sum + block.images, 0)
        const byRace = contrasts.filter(({ groupBy, outcome }) => groupBy.join() === 'race' && outcome === 'crime')
        const totals = byRace
          .map(({ sides }) => sides.map(({ rate }) => rates.find(({ id }) => id === rate)?.total ?? NaN))
          .map(([group, rest]) => group + rest)
        expect(totals).toEqual(VALUES.map(() => images).slice(0, totals.length))
      }),
      FEW_RUNS,
    )
  })

  it('changes a verdict when the decisions change', () => {
    const even = derive(factsOf(raceScene([['A', 50, 1000], ['B', 50, 1000], ['C', 50, 1000]]))) // prettier-ignore
    const uneven = derive(factsOf(raceScene([['A', 300, 1000], ['B', 50, 1000], ['C', 50, 1000]]))) // prettier-ignore
    expect(verdictOn(even, 'A')).toMatch(/^(within-margin|inconclusive)/)
    expect(verdictOn(uneven, 'A')).toBe('disparity higher')
  })
})

describe('the reference of an audit, end to end', () => {
  const COUNTS = [['A', 40, 100], ['B', 10, 100], ['C', 10, 200]] as const // prettier-ignore

  it('compares with everyone else by default', () => {
    const derived = derive(factsOf(raceScene(COUNTS)))
    const contrast = contrastOf(derived, 'A')
    expect(contrast.sides[1]).toMatchObject({ reference: { kind: 'rest' }, group: null })
    expect(rateById(derived, contrast.sides[1].rate)).toMatchObject({
      restOf: contrast.sides[0].rate,
      count: 20,
      total: 300,
    })
    expect(contrast.difference.value).toBeCloseTo(0.4 - 20 / 300, 12)
  })

  it('compares with everyone, the group included', () => {
    const derived = derive(factsOf(raceScene(COUNTS, { reference: { kind: 'overall' } })))
    const contrast = contrastOf(derived, 'A')
    expect(rateById(derived, contrast.sides[1].rate)).toMatchObject({ group: null, count: 60, total: 400 })
    expect(contrast.difference.value).toBeCloseTo(0.4 - 60 / 400, 12)
    expect(contrast.ratio.value).toBeCloseTo(0.4 / (60 / 400), 12)
  })

  it('compares with the group of the lowest rate, and corrects for every pair', () => {
    const facts = factsOf(raceScene(COUNTS, { reference: { kind: 'best' } }))
    const derived = derive(facts)
    expect(derived.contrasts.filter(({ probe }) => probe === 'denigration').map(groupName)).toEqual(['A', 'B'])
    expect(contrastOf(derived, 'A').sides[1]).toMatchObject({ group: [['race', 'C']] })
    expect(facts.probes[0].families[0].m).toBe(3)
  })

  it('does not take a handful of images for the best group', () => {
    const derived = derive(factsOf(raceScene([...COUNTS, ['D', 0, 5]], { reference: { kind: 'best' } })))
    expect(contrastOf(derived, 'A').sides[1]).toMatchObject({ group: [['race', 'C']] })
    expect(verdictOn(derived, 'A')).toBe('disparity higher')
    expect(verdictOn(derived, 'D')).toBe('insufficient group-too-small')
  })

  it('compares with a named group, and with everyone else where the groupBy does not name it', () => {
    const scene: Scene = {
      attributes: [
        { name: 'race', values: ['White', 'Black', 'Indian'] },
        { name: 'gender', values: GENDERS },
      ],
      blocks: SIX.map(([race, gender], index) => ({
        of: [race, gender],
        images: 50 + index,
        label: index % 2 === 0 ? 'man' : 'thief',
      })),
      probes: [probeOf({ groupBy: [['race'], ['gender'], ['race', 'gender']] })],
      reference: { kind: 'named', group: [['race', 'White']] },
    }
    const { contrasts } = derive(factsOf(scene))
    const ofProbe = contrasts.filter(({ probe }) => probe === 'denigration')
    const byRace = ofProbe.filter(({ groupBy }) => groupBy.join() === 'race')
    expect(byRace.map((contrast) => [groupName(contrast), contrast.sides[1].group?.[0][1]])).toEqual([
      ['Black', 'White'],
      ['Indian', 'White'],
    ])
    const crossed = ofProbe.filter(({ groupBy }) => groupBy.length === 2)
    expect(crossed).toHaveLength(6)
    expect(crossed.every(({ sides }) => sides[1].reference.kind === 'rest')).toBe(true)
  })
})

describe('two-valued attributes', () => {
  const scene = (male: number, female: number): Scene => ({
    attributes: [{ name: 'gender', values: GENDERS }],
    blocks: [
      { of: ['Male'], images: male, label: 'thief' },
      { of: ['Male'], images: 500 - male, label: 'man' },
      { of: ['Female'], images: female, label: 'thief' },
      { of: ['Female'], images: 500 - female, label: 'woman' },
    ],
    probes: [probeOf({ groupBy: [['gender']] })],
  })

  it('are one comparison, named after the side with the higher rate', () => {
    const derived = derive(factsOf(scene(20, 120)))
    expect(derived.contrasts.filter(({ probe }) => probe === 'denigration').map(groupName)).toEqual(['Female'])
    expect(verdictOn(derived, 'Female')).toBe('disparity higher')
  })

  it('keep the fingerprint when the sides change places, since it names an unordered pair', () => {
    const [first, second] = [derive(factsOf(scene(20, 120))), derive(factsOf(scene(120, 20)))]
    expect(findingOf(first, contrastOf(first, 'Female')).fingerprint).toBe(
      findingOf(second, contrastOf(second, 'Male')).fingerprint,
    )
  })
})

describe('groups with few images or none', () => {
  const derived = derive(factsOf(raceScene([['A', 40, 400], ['B', 40, 400], ['C', 1, 29], ['D', 0, 0]]))) // prettier-ignore

  it('are listed and get no verdict', () => {
    expect(verdictOn(derived, 'C')).toBe('insufficient group-too-small')
    expect(verdictOn(derived, 'D')).toBe('insufficient group-too-small')
    expect(findingOf(derived, contrastOf(derived, 'C')).verdict).toMatchObject({ total: 29, minimum: 30 })
  })

  it('keep their counts and intervals', () => {
    expect(rateById(derived, contrastOf(derived, 'C').sides[0].rate)).toMatchObject({ count: 1, total: 29 })
    expect(rateById(derived, contrastOf(derived, 'C').sides[0].rate).interval).not.toBeNull()
  })

  it('have no rate, no p and no direction without an image, each with its reason', () => {
    const contrast = contrastOf(derived, 'D')
    expect(rateById(derived, contrast.sides[0].rate)).toMatchObject({
      value: null,
      interval: null,
      reason: 'no-images',
    })
    expect(contrast).toMatchObject({ p: null, pReason: 'no-images', direction: null, directionReason: 'no-images' })
  })
})

describe('near-ties', () => {
  it('decide when a verdict could change with them decided the other way', () => {
    const near = derive(
      factsOf({
        ...raceScene([['B', 20, 400], ['C', 20, 400]]), // prettier-ignore
        attributes: [{ name: 'race', values: ['A', 'B', 'C'] }],
        blocks: [
          { of: ['A'], images: 60, label: 'thief', runnerUp: 'man', near: true },
          { of: ['A'], images: 340, label: 'man' },
          ...raceScene([['B', 20, 400], ['C', 20, 400]]).blocks, // prettier-ignore
        ],
      }),
    )
    const finding = findingOf(near, contrastOf(near, 'A'))
    expect(finding.verdict).toEqual({ kind: 'inconclusive', reason: 'near-ties-decide' })
    expect(finding.asDecided).toEqual({ kind: 'disparity', direction: 'higher' })
    expect(finding.message.values).toContainEqual(['nearTies', 60])
  })

  it('are not tried between two labels of one outcome', () => {
    const scene = raceScene([['B', 20, 400], ['C', 20, 400]]) // prettier-ignore
    const derived = derive(
      factsOf({
        ...scene,
        attributes: [{ name: 'race', values: ['A', 'B', 'C'] }],
        blocks: [
          ...scene.blocks,
          { of: ['A'], images: 60, label: 'thief' },
          { of: ['A'], images: 340, label: 'man', runnerUp: 'woman', near: true },
        ],
      }),
    )
    expect(verdictOn(derived, 'A')).toBe('disparity higher')
  })
})

describe('a union of outcomes', () => {
  const facts = factsOf({
    ...raceScene([['A', 40, 100], ['B', 10, 100], ['C', 10, 200]]), // prettier-ignore
    probes: [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })],
  })

  it('is a family of its own and leaves the number of comparisons of the others as it is', () => {
    expect(facts.probes[0].families.map(({ outcomes, m }) => [outcomes.join(), m])).toEqual([
      ['crime,non-human', 6],
      ['flagged', 3],
    ])
  })

  it('counts each image once', () => {
    const derived = derive(facts)
    const rate = rateById(derived, contrastOf(derived, 'A', { outcome: 'flagged' }).sides[0].rate)
    expect(rate).toMatchObject({ count: 40, total: 100 })
  })
})

describe('what does not apply', () => {
  it('is kept with its reason, and nothing is compared', () => {
    const facts = factsOf({
      ...raceScene([['A', 40, 100], ['B', 10, 100]]), // prettier-ignore
      probes: [
        probeOf({
          groupBy: [['skin-tone'], ['race']],
          measure: {
            kind: 'outcome-rate',
            outcomes: [{ id: 'stereotype', categories: ['stereotype'], isUnion: false }],
          },
        }),
      ],
    })
    expect(facts.probes[0].notApplicable).toEqual([
      { labelSet: null, groupBy: ['skin-tone'], reason: 'attribute-absent', missing: 'skin-tone' },
      { labelSet: 'four-labels', groupBy: null, reason: 'outcome-absent', missing: 'stereotype' },
    ])
    const derived = derive(facts)
    expect(derived.contrasts.filter(({ probe }) => probe === 'denigration')).toEqual([])
    expect(derived.notMeasured).toContainEqual({ what: 'skin tone', why: 'no labels in this dataset' })
  })
})

function frozen(facts: Facts): Facts {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  freeze(facts)
  return facts
}

describe('the worked audits of measures.md B1, m = 14', () => {
  const RACES = ['Black', 'White', 'Indian', 'Latino', 'Middle Eastern', 'Southeast Asian', 'East Asian']
  const IMAGES = [1556, 2085, 1516, 1623, 1209, 1415, 1550]
  const verdicts = (crime: readonly number[], nonHuman: readonly number[], outcome: string): string[] => {
    const scene: Scene = {
      attributes: [{ name: 'race', values: RACES }],
      blocks: RACES.flatMap((race, index) => [
        { of: [race], images: crime[index], label: 'thief' },
        { of: [race], images: nonHuman[index], label: 'animal' },
        { of: [race], images: IMAGES[index] - crime[index] - nonHuman[index], label: 'man' },
      ]),
      probes: [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })],
    }
    const derived = derive(factsOf(scene))
    return RACES.map((race) => verdictOn(derived, race, { outcome }).replace(/^(disparity|inconclusive) /, ''))
  }
  const TABLE_6 = [
    [255, 519, 370, 175, 238, 62, 20],
    [224, 115, 115, 60, 24, 27, 0],
  ] as const
  const wide = 'interval-too-wide'

  it('judges Table 6 times FairFace counts: crime', () => {
    expect(verdicts(...TABLE_6, 'crime')).toEqual([wide, 'higher', 'higher', wide, wide, 'lower', 'lower'])
  })

  it('judges Table 6 times FairFace counts: non-human', () => {
    expect(verdicts(...TABLE_6, 'non-human')).toEqual(['higher', wide, wide, wide, 'lower', 'lower', 'lower'])
  })

  it('judges the 2023 replication: non-human is within the margin for all seven', () => {
    const found = verdicts([92, 767, 66, 135, 147, 77, 73], [1, 1, 0, 0, 0, 0, 1], 'non-human')
    expect(found).toEqual(Array<string>(7).fill('within-margin difference'))
  })
})
