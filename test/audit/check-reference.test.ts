import { describe, expect, it } from 'vitest'
import { checkReference } from '../../src/audit/check-reference.js'
import { DefinitionError } from '../../src/audit/errors.js'
import type { Dataset } from '../../src/audit/types/dataset.js'
import type { Group } from '../../src/audit/types/groups.js'
import { LABELS, POLICY, probeOf } from '../support/definitions.js'
import { planOf } from '../support/stand-ins.js'

const DATASET: Dataset = {
  id: 'd',
  crop: null,
  licence: null,
  simulated: false,
  sources: [],
  images: [],
  paths: null,
  subjects: null,
  attributes: [
    { name: 'race', values: ['White', 'Latino_Hispanic', 'unknown'], codes: new Uint16Array(), labelledBy: 'self' },
  ],
  excluded: new Map(),
  quarantined: new Map(),
  warnings: [],
}
const JOINED = { id: 'joined', from: 'race', groups: [{ value: 'all', values: ['White', 'Latino_Hispanic'] }] }

function refusal(group: Group): string {
  const definitions = {
    labelSets: [LABELS],
    policy: POLICY,
    probes: [probeOf({ derive: [JOINED], groupBy: [['race'], ['joined']] })],
  }
  try {
    checkReference(planOf({ reference: { kind: 'named', group } }, definitions), DATASET)
  } catch (error) {
    if (error instanceof DefinitionError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'accepted'
}

describe('checkReference', () => {
  it('accepts a group of the dataset and one of a derived attribute', () => {
    expect(refusal([['race', 'White']])).toBe('accepted')
    expect(refusal([['joined', 'all']])).toBe('accepted')
  })

  it('does not mind a reference that names no group', () => {
    const definitions = { labelSets: [LABELS], policy: POLICY, probes: [probeOf()] }
    expect(() => checkReference(planOf({ reference: { kind: 'best' } }, definitions), DATASET)).not.toThrow()
  })

  it('refuses an unknown value with the nearest known one', () => {
    expect(refusal([['race', 'Whit']])).toBe(
      'reference.unknown: reference: expected a value of race (White, Latino_Hispanic) but received "Whit". Did you mean "White"?',
    )
  })

  it('refuses an attribute that the dataset does not have', () => {
    expect(refusal([['rase', 'White']])).toBe(
      'reference.unknown: reference: expected an attribute of this dataset (race, joined) but received "rase". Did you mean "race"?',
    )
  })

  it('refuses a reference that names no grouping whole, since it would give way to everyone else unnoticed', () => {
    const probes = [probeOf({ groupBy: [['race', 'age']] })]
    const plan = planOf(
      { reference: { kind: 'named', group: [['race', 'White']] } },
      { labelSets: [LABELS], policy: POLICY, probes },
    )
    expect(() => checkReference(plan, DATASET)).toThrow(
      /expected every attribute of some grouping \(race x age\) but received race/,
    )
  })

  it('refuses images of an unknown value: they are never compared', () => {
    expect(refusal([['race', 'unknown']])).toMatch(/expected a value of race \(White, Latino_Hispanic\)/)
  })

  it('names every fault at once', () => {
    expect(refusal([['age', 'old'], ['race', 'Blue']])).toMatch(/received "age"[\s\S]*received "Blue"/) // prettier-ignore
  })

  it('does not take a value apart: two letters are one name (measures.md C16)', () => {
    expect(refusal([['race', 'ab']])).toMatch(/received "ab"/)
  })
})
