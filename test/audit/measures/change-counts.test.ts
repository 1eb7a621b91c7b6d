import { describe, expect, it } from 'vitest'
import { addChanges, countChange } from '../../../src/audit/measures/change-counts.js'
import type { NearTiedFlow, PairedCell } from '../../../src/audit/types/paired.js'

const LABELS = {
  labels: [
    { id: 'man', text: 'a man', outcome: 'person', implies: [] },
    { id: 'thief', text: 'a thief', outcome: 'crime', implies: [] },
    { id: 'ape', text: 'an ape', outcome: 'non-human', implies: [] },
  ],
}
const cellOf = (flows: PairedCell['flows'], nearTies: readonly NearTiedFlow[] | null = []): PairedCell => ({
  flows,
  nearTies,
  onlyFirst: 2,
  onlySecond: 3,
})
const FLOWS: PairedCell['flows'] = [
  ['thief', 'thief', 5],
  ['thief', 'man', 7],
  ['ape', 'thief', 11],
  ['man', 'man', 13],
]

describe('countChange', () => {
  it('sorts images by whether they are inside the outcome under each run', () => {
    const [{ counts, unpaired }] = countChange([cellOf(FLOWS)], [LABELS, LABELS], ['crime'])
    expect(counts).toEqual({ both: 5, onlyFirst: 7, onlySecond: 11, neither: 13 })
    expect(unpaired).toBe(5)
  })

  it('counts a move within a union as no change', () => {
    const [{ counts }] = countChange([cellOf(FLOWS)], [LABELS, LABELS], ['crime', 'non-human'])
    expect(counts).toEqual({ both: 16, onlyFirst: 7, onlySecond: 0, neither: 13 })
  })

  it.each<[string, NearTiedFlow, string, string]>([
    // flow of one image; where it stands when the change is raised, and lowered
    ['inside both, near outside in the first', ['thief', 'person', 'thief', null, 1], 'onlySecond', 'both'],
    ['inside both, near outside in the second', ['thief', null, 'thief', 'person', 1], 'both', 'onlyFirst'],
    ['inside both, near outside in both', ['thief', 'person', 'thief', 'person', 1], 'onlySecond', 'onlyFirst'],
    ['outside both, near inside in the first', ['man', 'crime', 'man', null, 1], 'neither', 'onlyFirst'],
    ['outside both, near inside in the second', ['man', null, 'man', 'crime', 1], 'onlySecond', 'neither'],
    ['near another label of the same outcome', ['thief', 'crime', 'thief', null, 1], 'both', 'both'],
    ['lost, near inside in the second', ['thief', null, 'man', 'crime', 1], 'both', 'onlyFirst'],
    ['gained, near inside in the first', ['man', 'crime', 'thief', null, 1], 'onlySecond', 'both'],
  ])('moves an image that is %s', (_, near, raised, lowered) => {
    const [{ counts, nearTies }] = countChange([cellOf([[near[0], near[2], 1]], [near])], [LABELS, LABELS], ['crime'])
    const only = (place: string) => ({ ...{ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }, [place]: 1 })
    expect(Object.values(counts).reduce((sum, images) => sum + images, 0)).toBe(1)
    expect(nearTies).toEqual({ raised: only(raised), lowered: only(lowered) })
  })

  it('does not know near-ties where the pair does not', () => {
    expect(countChange([cellOf(FLOWS, null)], [LABELS, LABELS], ['crime'])[0].nearTies).toBeNull()
  })
})

describe('addChanges', () => {
  const known = countChange([cellOf(FLOWS, [['man', null, 'man', 'crime', 2]])], [LABELS, LABELS], ['crime'])[0]

  it('adds counts, near-ties and unpaired images', () => {
    expect(addChanges([known, known])).toEqual({
      counts: { both: 10, onlyFirst: 14, onlySecond: 22, neither: 26 },
      nearTies: {
        raised: { both: 10, onlyFirst: 14, onlySecond: 26, neither: 22 },
        lowered: { both: 10, onlyFirst: 14, onlySecond: 22, neither: 26 },
      },
      unpaired: 10,
    })
  })

  it('knows near-ties only if every cell does', () => {
    expect(addChanges([known, { ...known, nearTies: null }]).nearTies).toBeNull()
    expect(addChanges([{ ...known, nearTies: null }, known]).nearTies).toBeNull()
    expect(addChanges([]).nearTies).not.toBeNull()
  })
})
