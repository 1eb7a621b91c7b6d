import { describe, expect, it } from 'vitest'
import { statedLogits } from '../../../src/audit/model/stated-logits.js'

const OWN = { folder: 'M', logitScale: 99.99999, logitScaleReason: null } as const
const NONE = { folder: 'M', logitScale: null, logitScaleReason: 'not in the export' } as const
const SIGMOID = { activation: 'sigmoid', logitBias: null, logitBiasReason: 'not in the export' } as const
const STATED = 'stated by the user, not in the export'
const scale = (logitScale: number | null) => ({ logitScale, logitBias: null })

describe('the logit scale of a model', () => {
  it('is that of its folder where nobody states one, or unknown', () => {
    expect(statedLogits(OWN, scale(null))).toEqual({ logitScale: 99.99999, logitScaleReason: null })
    expect(statedLogits(NONE, scale(null))).toEqual({ logitScale: null, logitScaleReason: 'not in the export' })
  })
  it('is the stated one where the folder has none, with a note that it was stated', () =>
    expect(statedLogits(NONE, scale(100))).toEqual({ logitScale: 100, logitScaleReason: STATED }))
  it('stays that of the folder when the same is stated in round numbers', () =>
    expect(statedLogits(OWN, scale(100)).logitScale).toBe(99.99999))
  it('is refused when folder and user differ', () =>
    expect(() => statedLogits(OWN, scale(10))).toThrow(
      'M: --logit-scale: expected the logit scale of the weights, 99.99999 but received 10. Leave it out: this folder states its own.',
    ))
})

describe('the logit bias of a model', () => {
  it('is unknown with its reason, or stated, where a model with a sigmoid does not have it', () => {
    expect(statedLogits({ ...OWN, ...SIGMOID }, scale(null))).toEqual({
      logitScale: 99.99999,
      logitScaleReason: null,
      ...SIGMOID,
    })
    expect(statedLogits({ ...OWN, ...SIGMOID }, { logitScale: null, logitBias: -12.9 })).toMatchObject({
      logitBias: -12.9,
      logitBiasReason: STATED,
    })
  })
  it('is refused when folder and user differ, below zero as well', () => {
    const folder = { ...OWN, activation: 'sigmoid', logitBias: -12.93236, logitBiasReason: null } as const
    expect(statedLogits(folder, { logitScale: null, logitBias: -12.9324 }).logitBias).toBe(-12.93236)
    expect(() => statedLogits(folder, { logitScale: null, logitBias: 12.93236 })).toThrow(
      'M: --logit-bias: expected the logit bias of the weights, -12.93236 but received 12.93236. Leave it out: this folder states its own.',
    )
  })
  it('is refused for a model that compares labels with each other', () =>
    expect(() => statedLogits(OWN, { logitScale: null, logitBias: -10 })).toThrow(
      'M: --logit-bias: expected nothing, because this model compares labels with each other (softmax) and a bias changes nothing but received -10. Leave it out; only models of the SigLIP kind have one.',
    ))
})
