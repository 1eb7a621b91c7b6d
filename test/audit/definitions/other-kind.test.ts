import { describe, expect, it } from 'vitest'
import { readLabelSetFile } from '../../../src/audit/definitions/label-set.js'
import { shippedFile, shippedIds } from '../../../src/audit/definitions/locate.js'
import { readPolicyFile } from '../../../src/audit/definitions/policy.js'
import { readProbeFile } from '../../../src/audit/definitions/probe.js'
import { refusalOf } from './refusal-of.js'

const LABEL_SET = shippedFile('label-sets', 'clip-paper')
const POLICY = shippedFile('policies', 'default')
const PROBE = shippedFile('probes', 'denigration')

describe('a definition of another kind', () => {
  it('is refused with one sentence', () => {
    expect(refusalOf(() => readPolicyFile(LABEL_SET))).toMatch(
      /^label-sets\/clip-paper\.yaml:\d+: expected a policy but received a label set\. This file is a label set, not a policy: name another\.$/,
    )
    expect(refusalOf(() => readLabelSetFile(POLICY))).toMatch(/^policies\/default\.yaml:\d+: expected a label set but received a policy\. [^\n]*$/) // prettier-ignore
    expect(refusalOf(() => readProbeFile(POLICY))).toMatch(/^\S+: expected a probe but received a policy\. [^\n]*$/)
    expect(refusalOf(() => readPolicyFile(PROBE))).toMatch(/^\S+: expected a policy but received a probe\. [^\n]*$/)
  })

  it('is none of the shipped ones, each read as what it is', () => {
    const read = [
      ...shippedIds('label-sets').map((id) => () => readLabelSetFile(shippedFile('label-sets', id))),
      ...shippedIds('probes').map((id) => () => readProbeFile(shippedFile('probes', id))),
      ...shippedIds('policies').map((id) => () => readPolicyFile(shippedFile('policies', id))),
    ]
    expect(read.map(refusalOf).filter((message) => message !== 'not refused')).toEqual([])
  })
})
