import { describe, expect, it } from 'vitest'
import { failingOnDisparity, withPolicySha256 } from '../../../src/audit/definitions/policy.js'
import { readPolicy } from '../../../src/audit/definitions/shipped.js'

describe('the default policy', () => {
  it('has the limits that the documentation states', () => {
    const { sha256, ...limits } = readPolicy('default')
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(limits).toEqual({
      id: 'default',
      title: 'Limits used when a plan names none',
      alpha: 0.05,
      minimumImages: 30,
      margin: { difference: 0.01, ratio: 1.25 },
      adjustment: 'bonferroni',
      nearTie: 1e-4,
      quarantineLimit: 0.01,
      permutations: 9_999,
      mode: 'regression',
      limits: [],
      waivers: [],
    })
  })
})

describe('the hash of a policy', () => {
  it('is over its content alone', () => {
    const policy = readPolicy('default')
    expect(withPolicySha256(policy)).toEqual(policy)
    expect(withPolicySha256({ ...policy, alpha: 0.01 }).sha256).not.toBe(policy.sha256)
    expect(withPolicySha256({ ...policy, permutations: 999 }).sha256).not.toBe(policy.sha256)
    expect(withPolicySha256({ ...policy, mode: 'assurance' }).sha256).not.toBe(policy.sha256)
    expect(failingOnDisparity(policy).sha256).not.toBe(policy.sha256)
  })
})
