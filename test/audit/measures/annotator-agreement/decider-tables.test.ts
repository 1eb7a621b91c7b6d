import { describe, expect, it } from 'vitest'
import { readLabelSet, readProbe } from '../../../../src/audit/definitions/shipped.js'
import { deciderTables } from '../../../../src/audit/measures/annotator-agreement/decider-tables.js'
import type { Facts } from '../../../../src/audit/types/facts.js'
import type { OwnFigure } from '../../../../src/audit/types/figures.js'
import { factsOf } from '../../../support/facts.js'
import { SHA } from '../../../support/definitions.js'

const facts = factsOf({
  attributes: [{ name: 'gender', values: ['Male', 'Female'] }],
  blocks: [
    { of: ['Male'], images: 8, label: 'man' },
    { of: ['Male'], images: 2, label: 'woman' },
    { of: ['Female'], images: 5, label: 'woman' },
  ],
  labelSets: [readLabelSet('fairface-gender')],
  probes: [readProbe('human-comparison')],
})
const probe = facts.probes[0] as Parameters<typeof deciderTables>[1] // of this kind
const AGE_19 = { id: 'age-19', from: 'age', groups: [{ value: 'to 19', values: ['0-9', '10-19'] }] }

describe('deciderTables', () => {
  const withPerson: Facts = {
    ...facts,
    evidence: [
      ...facts.evidence,
      {
        id: 'e2',
        model: null,
        modelReason: 'decisions-only',
        kind: 'decisions',
        source: { file: 'people.csv', sha256: SHA, rows: 15 },
        decidedBy: { kind: 'annotator', annotator: 'A', condition: 'one-shot' },
      },
    ],
    tallies: [
      ...facts.tallies,
      ...facts.tallies.map((one) => ({ ...one, evidence: 'e2', counts: [['man', one.total]] as const })),
    ],
  }

  it('puts people beside the model, group by group', () => {
    const [table] = deciderTables(withPerson, probe)
    expect(table.key).toBe('accuracy/gender/by/gender')
    expect(table.columns.map(({ key }) => key)).toEqual(['everyone', 'gender=Male', 'gender=Female'])
    const counts = table.rows.map(({ figures }) => (figures as OwnFigure[]).map(({ count, total }) => [count, total]))
    expect(counts).toEqual([
      [[13, 15], [8, 10], [5, 5]], // prettier-ignore
      [[10, 15], [10, 10], [0, 5]], // prettier-ignore
    ])
    expect(table.rows[1].name).toEqual({ kind: 'text', text: 'people.csv (annotator A, one-shot)' })
  })

  it('leaves out a derived grouping whose base is not there', () => {
    const keys = (groupBy: readonly (readonly string[])[]): string[] =>
      deciderTables(withPerson, { ...probe, groupBy, derive: [AGE_19] }).map(({ key }) => key)
    expect(keys([['age-19'], ['gender'], ['gender', 'age-19']])).toEqual(['accuracy/gender/by/gender'])
  })

  it('prints nothing where no person decided', () => {
    expect(deciderTables(facts, probe)).toEqual([])
  })
})
