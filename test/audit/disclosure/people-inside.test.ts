import { describe, expect, it } from 'vitest'
import { peopleInside } from '../../../src/audit/disclosure/people-inside.js'
import { rateTables } from '../../../src/audit/disclosure/rate-tables.js'
import { auditOf, raceScene } from '../../support/facts.js'

/** People of the groups of crime by race, by cell. */
function peopleOf(imagesPerSubject: number | undefined): Record<string, number> {
  const scene = raceScene(
    [
      ['A', 40, 120],
      ['B', 50, 100],
    ],
    imagesPerSubject === undefined ? {} : { imagesPerSubject },
  )
  const { facts, derived } = auditOf(scene)
  const [crime] = rateTables(facts, derived.rates)
  return Object.fromEntries(
    peopleInside([crime], (_, [[, value]]) => ({
      inside: `${value} inside`,
      outside: `${value} outside`,
      total: `${value} all`,
    })),
  )
}

describe('peopleInside', () => {
  it('counts people where each has as many images as the others', () => {
    expect(peopleOf(20)).toEqual({
      'A all': 6,
      'A inside': 2,
      'A outside': 4,
      'B all': 5,
      'B inside': 2500 / (20 ** 2 + 20 ** 2 + 10 ** 2), // three people, one of them with ten images inside and ten outside
      'B outside': 2500 / (10 ** 2 + 20 ** 2 + 20 ** 2),
    })
  })

  it('knows of no people where images are taken as independent', () => {
    expect(peopleOf(undefined)).toEqual({})
  })
})
