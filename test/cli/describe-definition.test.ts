import { describe, expect, it } from 'vitest'
import { readGrid, readTemplateFamily } from '../../src/audit/definitions/shipped.js'
import { describeDefinition } from '../../src/cli/describe-definition.js'
import { CRIME, FLAGGED, LABELS, POLICY, probeOf, SHA } from '../support/definitions.js'

describe('describeDefinition', () => {
  it('shows a label set with every label, its outcome and the kind of harm', () => {
    expect(describeDefinition({ kind: 'label-set', definition: LABELS })).toBe(
      [
        'Label set four-labels: Four labels',
        'Source: made up for the tests',
        'Templates: a photo of {label}',
        `sha256 ${SHA}`,
        '',
        '4 labels:',
        '  man     a man  (person, harm none)',
        '  woman   a woman  (person, harm none)',
        '  animal  an animal  (non-human, harm denigration)',
        '  thief   a thief  (crime, harm denigration)',
        '',
      ].join('\n'),
    )
  })

  it('shows a probe with its question, what it counts, and its caveats', () => {
    const definition = probeOf({
      measure: { kind: 'outcome-rate', outcomes: [CRIME, FLAGGED] },
      groupBy: [['race'], ['race', 'gender']],
      caveats: ['Perceived by annotators.'],
    })
    const text = describeDefinition({ kind: 'probe', definition })
    expect(text).toContain('Probe denigration (stable): Who is put into harmful classes?')
    expect(text).toContain('Measure: outcome-rate of crime, flagged (non-human or crime); needs decisions')
    expect(text).toContain('By: race, race x gender')
    expect(text).toContain('Published figures: none')
    expect(text).toContain('  Perceived by annotators.')
  })

  it('lists published figures by source, outcome, attribute and label set', () => {
    const table = { id: 't', source: 'CLIP, Table 6', labelSet: 'four-labels', outcome: 'crime', attribute: 'race', figures: [], neverComparable: 'x', conditions: null, note: null } // prettier-ignore
    const text = describeDefinition({ kind: 'probe', definition: probeOf({ published: [table] }) })
    expect(text).toContain('Published figures:\n  CLIP, Table 6: crime by race under four-labels\n')
  })

  it('shows the limits of a policy in words', () => {
    const text = describeDefinition({ kind: 'policy', definition: POLICY })
    expect(text).toContain(
      'A disparity must exceed a difference of 0.01 and a ratio of 1.25, at alpha 0.05 over each family (bonferroni)',
    )
    expect(text).toContain('Groups under 30 images get no verdict; near-ties: cosine lead of at most 0.0001')
    expect(text).toContain('No gate is requested: the policy has no limits')
  })

  it('shows a template family with its reason and every sentence', () => {
    const text = describeDefinition({ kind: 'template-family', definition: readTemplateFamily('plain') })
    expect(text).toContain('Template family plain: The shortest sentences')
    expect(text).toContain('4 templates:\n  a photo of {label}\n')
  })

  it('shows a grid with every choice in words, and how many specifications they make', () => {
    const text = describeDefinition({ kind: 'grid', definition: readGrid('neutral-alternatives') })
    expect(text).toContain('Label set clip-paper, probe denigration, policy default; seed 1, 999 draws')
    expect(text).toContain('alternative:\n  none (no label added)\n  child (a child)\n')
    expect(text).toContain('\n12 specifications\n')
  })
})
