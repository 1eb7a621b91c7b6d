import { describe, expect, it } from 'vitest'
import { statedScale } from '../../../src/audit/model/stated-scale.js'

const OWN = { folder: 'M', logitScale: 99.99999, logitScaleReason: null } as const
const NONE = { folder: 'M', logitScale: null, logitScaleReason: 'not in the export' } as const

describe('the logit scale of a model', () => {
  it('is that of its folder where nobody states one, or unknown', () => {
    expect(statedScale(OWN, null)).toEqual({ logitScale: 99.99999, logitScaleReason: null })
    expect(statedScale(NONE, null)).toEqual({ logitScale: null, logitScaleReason: 'not in the export' })
  })
  it('is the stated one where the folder has none, with a note that it was stated', () =>
    expect(statedScale(NONE, 100)).toEqual({
      logitScale: 100,
      logitScaleReason: 'stated by the user, not in the export',
    }))
  it('stays that of the folder when the same is stated in round numbers', () =>
    expect(statedScale(OWN, 100).logitScale).toBe(99.99999))
  it('is refused when folder and user differ', () =>
    expect(() => statedScale(OWN, 10)).toThrow(
      'M: --logit-scale: expected the logit scale of the weights, 99.99999 but received 10. Leave it out: this folder states its own.',
    ))
})
