import { describe, expect, it } from 'vitest'
import { notApplicable } from '../../../../src/audit/report/view/not-applicable.js'
import { wordsFor } from '../../../../src/audit/report/words.js'
import type { ProbeFacts } from '../../../../src/audit/types/facts.js'
import { exampleAudit } from '../example-audit.js'
import { auditWithOneLabelSet } from '../variants.js'

function said(entries: ProbeFacts['notApplicable'], audit = exampleAudit()): readonly string[] {
  const [probe] = audit.facts.probes
  if (probe === undefined) throw new Error('the example has a probe')
  const derive = [{ id: 'age-19', from: 'age', groups: [] }]
  return notApplicable({ ...probe, derive, notApplicable: entries }, wordsFor(audit))
}

const absent = (missing: string, groupBy: readonly string[]): ProbeFacts['notApplicable'][number] => ({
  labelSet: null,
  groupBy,
  reason: 'attribute-absent',
  missing,
})

describe('notApplicable', () => {
  it('says a missing attribute once, with every grouping that needs it', () => {
    expect(said([absent('race', ['race']), absent('race', ['race', 'gender'])])).toEqual([
      'denigration: the dataset has no attribute “race”, which 2 groupings need: race; race × gender.',
    ])
    expect(said([absent('race', ['race'])])[0]).toContain('which one grouping needs: race.')
  })

  it('names a grouping under each attribute that it lacks, derived attributes among them', () => {
    const lines = said([absent('race', ['race', 'age-19']), absent('age', ['age'])])
    expect(lines[0]).toContain('“race”, which one grouping needs: race × age-19.')
    expect(lines[1]).toContain('“age”, which 2 groupings need: race × age-19; age.')
  })

  it('names the label set that lacks an outcome, and several where there are several', () => {
    const lacks = (labelSet: string | null) =>
      ({ labelSet, groupBy: null, reason: 'outcome-absent', missing: 'crime' }) as const
    expect(said([lacks('a'), lacks('b')])).toEqual([
      'denigration: the label set a has no outcome “crime”.',
      'denigration: the label set b has no outcome “crime”.',
    ])
    expect(said([lacks(null)])[0]).toContain('the label sets have no outcome')
    expect(said([lacks(null)], auditWithOneLabelSet())[0]).toContain('the label set has no outcome')
  })
})
