import { describe, expect, it } from 'vitest'
import { changeSentence } from '../../../../../src/audit/report/view/designs/change-sentence.js'
import { sidesOf } from '../../../../../src/audit/report/view/designs/sides.js'
import { wordsFor } from '../../../../../src/audit/report/words.js'
import type { ChangeVerdict } from '../../../../../src/audit/types/change.js'
import type { ChangeRecord } from '../../../../../src/audit/types/paired.js'
import { designsAudit } from '../../example-designs.js'

const AUDIT = designsAudit()
const WORDS = wordsFor(AUDIT)

function sentence(pairId: string, value: string, changes: Partial<ChangeRecord> = {}): string {
  const pair = AUDIT.facts.paired.find(({ id }) => id === pairId)
  const change = AUDIT.derived.changes.find(
    ({ pair: of, outcome, group }) =>
      of === pairId && outcome === 'flagged' && group.length === 1 && group[0]?.[1] === value,
  )
  if (pair === undefined || change === undefined) throw new Error('the example has both')
  return changeSentence({ ...change, ...changes }, pair, sidesOf(pair), WORDS)
}

describe('changeSentence', () => {
  it('says what fell, on how many images, by how much, and that the design allows nothing else', () => {
    expect(sentence('p1', '0-2')).toBe(
      '0-2, the same 200 images: “flagged” fell from 60 (30.0%) with clip-paper to 4 (2.0%) with clip-paper-child. The whole interval of the change of −28.0 points (−37.4 to −20.2) lies beyond the margin set before the run. The added label allows no other direction.',
    )
  })

  it('says within margin without calling the two alike', () => {
    expect(sentence('p1', '30-39')).toBe(
      '30-39, the same 2,328 images: “flagged” went from 328 (14.1%) with clip-paper to 328 (14.1%) with clip-paper-child. The whole interval of the change (−0.3 to 0.3 points) lies inside the margin. This holds for these images; it does not show that the two are alike. The added label could only lower this rate.',
    )
  })

  it('adds no note on direction where both are open', () => {
    expect(sentence('p2', 'White')).toMatch(
      /^White, the same 5,426 images: “flagged” went from 1,094 \(20\.2%\) with clip-paper to 1,128 \(20\.8%\) with clip-paper-person\. These data cannot tell: the interval of the change \(0\.\d to 1\.\d points\) lies neither wholly inside the margin nor wholly beyond it\.$/,
    )
  })

  it('gives counts without rates to a group that is too small, and says where there is no image at all', () => {
    expect(sentence('p1', 'more than 70')).toBe(
      'more than 70, the same 20 images: “flagged” went from 4 with clip-paper to 4 with clip-paper-child. Fewer than 30 images were decided with both. Counts are shown, no verdict is given. The added label could only lower this rate.',
    )
    expect(sentence('p2', 'nobody seen here')).toBe(
      'nobody seen here: no image was decided both with clip-paper and with clip-paper-person.',
    )
  })

  it('counts the images that only one of the two decided', () => {
    expect(sentence('p2', 'White', { unpaired: 1 })).toMatch(
      / 1 image was decided with one of the two only and is left out\.$/,
    )
    expect(sentence('p2', 'White', { unpaired: 12 })).toMatch(
      / 12 images were decided with one of the two only and are left out\.$/,
    )
  })

  it('has a sentence for every verdict, and a way to say each direction', () => {
    const verdicts: readonly ChangeVerdict[] = [
      { kind: 'change', direction: 'higher' },
      { kind: 'change', direction: 'lower' },
      { kind: 'within-margin', settledBy: 'difference' },
      { kind: 'inconclusive', reason: 'interval-too-wide' },
      { kind: 'inconclusive', reason: 'few-events' },
      { kind: 'inconclusive', reason: 'near-ties-decide' },
      { kind: 'inconclusive', reason: 'repeated-subjects' },
      { kind: 'insufficient', reason: 'group-too-small', total: 5, minimum: 30 },
      { kind: 'insufficient', reason: 'reference-too-small', total: 5, minimum: 30 },
    ]
    const said = verdicts.map((verdict) => sentence('p2', 'White', { verdict }))
    expect(new Set(said).size).toBe(verdicts.length)
    for (const oneWay of ['higher', 'lower'] as const)
      for (const verdict of verdicts) expect(sentence('p1', 'White', { verdict, oneWay })).toMatch(/added label/)
  })
})
