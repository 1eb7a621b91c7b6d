import { describe, expect, it } from 'vitest'
import { observeAssociations } from '../../../../src/audit/measures/caption-association/observe.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import type { CaptionAssociationObserved } from '../../../../src/audit/types/observed/caption-association.js'
import { POLICY } from '../../../support/definitions.js'
import { rankingInput, type RankedImage } from '../ranking-input.js'

const MEASURE = { kind: 'caption-association', draws: 199 } as const

/** The first caption lies nearer to men by a whole deviation, the second to nobody, the third is the same everywhere. */
function planted(images: number, seed: number): RankedImage[] {
  const random = createRandom(seed, 'planted')
  const noise = (): number => random.uniform() + random.uniform() + random.uniform() - 1.5 // deviation 0.5
  return Array.from({ length: images }, (_, row) => {
    const gender = row % 2 === 0 ? ('Male' as const) : ('Female' as const)
    return { gender, scores: [noise() + (gender === 'Male' ? 0.5 : 0), noise(), 0.25] }
  })
}

async function observe(images: readonly RankedImage[], minimumImages = 1): Promise<CaptionAssociationObserved> {
  const [observed] = await observeAssociations(rankingInput(images, MEASURE, { policy: { ...POLICY, minimumImages } }))
  return observed
}

describe('observeAssociations', () => {
  it('recovers what is planted, and says no-variation where there is none', async () => {
    const { captions, groups } = await observe(planted(400, 1))
    expect(groups.map(({ images }) => images)).toEqual([200, 200])
    const [near, none, flat] = captions.map(({ associations }) => associations)
    expect(near[0].value).toBeGreaterThan(0.6)
    expect(near[0].chance?.p).toBe(1 / 200)
    expect(near[1].value).toBeCloseTo(-(near[0].value ?? NaN), 5)
    expect(Math.abs(none[0].value ?? NaN)).toBeLessThan(0.4)
    expect(flat).toEqual([{ value: null, reason: 'no-variation' }, { value: null, reason: 'no-variation' }]) // prettier-ignore
  })

  it('takes chance for an association in few of many worlds without one', async () => {
    let beyond = 0
    for (let seed = 0; seed < 60; seed++) {
      const { captions } = await observe(planted(60, seed))
      if ((captions[1].associations[0].chance?.p ?? 1) <= 0.05) beyond++
    }
    expect(beyond).toBeLessThanOrEqual(9) // 3 expected; more than 9 of 60 at 5 % come in 1 of 1,000 times
  })

  it('leaves out who is unknown or was not processed, and compares no group that is too small', async () => {
    const images: RankedImage[] = [
      ...planted(40, 2),
      { gender: 'unknown', scores: [9, 9, 9] },
      { gender: 'Male', scores: [9, 9, 9], processed: false },
    ]
    expect(await observe(images)).toEqual(await observe(planted(40, 2)))
    const { captions } = await observe(planted(40, 2), 30)
    expect(captions[0].associations[0]).toEqual({ value: null, reason: 'group-too-small' })
  })
})
