import { describe, expect, it } from 'vitest'
import { toxicOutcomes } from '../../../../src/audit/measures/datacomp/toxic-lines.js'

const lines = (count: number): string[] => Array.from({ length: count }, (_, place) => `toxic:line ${place}`)

describe('toxicOutcomes', () => {
  it('are 14 of race and gender, 4 non-human and 3 of crime', () => {
    const outcomes = toxicOutcomes(lines(21))
    expect(outcomes.slice(0, 14).every((outcome) => outcome === 'person')).toBe(true)
    expect(outcomes.slice(14)).toEqual(['non-human', 'non-human', 'non-human', 'non-human', 'crime', 'crime', 'crime'])
  })

  it.each([0, 17, 20, 22])('refuses a list of %i lines', (count) =>
    expect(() => toxicOutcomes(lines(count))).toThrow(
      `toxicOutcomes expected exactly 21 lines of toxic but received ${count}`,
    ),
  )
})
