import { describe, expect, it } from 'vitest'
import { toView } from '../../../../../src/audit/report/to-view.js'
import { designsAudit, PAPER } from '../../example-designs.js'

const AUDIT = designsAudit({ labelSets: [PAPER], ablate: ['a child', 'a face'] })
const [BLOCK] = toView(AUDIT).designs.ablations
const [removed, added] = BLOCK?.actions ?? []

describe('single labels taken out and added', () => {
  it('are two lists per label set, unions first and in the open', () => {
    expect(BLOCK?.title).toBe('Label set clip-paper')
    expect(BLOCK?.actions.map(({ title }) => title)).toEqual(['Labels taken out', 'Neutral labels added'])
    expect(removed?.outcomes.map(({ outcome, isClosed }) => [outcome, isClosed])).toEqual([
      ['flagged', false],
      ['non-human', true],
      ['crime', true],
    ])
  })

  it('say of all images how much hangs on one label alone', () => {
    expect(removed?.outcomes[0]?.sentences).toEqual([
      'Of the 2,188 images in “flagged”, 1,316 (60.1%) are there by the label crime 1 alone: without it, they leave the outcome.',
      'Of the 2,188 images in “flagged”, 872 (39.9%) are there by the label non-human 1 alone: without it, they leave the outcome.',
    ])
    expect(added?.outcomes[0]?.sentences).toEqual([
      'Of the 2,188 images in “flagged”, 680 (31.1%) leave it when the label child is added.',
    ])
  })

  it('name the labels that move a rate most, with counts, interval and the gap', () => {
    const rows = added?.outcomes[0]?.rows ?? []
    expect(rows[0]).toEqual({
      group: 'all images',
      cells: [
        { label: 'child', change: '−6.3', interval: '−6.7 to −5.8', counts: '2,188 → 1,508 of 10,852', gap: '' },
        null,
        null,
      ],
    })
    const youngest = rows.find(({ group }) => group === 'age 0-2')
    expect(youngest?.cells[0]).toMatchObject({
      label: 'child',
      counts: '60 → 4 of 200',
      gap: 'gap to everyone else: by −22.1',
    })
  })

  it('list the groups in which no label moves an image, instead of empty rows', () => {
    expect(added?.outcomes[0]?.unmoved).toBe(
      'No single label moves an image in or out here: age 30-39; age 40-49; age 60-69; age more than 70; site line\\u000abreak \\u202ereversed `tick` |pipe| *star* [link](javascript:alert(1)).',
    )
    expect(added?.outcomes[0]?.rows.map(({ group }) => group)).not.toContain('age 30-39')
  })

  it('keep every label and every group in closed tables, in the order of their rank', () => {
    const [all, byRace] = removed?.outcomes[0]?.grids ?? []
    expect(all?.columns).toEqual(['all images (10,852 images)'])
    expect(all?.rows.map(({ label }) => label).slice(0, 2)).toEqual(['crime 1', 'non-human 1'])
    expect(byRace?.columns).toEqual(['White (5,426 images)', 'Black (5,426 images)'])
    expect(byRace?.rows[0]?.cells[0]).toEqual({ change: '−12.1', counts: '1,094 → 436' })
  })
})
