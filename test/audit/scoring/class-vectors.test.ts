import { describe, expect, it } from 'vitest'
import { classVectors } from '../../../src/audit/scoring/class-vectors.js'

describe('classVectors', () => {
  it('normalises each prompt, averages, and normalises again (measures.md B9)', () => {
    const [x, y] = classVectors(Float32Array.of(1, 0, 0, 2), { labels: 1, templates: 2, dim: 2 })
    expect(x).toBeCloseTo(0.70710678, 7)
    expect(y).toBeCloseTo(0.70710678, 7)
  })

  it('gives a single template its own direction', () => {
    expect([...classVectors(Float32Array.of(3, 4), { labels: 1, templates: 1, dim: 2 })]).toEqual([
      ...Float32Array.of(0.6, 0.8),
    ])
  })

  it('lets no long prompt vector outweigh a short one', () => {
    const even = classVectors(Float32Array.of(1, 0, 0, 1), { labels: 1, templates: 2, dim: 2 })
    const uneven = classVectors(Float32Array.of(1000, 0, 0, 0.001), { labels: 1, templates: 2, dim: 2 })
    expect([...uneven]).toEqual([...even])
  })

  it('refuses vectors without a direction and vectors that cancel', () => {
    expect(() => classVectors(Float32Array.of(0, 0), { labels: 1, templates: 1, dim: 2 })).toThrow(RangeError)
    expect(() => classVectors(Float32Array.of(1, 0, -1, 0), { labels: 1, templates: 2, dim: 2 })).toThrow(RangeError)
    expect(() => classVectors(Float32Array.of(NaN, 0), { labels: 1, templates: 1, dim: 2 })).toThrow(RangeError)
  })
})
