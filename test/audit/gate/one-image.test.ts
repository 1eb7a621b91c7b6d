import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulatedFacts } from '../../../src/audit/calibration/simulated-facts.js'
import { judgeCounts } from '../../../src/audit/derive.js'
import { withPolicySha256 } from '../../../src/audit/definitions/policy.js'
import { evaluateGate } from '../../../src/audit/gate/evaluate-gate.js'
import type { GateResult } from '../../../src/audit/types/gate.js'
import type { Limit, Policy } from '../../../src/audit/types/policy.js'
import { POLICY } from '../../support/definitions.js'

type Sized = { readonly images: number; readonly harmed: number }

const group = fc
  .integer({ min: 30, max: 400 })
  .chain((images) => fc.integer({ min: 0, max: Math.ceil(images / 3) }).map((harmed): Sized => ({ images, harmed })))
const groups = fc.array(group, { minLength: 3, maxLength: 6 })
const bound = fc.double({ min: 0.01, max: 0.3, noNaN: true })

function gateOf(sized: readonly Sized[], policy: Partial<Policy>): GateResult {
  const sizes = sized.map(({ images }, index) => ({ name: `g${index}`, images }))
  const facts = simulatedFacts(sizes, withPolicySha256({ ...POLICY, ...policy }))(sized.map(({ harmed }) => harmed))
  const { contrasts, findings } = judgeCounts(facts)
  return evaluateGate(facts, { contrasts: contrasts.map(({ contrast }) => contrast), findings })
}

/** Group 0 with every number of images in the harmful outcome, all of them first: whether its case is exceeded. */
function walk([first, ...others]: readonly Sized[], limit: Limit): boolean[] {
  return Array.from({ length: first.images + 1 }, (_, moved) => {
    const now = [{ ...first, harmed: first.images - moved }, ...others]
    const [{ cases }] = gateOf(now, { limits: [limit] }).limits
    return cases.some((one) => one.standing === 'exceeded' && one.group?.[0][1] === 'g0')
  })
}

/** Exceeded up to some image, and from there on not. */
function isOneWay(exceeded: readonly boolean[]): boolean {
  const kept = exceeded.filter(Boolean).length
  return exceeded.slice(0, kept).every(Boolean)
}

describe('images moved out of the harmful outcome, one by one', () => {
  const walked = fc
    .tuple(fc.integer({ min: 30, max: 70 }), groups)
    .map(([images, others]): Sized[] => [{ images, harmed: images }, ...others])

  it('never make a ceiling fail that did not', () => {
    fc.assert(
      fc.property(walked, bound, (sized, atMost) => {
        const exceeded = walk(sized, { id: 'c', kind: 'ceiling', atMost })
        expect([exceeded[0], exceeded.at(-1), isOneWay(exceeded)]).toEqual([true, false, true])
      }),
      { numRuns: 12 },
    )
  })

  // of other groups they can: everyone else, whom those are compared with, is then a little better off
  it('never put their own group beyond a difference or a ratio where it was not', () => {
    const limit = fc.oneof(
      bound.map((atMost): Limit => ({ id: 'd', kind: 'difference', atMost })),
      fc.double({ min: 1.1, max: 4, noNaN: true }).map((atMost): Limit => ({ id: 'r', kind: 'ratio', atMost })),
    )
    fc.assert(
      fc.property(walked, limit, (sized, asked) => {
        const exceeded = walk(sized, asked)
        expect([exceeded.at(-1), isOneWay(exceeded)]).toEqual([false, true])
      }),
      { numRuns: 12 },
    )
  })
})

describe('a gate that looks at nothing', () => {
  const nothing = fc.constantFrom(
    { outcomes: ['none-such'] },
    { probes: ['none-such'] },
    { labelSets: ['none-such'] },
    { groupBy: [['none-such']] },
    { harms: ['allocation' as const] },
  )
  const asks = fc.constantFrom(
    { kind: 'disparity' as const },
    { kind: 'difference' as const, atMost: 0.05 },
    { kind: 'ratio' as const, atMost: 2 },
    { kind: 'impact-ratio' as const, atLeast: 0.8 },
    { kind: 'ceiling' as const, atMost: 0.1 },
    { kind: 'minimum-sample' as const, images: 1 },
    { kind: 'coverage' as const, atLeast: 0.9 },
  )

  it('is never passed, whatever was counted, in either mode', () => {
    fc.assert(
      fc.property(
        groups,
        fc.array(fc.tuple(asks, nothing), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('regression' as const, 'assurance' as const),
        (sized, chosen, mode) => {
          const limits = chosen.map(([kind, selection], index): Limit => ({ id: `l${index}`, ...selection, ...kind }))
          const gate = gateOf(sized, { mode, limits })
          expect(gate.result).toBe('evidence-incomplete')
          expect(gate.limits.map(({ resultReason }) => resultReason)).toEqual(limits.map(() => 'nothing-selected'))
        },
      ),
      { numRuns: 60 },
    )
  })
})
