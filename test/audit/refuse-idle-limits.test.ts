import { describe, expect, it } from 'vitest'
import { readLabelSet, readProbe } from '../../src/audit/definitions/shipped.js'
import { refuseIdleLimits } from '../../src/audit/refuse-idle-limits.js'
import type { Dataset } from '../../src/audit/types/dataset.js'
import type { Limit } from '../../src/audit/types/policy.js'
import { datasetOf } from './dataset/decisions-fixture.js'
import { planOf } from '../support/stand-ins.js'
import { POLICY } from '../support/definitions.js'

function refusalOf(limit: Partial<Limit>, attributes: readonly string[]): string | null {
  const dataset: Dataset = {
    ...datasetOf(['a.jpg']),
    attributes: attributes.map((name) => ({ name, values: ['x'], codes: Uint16Array.of(0), labelledBy: 'annotator' })),
  }
  const policy = { ...POLICY, limits: [{ id: 'held', kind: 'disparity', ...limit } as Limit] }
  const asked = { probes: [readProbe('denigration')], labelSets: [readLabelSet('clip-paper')], policy }
  try {
    refuseIdleLimits({ ...planOf({}, asked), limitsAt: ['policies/mine.yaml:12'], ablate: null }, dataset)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('a limit that names what the run does not have', () => {
  it('is refused by an attribute that the dataset lacks, at its line, also beside one that it has', () => {
    expect(refusalOf({ groupBy: [['age'], ['gender']] }, ['gender', 'ages'])).toBe(
      'policies/mine.yaml:12: limits[0].groupBy: expected an attribute of this dataset (gender, ages) but received "age". Did you mean "ages"?',
    )
    expect(refusalOf({ groupBy: [['age-19'], ['gender']] }, ['gender', 'age'])).toBeNull() // made from age
  })

  it('is refused by an outcome that nothing counts, with the nearest', () => {
    expect(refusalOf({ outcomes: ['crime', 'non-humn'] }, ['race'])).toMatch(
      /mine\.yaml:12: limits\[0\]\.outcomes: expected an outcome .* but received "non-humn"\. Did you mean "non-human"/,
    )
    expect(refusalOf({ outcomes: ['crime'] }, ['race'])).toBeNull()
  })

  it('is let be where it is only reported', () => {
    expect(refusalOf({ kind: 'impact-ratio', groupBy: [['race']] }, ['gender'])).toBeNull()
  })
})
