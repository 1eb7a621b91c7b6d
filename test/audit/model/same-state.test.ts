import { describe, expect, it } from 'vitest'
import { isSameState } from '../../../src/audit/model/same-state.js'

const STATE = Object.freeze({ size: 10n, mtimeNs: 1_700_000_000_000_000_001n, ctimeNs: 2n, ino: 3n })

describe('isSameState', () => {
  it('holds for a file that nobody touched', () => {
    expect(isSameState(STATE, { ...STATE })).toBe(true)
  })

  it.each(['size', 'mtimeNs', 'ino'] as const)('fails when %s moved by one', (field) => {
    expect(isSameState(STATE, { ...STATE, [field]: STATE[field] + 1n })).toBe(false)
    expect(isSameState({ ...STATE, [field]: STATE[field] + 1n }, STATE)).toBe(false)
  })

  it('holds when only the change time moved: a backup made a hard link', () => {
    expect(isSameState(STATE, { ...STATE, ctimeNs: STATE.ctimeNs + 1n })).toBe(true)
  })
})
