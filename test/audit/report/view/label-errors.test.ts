import { describe, expect, it } from 'vitest'
import { detectableSentence, labelErrors } from '../../../../src/audit/report/view/label-errors.js'
import { wordsFor } from '../../../../src/audit/report/words.js'
import type { Contrast, LabelErrors } from '../../../../src/audit/types/derived.js'
import type { Verdict } from '../../../../src/audit/types/verdict.js'
import { exampleAudit } from '../example-audit.js'

const HIGHER: Verdict = { kind: 'disparity', direction: 'higher' }
const WITHIN: Verdict = { kind: 'within-margin', settledBy: 'difference' }
const WIDE: Verdict = { kind: 'inconclusive', reason: 'interval-too-wide' }
const FEW: Verdict = { kind: 'insufficient', reason: 'group-too-small', total: 8, minimum: 30 }
const HIDDEN = { randomShare: null, randomShareReason: 'only-hidden' } as const

function made(verdict: Verdict, changes: Partial<Contrast>) {
  const audit = exampleAudit()
  const contrast: Contrast = { ...audit.derived.contrasts[0], ...changes }
  const findings = [{ ...audit.derived.findings[0], contrast: contrast.id, verdict }]
  return { contrast, words: wordsFor({ ...audit, derived: { ...audit.derived, contrasts: [contrast], findings } }) }
}

function said(verdict: Verdict, errors: LabelErrors) {
  const { contrast, words } = made(verdict, { labelErrors: errors })
  return labelErrors(contrast, words)
}

describe('labelErrors', () => {
  it('says how many wrong labels would change a disparity, with the images of the group, and what random errors can do', () => {
    expect(said(HIGHER, { fewest: 12, ...HIDDEN })).toEqual({
      fewest: '12',
      random: '',
      worstSentence:
        '12 wrong group labels, all in the worst way, would change this verdict; the group has 2,087 images.',
      randomSentence: 'Random labelling errors can hide such a difference, not make one.',
    })
  })

  it('speaks of one wrong label in the singular', () => {
    expect(said(HIGHER, { fewest: 1, ...HIDDEN }).worstSentence).toMatch(
      /^1 wrong group label, in the worst way, would/,
    )
  })

  it('adds the share of random errors that would change a within-margin verdict', () => {
    const { fewest, random, randomSentence } = said(WITHIN, { fewest: 8, randomShare: 0.1064 })
    expect([fewest, random]).toEqual(['8', 'or 10.6% at random'])
    expect(randomSentence).toBe('Random errors in 10.6% of the labels of the smaller side would change it as well.')
  })

  it('says so where no errors would change the verdict', () => {
    const none = { fewest: null, fewestReason: 'settled', randomShare: null, randomShareReason: 'settled' } as const
    expect(said(WITHIN, none)).toEqual({
      fewest: 'none would',
      random: '',
      worstSentence: 'No number of wrong group labels, all in the worst way, would change this verdict.',
      randomSentence: 'Random errors in the labels would not change this verdict.',
    })
  })

  it.each([WIDE, FEW])('says nothing beside a verdict that claims nothing: $kind', (verdict) => {
    const nothing = {
      fewest: null,
      fewestReason: 'few-events',
      randomShare: null,
      randomShareReason: 'few-events',
    } as const
    expect(said(verdict, nothing)).toEqual({ fewest: '–', random: '', worstSentence: '', randomSentence: '' })
  })
})

describe('detectableSentence', () => {
  const detectable = (verdict: Verdict, detectableRate: number | null) => {
    const { contrast, words } = made(verdict, { detectableRate })
    return detectableSentence(contrast, words)
  }

  it('says what a comparison without a disparity could have found', () => {
    const sentence = 'This comparison would probably have found a rate of 6.5% or more.'
    expect([detectable(WIDE, 0.0648), detectable(WITHIN, 0.0648)]).toEqual([sentence, sentence])
  })

  it('says so where it could have found nothing', () => {
    expect(detectable(WIDE, null)).toContain('could well have missed a disparity')
  })

  it('says nothing where a disparity was found or no verdict is given', () => {
    expect([detectable(HIGHER, 0.0648), detectable(FEW, null)]).toEqual(['', ''])
  })
})
