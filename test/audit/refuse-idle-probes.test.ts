import { describe, expect, it } from 'vitest'
import { readLabelSet, readProbe } from '../../src/audit/definitions/shipped.js'
import { refuseIdleProbes } from '../../src/audit/refuse-idle-probes.js'
import type { Dataset } from '../../src/audit/types/dataset.js'
import { datasetOf } from './dataset/decisions-fixture.js'
import { planOf } from '../support/stand-ins.js'
import { POLICY } from '../support/definitions.js'

function refusalOf(probe: string, labelSets: readonly string[], attributes: readonly string[]): string | null {
  const dataset: Dataset = {
    ...datasetOf(['a.jpg']),
    attributes: attributes.map((name) => ({ name, values: ['x'], codes: Uint16Array.of(0), labelledBy: 'annotator' })),
  }
  const asked = { probes: [readProbe(probe)], labelSets: labelSets.map((id) => readLabelSet(id)), policy: POLICY }
  try {
    refuseIdleProbes({ ...planOf({}, asked), ablate: null }, dataset)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('a probe that nothing of a run can answer', () => {
  it('is refused where no label set fits, with those it suggests', () => {
    expect(refusalOf('calibration', ['clip-paper'], ['gender'])).toBe(
      'probe calibration: expected a label set that it is a question about but received clip-paper. The probe suggests fairface-gender, fairface-race, fairface-age.',
    )
    expect(refusalOf('calibration', ['clip-paper', 'fairface-gender'], ['gender'])).toBeNull()
  })

  it('is refused where the dataset has none of its attributes', () => {
    expect(refusalOf('attribute-accuracy', ['fairface-gender'], ['service_test'])).toMatch(
      /expected one of the attributes race, gender/,
    )
    expect(refusalOf('attribute-accuracy', ['fairface-gender'], ['gender'])).toBeNull()
    expect(refusalOf('data-overlap', ['fairface-gender'], ['gender'])).toMatch(
      /expected the attribute overlap .* probity overlap/,
    )
    expect(refusalOf('data-overlap', ['fairface-gender'], ['gender', 'overlap'])).toBeNull()
  })

  it('is let be where it counts outcome categories: which labels were chosen is worth telling', () => {
    expect(refusalOf('denigration', ['fairface-gender'], ['gender'])).toBeNull()
  })

  it('is let be where it asks no label set at all', () => {
    expect(refusalOf('self-similarity', [], ['gender'])).toBeNull()
  })
})
