import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyness, type KeynessVariant } from '../../../src/audit/statistics/keyness.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

type Input = { readonly target: Proportion; readonly reference: Proportion; readonly variant: KeynessVariant }

const WOMEN = { count: 45, total: 110 }
const MEN = { count: 20, total: 430 }

/** Counts in which some, and not all, have the label. */
const samples = fc
  .tuple(
    fc.integer({ min: 1, max: 500 }),
    fc.integer({ min: 1, max: 500 }),
    fc.double({ min: 0, max: 1 }),
    fc.double({ min: 0, max: 1 }),
  )
  .map(([n1, n2, p1, p2]) => ({
    target: { count: Math.floor(p1 * n1), total: n1 },
    reference: { count: Math.floor(p2 * n2), total: n2 },
  }))
  .filter(({ target, reference }) => {
    const count = target.count + reference.count
    return count > 0 && count < target.total + reference.total
  })

describe('keyness', () => {
  it.each(referenceRows<Input>('keyness'))('agrees with $source: $expected', ({ input, expected }) => {
    const { signed, p, method } = keyness(input.target, input.reference, input.variant)
    // scipy loses digits where the two sides of O - E nearly cancel
    expect(Math.abs(signed - Number(expected['signed']))).toBeLessThan(1e-9 * (1 + Math.abs(signed)))
    expectClose(p, expected['p'], ROOT_FOUND)
    expect(['chi-squared', 'fisher']).toContain(method)
  })
  it('is as the specification prints', () => {
    // specification, B3
    expectClose(keyness(WOMEN, MEN).signed, 108.756169, 1e-8)
    expectClose(keyness(WOMEN, MEN, 'token').signed, 105.358733, 1e-8)
  })
  it('points towards the target: the same value with the other sign when the sides change places', () => {
    fc.assert(
      fc.property(samples, fc.constantFrom<KeynessVariant>('image', 'token'), ({ target, reference }, variant) => {
        const [one, other] = [keyness(target, reference, variant), keyness(reference, target, variant)]
        expectClose(one.signed, -other.signed, CLOSED_FORM)
        expectClose(one.p, other.p, ROOT_FOUND)
        const difference = target.count / target.total - reference.count / reference.total
        if (one.signed !== 0) expect(Math.sign(one.signed)).toBe(Math.sign(difference))
      }),
    )
  })
  it('is smaller with the correction, and never beyond the number of images', () => {
    fc.assert(
      fc.property(samples, ({ target, reference }) => {
        const size = Math.abs(keyness(target, reference).signed)
        expect(Math.abs(keyness(target, reference, 'token').signed)).toBeLessThanOrEqual(size)
        expect(size).toBeLessThanOrEqual((target.total + reference.total) * (1 + 1e-12))
      }),
    )
  })
  it('says the same of having a label and of lacking it, the other way round', () => {
    const lacking = ({ count, total }: Proportion): Proportion => ({ count: total - count, total })
    fc.assert(
      fc.property(samples, ({ target, reference }) =>
        expectClose(
          keyness(lacking(target), lacking(reference)).signed,
          -keyness(target, reference).signed,
          CLOSED_FORM,
        ),
      ),
    )
  })
  it('takes the exact p where an expected count is below 5', () => {
    expect(keyness({ count: 3, total: 110 }, { count: 0, total: 430 }).method).toBe('fisher')
    expect(keyness(WOMEN, MEN).method).toBe('chi-squared')
  })
  it('refuses a label that nobody or everybody has', () => {
    const nobody = { count: 0, total: 10 }
    expect(() => keyness(nobody, nobody)).toThrow('keyness expected some but not all to have the label')
    expect(() => keyness({ count: 10, total: 10 }, { count: 5, total: 5 })).toThrow('received 15 of 15')
    expect(() => keyness({ count: 11, total: 10 }, nobody)).toThrow('keyness')
  })
})
