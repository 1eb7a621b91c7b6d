import { describe, expect, it } from 'vitest'
import { contrastFamilies } from '../../../src/audit/findings/contrast-families.js'
import { outcomeTasks } from '../../../src/audit/findings/outcome-tasks.js'
import { shrunkenEstimates } from '../../../src/audit/findings/shrunken-estimates.js'
import { probeOf } from '../../support/definitions.js'
import { factsOf, type Block, type Scene } from '../../support/facts.js'

const RACES = ['A', 'B', 'C'] as const
const GENDERS = ['Male', 'Female'] as const

/** A scene of six intersections: [thieves, images] each. */
function scene(counts: readonly (readonly [number, number])[], changes: Partial<Scene> = {}): Scene {
  const groups = RACES.flatMap((race) => GENDERS.map((gender) => [race, gender] as const))
  return {
    attributes: [
      { name: 'race', values: [...RACES] },
      { name: 'gender', values: [...GENDERS] },
    ],
    blocks: groups.flatMap((of, index): Block[] => {
      const [thieves, images] = counts[index] ?? [0, 0]
      return [
        { of, images: thieves, label: 'thief' },
        { of, images: images - thieves, label: 'man' },
      ]
    }),
    probes: [probeOf({ groupBy: [['race'], ['race', 'gender']] })],
    ...changes,
  }
}
function estimatesOf(of: Scene) {
  const facts = factsOf(of)
  const tasks = outcomeTasks(facts)
  const { rates } = contrastFamilies(facts, tasks)
  return { rates, estimates: shrunkenEstimates(tasks, rates) }
}

describe('shrunkenEstimates', () => {
  it('draws every intersection towards the mean of all, the small ones most', () => {
    const { rates, estimates } = estimatesOf(scene([[40, 400], [60, 400], [20, 400], [9, 30], [0, 4], [35, 400]])) // prettier-ignore
    expect(estimates).toHaveLength(1)
    const [{ mean, strength, complete, groupBy, rates: shrunken }] = estimates
    expect(groupBy).toEqual(['race', 'gender'])
    expect(complete).toBe(false)
    expect(strength).toBeGreaterThan(1)
    const raw = shrunken.map(({ rate }) => rates.find(({ id }) => id === rate)?.value ?? NaN)
    expect(raw).toEqual([0.1, 0.15, 0.05, 0.3, 0, 0.0875])
    const moved = shrunken.map(({ value }, index) => (value - raw[index]) / ((mean ?? NaN) - raw[index]))
    expect(moved.every((share) => share > 0 && share < 1)).toBe(true)
    expect(Math.min(moved[3], moved[4])).toBeGreaterThan(Math.max(moved[0], moved[1], moved[2], moved[5]))
    for (const { value, interval } of shrunken) {
      expect(interval[0]).toBeLessThan(value)
      expect(interval[1]).toBeGreaterThan(value)
    }
  })

  it('says so where the groups do not differ by more than chance', () => {
    const { estimates } = estimatesOf(scene([[40, 400], [40, 400], [40, 400], [40, 400], [4, 40], [4, 40]])) // prettier-ignore
    expect(estimates[0].complete).toBe(true)
    for (const { value } of estimates[0].rates) expect(value).toBeCloseTo(0.1, 4)
  })

  it.each([
    ['too few groups with images', scene([[1, 40], [2, 40], [0, 0], [0, 0], [3, 40], [1, 40]]), 'too-few-groups'], // prettier-ignore
    ['nobody counted', scene([[0, 40], [0, 40], [0, 40], [0, 40], [0, 40], [0, 40]]), 'no-variation'], // prettier-ignore
    ['everybody counted', scene([[40, 40], [40, 40], [40, 40], [40, 40], [4, 4], [4, 4]]), 'no-variation'], // prettier-ignore
    ['several images a subject', scene([[1, 40], [2, 40], [1, 40], [2, 40], [3, 40], [1, 40]], { imagesPerSubject: 2 }), 'repeated-subjects'], // prettier-ignore
  ])('is not offered with %s', (_, of, reason) => {
    expect(estimatesOf(of).estimates).toMatchObject([{ mean: null, strength: null, complete: null, reason, rates: [] }])
  })
})
