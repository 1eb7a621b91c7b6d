import { describe, expect, it } from 'vitest'
import { describeDtypeChoice } from '../../src/cli/describe-dtype-choice.js'

const KNOWN = { model: 'clip', there: ['fp32', 'q8'], images: null, mostMoved: 0.05, alpha: 0.05, trials: [] } as const

describe('what --dtype auto took', () => {
  it('is told with the decisions that moved under each label set', () => {
    const labelSets = [{ labelSet: 'two', moved: 20, toAnotherOutcome: 4, interval: [0.0512, 0.1178] }] as const
    const trials = [{ dtype: 'q8', kind: 'compared', labelSets }] as const
    expect(describeDtypeChoice({ ...KNOWN, taken: 'fp32', reason: 'too-many-moved', images: 256, trials })).toEqual([
      'clip: --dtype auto takes fp32: of 256 sampled images, too many may be decided otherwise with anything faster (at most 5% may, at the upper end of a 95% interval)',
      '  q8, two: 20 of 256 decided otherwise (95% interval 5.1 to 11.8%), 4 of them in another outcome category',
    ])
  })

  it('is told with the code of an export that cannot be used', () => {
    const trials = [{ dtype: 'q8', kind: 'refused', code: 'model.onnx-unreadable' }] as const
    expect(describeDtypeChoice({ ...KNOWN, taken: 'fp32', reason: 'all-refused', images: 256, trials })).toEqual([
      'clip: --dtype auto takes fp32: none of the others that were tried could be used',
      '  q8: cannot be used (model.onnx-unreadable)',
    ])
  })

  it('is told with how few images there were, where these cannot tell', () => {
    expect(describeDtypeChoice({ ...KNOWN, taken: 'fp32', reason: 'too-few-images', images: 60 })).toEqual([
      'clip: --dtype auto takes fp32: fp32 decides 60 sampled images, too few to tell (at most 5% may, at the upper end of a 95% interval)',
    ])
  })

  it('is told where nothing was compared because there is no fp32', () => {
    const there = ['fp16', 'q8'] as const
    expect(describeDtypeChoice({ ...KNOWN, there, taken: 'fp16', reason: 'no-fp32' })).toEqual([
      'clip: --dtype auto takes fp16: the folder has fp16, q8 and no fp32 to hold them against; this is the nearest to it',
    ])
  })

  it.each([
    ['none-faster', 'of fp32, q8, no other is tried on this device'],
    ['only-one', 'the folder has no other precision'],
  ] as const)('is told where nothing was compared (%s)', (reason, why) => {
    expect(describeDtypeChoice({ ...KNOWN, taken: 'fp32', reason })).toEqual([`clip: --dtype auto takes fp32: ${why}`])
  })
})
