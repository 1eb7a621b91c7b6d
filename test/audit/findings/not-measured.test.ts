import { describe, expect, it } from 'vitest'
import { notMeasured } from '../../../src/audit/findings/not-measured.js'
import { probeOf } from '../../support/definitions.js'
import { factsOf, raceScene } from '../../support/facts.js'

const COUNTS = [['A', 1, 40], ['B', 1, 40]] as const // prettier-ignore

describe('notMeasured', () => {
  it('names the usual attributes that the dataset does not have, and not the ones it has', () => {
    const what = notMeasured(factsOf(raceScene(COUNTS))).map((entry) => entry.what)
    expect(what).toEqual(expect.arrayContaining(['disability', 'religion', 'skin tone', 'gender', 'age']))
    expect(what).not.toContain('race')
  })

  it('names an attribute that a probe wanted to group by, once', () => {
    const probes = [probeOf({ groupBy: [['race'], ['income'], ['race', 'income']] })]
    const what = notMeasured(factsOf(raceScene(COUNTS, { probes }))).map((entry) => entry.what)
    expect(what.filter((name) => name === 'income')).toHaveLength(1)
  })

  it('always says that other images were not looked at', () => {
    expect(notMeasured(factsOf(raceScene(COUNTS))).at(-1)?.what).toBe('images as they will arrive in use')
  })
})
