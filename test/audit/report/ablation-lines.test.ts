import { describe, expect, it } from 'vitest'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { FLAGGED, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { auditOf, type Block, type Scene } from '../../support/facts.js'

const PROBE = probeOf({ measure: { kind: 'outcome-rate', outcomes: [NON_HUMAN, FLAGGED] } })

function summaryOf(blocks: readonly Block[], changes: Partial<Scene> = {}): string {
  const scene = { attributes: [{ name: 'race', values: ['Black', 'White'] }], blocks, probes: [PROBE] }
  const text = renderTerminalSummary(auditOf({ ...scene, ablate: ['a person', 'a face'], ...changes }))
  return text.replace(/\s+/g, ' ')
}

const UNEQUAL: readonly Block[] = [
  { of: ['Black'], images: 60, label: 'animal', takenBy: ['a person'] },
  { of: ['Black'], images: 140, label: 'man' },
  { of: ['White'], images: 200, label: 'man' },
]

describe('the label that makes the difference, in the terminal', () => {
  it('is named for the group with a disparity, taken out and added, with counts', () => {
    const text = summaryOf(UNEQUAL)
    expect(text).toContain('Labels that make the difference, one at a time')
    expect(text).toContain(
      'race Black, “non-human” under four-labels: 60 of 200 images (30.0%). ' +
        'Without “non-human 1”: 0 of 200 (0%); no other label taken out changes it more. ' +
        'With “a person” added: 0 of 200 (0%); no other label added changes it more.',
    )
  })

  it('is looked for among all images where no group has a disparity', () => {
    const text = summaryOf([
      { of: ['Black'], images: 10, label: 'animal', takenBy: ['a person', 'a face'] },
      { of: ['White'], images: 10, label: 'thief', runnerUp: 'animal' },
    ])
    expect(text).toContain('All images, “flagged” under four-labels: 20 of 20 images (100%).')
    expect(text).toContain('With any one of 2 labels (“a person” for example) added: 10 of 20 (50.0%)')
  })

  it('is none where no label changes anything, and the line says so', () => {
    const text = summaryOf([{ of: ['Black'], images: 10, label: 'man', runnerUp: 'woman' }])
    expect(text).toContain('No label taken out alone changes it. No label added alone changes it.')
  })

  it('takes no room where nothing was ablated', () => {
    expect(
      renderTerminalSummary(auditOf({ attributes: [{ name: 'race', values: ['Black', 'White'] }], blocks: UNEQUAL })),
    ).not.toContain('one at a time')
  })
})
