import { describe, expect, it } from 'vitest'
import { isCalendarDay } from '../../../src/audit/definitions/calendar-day.js'

describe('isCalendarDay', () => {
  it.each(['2026-11-27', '2028-02-29', '2000-02-29'])('knows %s', (day) => {
    expect(isCalendarDay(day)).toBe(true)
  })

  it.each(['2027-02-29', '1900-02-29', '2027-99-99', '2027-04-31', '2027-4-30', '27-04-30', '2027-04-30T00:00', ''])(
    'refuses "%s"',
    (day) => {
      expect(isCalendarDay(day)).toBe(false)
    },
  )
})
