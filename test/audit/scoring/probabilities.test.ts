import { describe, expect, it } from 'vitest'
import { activationOf } from '../../../src/audit/scoring/activation-of.js'
import { probabilities, sigmoid } from '../../../src/audit/scoring/probabilities.js'

const SCORES = Float64Array.of(0.1, 0.12, -0.05)
const SIGLIP = { kind: 'sigmoid', scale: 117.33, bias: -12.93 } as const

describe('probabilities of a softmax', () => {
  it('sum to 1 over the label set', () => {
    const made = probabilities(SCORES, { kind: 'softmax', scale: 100 }, new Float64Array(3))
    expect(made.reduce((sum, value) => sum + value)).toBeCloseTo(1, 12)
  })
})

describe('probabilities of a sigmoid', () => {
  it('are those of scipy.special.expit(117.33 * cosine - 12.93)', () => {
    const made = probabilities(SCORES, SIGLIP, new Float64Array(3))
    // expit(-1.197), expit(1.1496), expit(-18.7965) in double precision
    expect(made[0]).toBeCloseTo(0.2320093297, 9)
    expect(made[1]).toBeCloseTo(0.7594378477, 9)
    expect(made[2]).toBeCloseTo(6.867e-9, 12)
  })

  it('do not depend on the labels beside, unlike those of a softmax', () => {
    const alone = (activation: Parameters<typeof probabilities>[1]) =>
      probabilities([0.1], activation, new Float64Array(1))[0]
    const beside = (activation: Parameters<typeof probabilities>[1]) =>
      probabilities(SCORES, activation, new Float64Array(3))[0]
    expect(alone(SIGLIP)).toBe(beside(SIGLIP))
    expect(alone({ kind: 'softmax', scale: 100 })).toBe(1)
    expect(beside({ kind: 'softmax', scale: 100 })).toBeLessThan(0.2)
  })

  it('stay within 0 and 1 where exponentials overflow', () => {
    expect(sigmoid(1, { scale: 10_000, bias: 0 })).toBe(1)
    expect(sigmoid(-1, { scale: 10_000, bias: 0 })).toBe(0)
    expect(sigmoid(0, { scale: 100, bias: 0 })).toBe(0.5)
  })
})

describe('how similarities become probabilities', () => {
  it.each([
    ['without a scale not at all', { logitScale: null }, null],
    ['with a scale by a softmax', { logitScale: 100 }, { kind: 'softmax', scale: 100 }],
    ['with a bias by a sigmoid', { logitScale: 117, logitBias: -13 }, { kind: 'sigmoid', scale: 117, bias: -13 }],
    ['without the bias of a sigmoid not at all', { logitScale: 117, logitBias: null }, null],
    ['with a bias alone not at all', { logitScale: null, logitBias: -13 }, null],
  ])('%s', (_, logits, expected) => expect(activationOf(logits)).toEqual(expected))
})
