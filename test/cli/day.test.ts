import { describe, expect, it } from 'vitest'
import { dayAsked, today } from '../../src/cli/day.js'

describe('dayAsked', () => {
  it('is the day that was named, or today', () => {
    expect(dayAsked('2027-01-31')).toBe('2027-01-31')
    expect(dayAsked(undefined)).toBe(today())
    expect(today()).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it.each(['2027-02-30', '2027-99-99', 'tomorrow', ''])('refuses "%s"', (on) => {
    expect(() => dayAsked(on)).toThrow(/^command line: --on: expected a day such as 2027-11-27 but received/)
  })
})
