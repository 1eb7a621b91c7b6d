import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wolfeStep, type LinePoint } from '../../../src/audit/statistics/wolfe-step.js'

const parabola =
  (lowest: number) =>
  (step: number): LinePoint => ({ step, value: (step - lowest) ** 2, slope: 2 * (step - lowest) })

describe('wolfeStep', () => {
  it('goes down enough and flattens the line, wherever the minimum lies', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (lowest) => {
        const along = parabola(lowest)
        const start = along(0)
        const taken = wolfeStep(along, start, 1)
        expect(taken).not.toBeNull()
        expect(taken!.value).toBeLessThanOrEqual(start.value + 1e-4 * taken!.step * start.slope)
        expect(Math.abs(taken!.slope)).toBeLessThanOrEqual(0.9 * Math.abs(start.slope))
      }),
    )
  })
  it('backs away from where the line is infinite', () => {
    const along = (step: number): LinePoint =>
      step >= 0.5
        ? { step, value: Infinity, slope: NaN }
        : { step, value: -Math.log(0.5 - step) - 9 * step, slope: 1 / (0.5 - step) - 9 }
    expect(wolfeStep(along, along(0), 1)!.step).toBeLessThan(0.5)
  })
  it('asks for the step that it returns last', () => {
    const asked: number[] = []
    const along = (step: number): LinePoint => {
      asked.push(step)
      return parabola(0.03)(step)
    }
    expect(wolfeStep(along, parabola(0.03)(0), 1)!.step).toBe(asked.at(-1))
  })
  it('goes by slopes where values differ by rounding alone', () => {
    const along = (step: number): LinePoint => ({
      step,
      value: 1e6 + (step % 0.02) * 1e-9,
      slope: 1e-6 * (step - 0.25),
    })
    expect(wolfeStep(along, { value: 1e6, slope: -2.5e-7 }, 1)!.step).toBeCloseTo(0.25, 1)
  })
  it('gives up on a line that goes down for ever', () =>
    expect(wolfeStep((step) => ({ step, value: -step, slope: -1 }), { value: 0, slope: -1 }, 1)).toBeNull())
  it('refuses a line that goes up', () => expect(() => wolfeStep(parabola(-1), parabola(-1)(0), 1)).toThrow(RangeError))
})
