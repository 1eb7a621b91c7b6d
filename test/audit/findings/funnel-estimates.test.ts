import { describe, expect, it } from 'vitest'
import { funnelEstimates } from '../../../src/audit/findings/funnel-estimates.js'
import { outcomeTasks } from '../../../src/audit/findings/outcome-tasks.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { probeOf } from '../../support/definitions.js'
import { factsOf, type Block, type Scene } from '../../support/facts.js'

const RACES = ['A', 'B', 'C'] as const
const GENDERS = ['Male', 'Female'] as const

/** Six intersections: [thieves, images] each. */
function funnelsOf(counts: readonly (readonly [number, number])[], changes: Partial<Scene> = {}) {
  const groups = RACES.flatMap((race) => GENDERS.map((gender) => [race, gender] as const))
  return funnelEstimates(
    outcomeTasks(
      factsOf({
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
      }),
    ),
  )
}

describe('funnelEstimates', () => {
  it('stands for intersections alone, around the rate of all their images', () => {
    const funnels = funnelsOf([[40, 400], [60, 400], [20, 400], [9, 30], [0, 4], [35, 400]]) // prettier-ignore
    expect(funnels).toHaveLength(1)
    expect(funnels[0]).toMatchObject({ groupBy: ['race', 'gender'], count: 164, total: 1634, groups: 6 })
    expect(funnels[0].limits[0][0]).toBe(4)
    expect(funnels[0].limits.at(-1)?.[0]).toBe(400)
  })

  it('counts the groups outside, by hand: 60 of 400, 20 of 400 and 9 of 30 around 10 %', () => {
    // 164 of 1634 = 0.10037; at 400 images 0.0709 to 0.1298, at 30 images 0 to 0.2079, at 4 images 0 to 0.395
    const [{ outside }] = funnelsOf([[40, 400], [60, 400], [20, 400], [9, 30], [0, 4], [35, 400]]) // prettier-ignore
    expect(outside).toBe(3)
  })

  it('leaves about one group in twenty outside when all true rates are equal', () => {
    const random = createRandom(11, 'funnel')
    let outside = 0
    for (let world = 0; world < 60; world++) {
      const counts = [150, 220, 300, 180, 260, 400].map((images): [number, number] => {
        let thieves = 0
        for (let image = 0; image < images; image++) if (random.uniform() < 0.2) thieves += 1
        return [thieves, images]
      })
      outside += funnelsOf(counts)[0].outside
    }
    expect(outside / 360).toBeGreaterThan(0.01)
    expect(outside / 360).toBeLessThan(0.09)
  })

  it('says why there are no limits: nothing to spread, too few groups, or subjects with several images', () => {
    expect(funnelsOf([[0, 40], [0, 40], [0, 40], [0, 40], [0, 40], [0, 40]])[0]).toMatchObject({ reason: 'no-variation', limits: [] }) // prettier-ignore
    expect(funnelsOf([[4, 40], [2, 40]])[0]).toMatchObject({ reason: 'too-few-groups', groups: 2, limits: [] }) // prettier-ignore
  })
})
