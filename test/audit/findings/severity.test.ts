import { describe, expect, it } from 'vitest'
import { severityOf } from '../../../src/audit/findings/severity.js'

describe('severityOf', () => {
  it.each([
    ['denigration', 0.05, 'critical'],
    ['denigration', 0.049, 'serious'],
    ['stereotyping', 0.2, 'serious'],
    ['stereotyping', 0.01, 'moderate'],
    ['allocation', 0.05, 'serious'],
    ['allocation', 0.02, 'moderate'],
    ['quality-of-service', 0.05, 'moderate'],
    ['quality-of-service', 0.02, 'minor'],
    ['representation', 0.05, 'moderate'],
    ['representation', 0.02, 'minor'],
  ] as const)('of %s with a difference of %d is %s', (harm, difference, severity) => {
    expect(severityOf(harm, 'higher', difference)).toBe(severity)
  })

  it('is minor where the group is put into the harmful outcome less often, however large the difference', () => {
    expect(severityOf('denigration', 'lower', -0.4)).toBeNull()
  })

  it('is minor for an outcome that harms nobody', () => {
    expect(severityOf('none', 'higher', 0.4)).toBeNull()
  })
})
