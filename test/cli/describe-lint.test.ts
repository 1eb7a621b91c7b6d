import { describe, expect, it } from 'vitest'
import type { LintResult } from '../../src/audit/types/lint.js'
import { describeLint, describeLintBriefly } from '../../src/cli/describe-lint.js'

const RESULT: LintResult = {
  labelSet: { id: 'mine', title: 'My\u001b labels', sha256: 'a'.repeat(64), labels: 12, templates: 1 },
  evidence: { probes: [], threshold: null, dataset: null, model: null },
  checked: ['single-label-outcome'],
  notChecked: [
    { rule: 'prompt-too-long', reason: 'no-model' },
    { rule: 'unknown-tokens', reason: 'no-model' },
    { rule: 'threshold-below-uniform', reason: 'no-threshold' },
  ],
  warnings: [
    {
      rule: 'single-label-outcome',
      severity: 'note',
      seen: 'The outcome category crime has one label, "a thief".',
      means: 'The rate is that of one wording.',
      todo: 'Add labels.',
      labels: Array.from({ length: 12 }, (_, index) => `label-${index}`),
      outcomes: ['crime'],
      groups: [],
      templates: [],
    },
  ],
}

describe('describeLint', () => {
  it('says what was seen, why it matters, what to do and what was not checked, and approves of nothing', () => {
    expect(describeLint(RESULT)).toBe(`Label set mine: My\\u001b labels
12 labels, 1 template, sha256 aaaaaaaaaaaa
0 warnings and 1 note from 1 rule

note single-label-outcome
  The outcome category crime has one label, "a thief".
  Why it matters: The rate is that of one wording.
  What to do: Add labels.
  Labels: label-0, label-1, label-2, label-3, label-4, label-5, label-6, label-7, and 4 more

Not checked:
  2 rules need a model: --model (prompt-too-long, unknown-tokens)
  1 rule needs the probability from which you assign a label: --threshold (threshold-below-uniform)

This is a list of known faults of wording, not an approval: a label set without a warning can still
be wrong for its purpose. What a fault does to the rates only a comparison on images shows.
`)
  })

  it('is short after a file was written', () => {
    expect(describeLintBriefly(RESULT, 'mine.yaml').split('\n').slice(0, 3)).toEqual([
      'Lint: 0 warnings and 1 note from 1 rule',
      '  note single-label-outcome: The outcome category crime has one label, "a thief".',
      'Reasons, remedies, and checks against a dataset and a model: probity label-set lint mine.yaml',
    ])
  })
})
