import { describe, expect, it } from 'vitest'
import { readLabelSet, readProbe } from '../../../../src/audit/definitions/shipped.js'
import { alphaTables } from '../../../../src/audit/measures/annotator-agreement/alpha-tables.js'
import { factsOf } from '../../../support/facts.js'

const AGE_19 = { id: 'age-19', from: 'age', groups: [{ value: 'to 19', values: ['0-9', '10-19'] }] }
const facts = factsOf({
  attributes: [{ name: 'gender', values: ['Male', 'Fe&male'] }],
  blocks: [{ of: ['Male'], images: 4, label: 'man' }],
  labelSets: [readLabelSet('fairface-gender')],
  probes: [readProbe('human-comparison')],
  observations: [
    {
      kind: 'annotator-agreement',
      probe: 'human-comparison',
      evidence: null,
      labelSet: 'fairface-gender',
      source: 'people.csv',
      condition: null,
      annotators: ['A', 'B'],
      categories: ['man', 'woman'],
      cells: [{ cell: 0, patterns: [{ counts: [2, 0], images: 4 }] }],
    },
  ],
})
const probe = facts.probes[0] as Parameters<typeof alphaTables>[1] // of this kind

describe('alphaTables', () => {
  it('has rows for the groupings that are there, each with a key that no value can forge', () => {
    const asked = { ...probe, groupBy: [['age-19'], ['gender', 'age-19'], ['gender']], derive: [AGE_19] }
    const [{ rows }] = alphaTables(facts, asked)
    expect(rows.map(({ key }) => key)).toEqual(['everyone', 'gender=Male', 'gender=Fe%26male'])
  })
})
