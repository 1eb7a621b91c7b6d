import { describe, expect, it } from 'vitest'
import type { WrittenPlan } from '../../../src/audit/definitions/plan-schema.js'
import { readPlanInCode } from '../../../src/audit/definitions/read-plan-in-code.js'
import { DefinitionError } from '../../../src/audit/errors.js'
import type { PlanInCode } from '../../../src/audit/types/plan-in-code.js'

/** True, or the keys that only one of the two has: write a new key of the plan file into `PlanInCode` as well. */
type SameKeys<Left, Right> = keyof Left extends keyof Right
  ? keyof Right extends keyof Left
    ? true
    : Exclude<keyof Right, keyof Left>
  : Exclude<keyof Left, keyof Right>
const planKeys: SameKeys<WrittenPlan, PlanInCode> = true
const datasetKeys: SameKeys<NonNullable<WrittenPlan['dataset']>, NonNullable<PlanInCode['dataset']>> = true

function faultsOf(plan: unknown): string[] {
  try {
    readPlanInCode(plan as PlanInCode, import.meta.dirname)
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return error.message.split('\n')
  }
  throw new Error('not refused')
}

describe('a plan in code', () => {
  it('has the keys of the plan file', () => {
    expect([planKeys, datasetKeys]).toEqual([true, true]) // the compiler says so, or names the key
  })

  it('is refused with every fault at once, by field and without a line', () => {
    expect(faultsOf({ modles: ['a'], seed: 1.5, dataset: { format: 'fairfaces' } })).toEqual([
      expect.stringMatching(/^plan: expected a known key \(.*\) but received "modles". Did you mean "models"\?$/),
      expect.stringMatching(/^plan: dataset.format: expected .* but received "fairfaces". Did you mean "fairface"\?$/),
      expect.stringMatching(/^plan: seed: expected a whole number.* but received 1.5$/),
    ])
  })

  it('says what is missing in fields, not in flags', () => {
    const faults = faultsOf({ models: [], dataset: { format: 'fairface' } })
    expect(faults).toContainEqual(expect.stringMatching(/^plan: models: expected a model folder but received nothing/))
    expect(faults).toContainEqual(expect.stringMatching(/^plan: dataset.labels: expected a file but received nothing/))
    expect(faults.join()).not.toMatch(/--[a-z]/)
  })

  it('names the label set that is at fault', () => {
    const labelSets = ['clip-paper', { id: 'mine', extends: 'clip-papr', remove: ['thief'] }]
    expect(faultsOf({ models: ['.'], labelSets })).toContainEqual(
      expect.stringMatching(/^labelSets\[1\]: extends: expected a label set .* Did you mean "clip-paper"\?$/),
    )
    expect(faultsOf({ models: ['.'], labelSets: [{ extends: 'clip-paper' }] })).toContainEqual(
      expect.stringMatching(/^labelSets\[0\]: id: expected .* but received nothing$/),
    )
  })

  it('keeps keys that name parts of every object, and a Map for the object that it stands for', () => {
    const read = (map: unknown) =>
      readPlanInCode(
        {
          fromDecisions: import.meta.filename,
          dataset: { format: 'csv', labels: import.meta.filename, map },
        } as PlanInCode,
        import.meta.dirname,
      ).dataset.map
    const expected = [
      { attribute: '__proto__', column: 'a' },
      { attribute: 'constructor', column: 'b' },
    ]
    expect(read(JSON.parse('{ "__proto__": "a", "constructor": "b" }'))).toEqual(expected)
    expect(read(new Map([['__proto__', 'a'], ['constructor', 'b']]))).toEqual(expected) // prettier-ignore
  })
})
