import { describe, expect, it } from 'vitest'
import { toView } from '../../../../../src/audit/report/to-view.js'
import { CHILD, designsAudit, PAPER } from '../../example-designs.js'
import { probeOf } from '../../../../support/definitions.js'
import { auditOf, raceScene } from '../../../../support/facts.js'

const AUDIT = designsAudit()
const { designs } = toView(AUDIT)
const [CHILD_ADDED, OTHER_WORDS] = designs.pairs
const byAge = CHILD_ADDED?.probes[0]?.attributes[2]

describe('a pair of label sets', () => {
  it('begins with what the second changes, and what that allows', () => {
    expect(designs.pairs.map(({ title }) => title)).toEqual([
      'clip-paper → clip-paper-child',
      'clip-paper → clip-paper-person',
    ])
    expect(CHILD_ADDED?.lead).toEqual([
      'clip-paper-child has all labels of clip-paper and adds child.',
      'Both use the same templates: “a photo of {label}”.',
      'So an image keeps its label or moves to the added one: no other direction is possible.',
      'Decided with both: 10,852 images. In another outcome category with the second: 680.',
    ])
    expect(OTHER_WORDS?.lead.slice(0, 2)).toEqual([
      'clip-paper-person adds person, crime 2 to clip-paper and leaves out woman.',
      'Both use the same templates: “a photo of {label}”.',
    ])
  })

  it('prints both templates where they differ', () => {
    const other = { ...CHILD, templates: ['a face of {label}', 'a picture of {label}'] }
    const [pair] = toView(designsAudit({ labelSets: [PAPER, other] })).designs.pairs
    expect(pair?.lead[1]).toBe(
      'The templates differ. clip-paper: “a photo of {label}”. clip-paper-child: “a face of {label}”, “a picture of {label}”.',
    )
    expect(pair?.lead.join(' ')).not.toContain('no other direction')
  })

  it('names the texts of changed labels, but those that harm only at the end of the page', () => {
    expect(CHILD_ADDED?.labels?.rows).toEqual([{ what: 'added', id: 'child', text: 'a child', outcome: 'person' }])
    expect(OTHER_WORDS?.labels?.rows.map(({ what, id, text }) => [what, id, text])).toEqual([
      ['added', 'person', 'a person'],
      ['added', 'crime 2', 'in the closed list at the end of this page'],
      ['removed', 'woman', 'a woman'],
    ])
  })

  it('says in short how many groups of each attribute changed, the union first', () => {
    expect(CHILD_ADDED?.short).toHaveLength(3)
    expect(CHILD_ADDED?.short[0]).toBe(
      '“flagged” by race (2 groups): lower in 2; by gender (2 groups): lower in 2; by age (9 groups): lower in 3, within margin in 2, inconclusive in 3, too few images in 1; by site (6 groups): lower in 3, within margin in 1, inconclusive in 1, too few images in 1.',
    )
  })

  it('prints both designs and the change group by group, in the shape of Table 7', () => {
    expect(byAge?.table.isTall).toBe(false)
    expect(byAge?.table.columns).toHaveLength(9)
    const [flagged] = byAge?.table.outcomes ?? []
    expect(flagged?.outcome).toBe('flagged')
    expect(flagged?.noP).toBe('One-way: the design allows no other direction, so there is no p.')
    expect(flagged?.groups[0]).toEqual({
      group: '0-2',
      first: { rate: '30.0%', counts: '60 of 200', interval: '24.1–36.7%' },
      second: { rate: '2.0%', counts: '4 of 200', interval: '0.8–5.0%' },
      change: '−28.0',
      range: '−37.4 to −20.2',
      verdict: { key: 'lower', letter: 'L', word: 'Change, lower' },
      note: '',
      p: 'one-way',
      q: '',
    })
    const verdicts = flagged?.groups.map(({ verdict, note }) => [verdict.word, note].filter(Boolean).join(': '))
    expect(verdicts?.slice(3)).toEqual([
      'Inconclusive: interval too wide',
      'Within margin',
      'Within margin',
      'Inconclusive: interval too wide',
      'Inconclusive: interval too wide',
      'Insufficient: fewer than 30 images',
    ])
    expect(byAge?.others?.outcomes.map(({ outcome }) => outcome)).toEqual(['non-human', 'crime'])
  })

  it('says of a group without an image in both that there is none, without a number', () => {
    const bySite = CHILD_ADDED?.probes[0]?.attributes[3]
    const nobody = bySite?.table.outcomes[0]?.groups.at(-1)
    expect(nobody).toMatchObject({
      change: '–',
      range: '',
      note: 'no image decided with both',
      p: 'no image decided with both',
    })
    expect(nobody?.first).toEqual({ rate: 'no images', counts: '0 of 0', interval: '' })
    expect(bySite?.charts[0]?.chart.rows.at(-1)).toMatchObject({ dot: null, from: null, to: null })
  })

  it('gives the mid-p and its q where images can move both ways', () => {
    const [, , age] = OTHER_WORDS?.probes[0]?.attributes ?? []
    const [flagged] = age?.table.outcomes ?? []
    expect(flagged?.noP).toBe('')
    for (const { p, q } of flagged?.groups ?? []) expect([p, q].join()).toMatch(/^(below 0\.001|[01]\.\d+),/)
  })

  it('puts groups down where they are more than fit side by side', () => {
    const many = Array.from({ length: 11 }, (_, i) => [`g${i}`, 5, 40] as const)
    const audit = auditOf(raceScene(many, { labelSets: [PAPER, CHILD] }))
    expect(toView(audit).designs.pairs[0]?.probes[0]?.attributes[0]?.table.isTall).toBe(true)
  })

  it('has a chart with the counts, verdicts and order of its table', () => {
    for (const attribute of CHILD_ADDED?.probes[0]?.attributes ?? []) {
      const tables = [attribute.table, ...(attribute.others === null ? [] : [attribute.others])].flatMap(
        (t) => t.outcomes,
      )
      attribute.charts.forEach(({ chart }, o) => {
        const groups = tables[o]?.groups ?? []
        expect(chart.rows.map(({ letter }) => letter)).toEqual(groups.map(({ verdict }) => verdict.letter))
        expect(chart.rows.map(({ counts }) => counts)).toEqual(
          groups.map(
            ({ first, second }) => `${first.counts.split(' ')[0]} → ${second.counts.replace(/^0 of 0$/, '0 of 0')}`,
          ),
        )
      })
    }
  })

  it('places zero, margin, dot and interval on one scale', () => {
    const { margin, zero, rows, ticks } = byAge?.charts[0]?.chart ?? {}
    const at = (place: string | null | undefined): number => parseFloat(place ?? 'NaN')
    const perPoint = (at(ticks?.find(({ label }) => label === '+10')?.x) - at(zero)) / 10
    expect(at(rows?.[0]?.dot)).toBeCloseTo(at(zero) - 28 * perPoint, 1)
    expect(at(rows?.[0]?.from)).toBeCloseTo(at(zero) - 37.4 * perPoint, 0)
    expect(at(margin?.width)).toBeCloseTo(2 * perPoint, 1)
    expect(at(margin?.x)).toBeCloseTo(at(zero) - perPoint, 1)
  })

  it('answers for whom the change was another, and does not call silence alike', () => {
    expect(byAge?.alike?.answer).toBe(
      '“flagged”: no. In 8 of 9 comparisons the change differs from that of everyone else, beyond the margin. Further down than for everyone else: 0-2; 3-9; 10-19. Less far down than for everyone else, or up: 20-29; 30-39; 40-49; 50-59; 60-69.',
    )
    const [byRace] = CHILD_ADDED?.probes[0]?.attributes ?? []
    expect(byRace?.alike?.answer).toBe(
      '“flagged”: yes. In all comparisons (1 of 1) the change differs from that of everyone else by less than the margin.',
    )
    const few = auditOf(raceScene([['Amber', 5, 40], ['Teal', 5, 40]], { labelSets: [PAPER, CHILD] })) // prettier-ignore
    expect(toView(few).designs.pairs[0]?.probes[0]?.attributes[0]?.alike?.answer).toBe(
      '“crime”: these data cannot tell. No comparison shows a difference beyond the margin, and a difference smaller than the margin is shown in 0 of 1.',
    )
  })

  it('prints the change of a group beside that of everyone else', () => {
    expect(byAge?.alike?.outcomes[0]?.rows[0]).toEqual({
      group: '0-2',
      reference: 'everyone else',
      own: { change: '−28.0', interval: '−34.6 to −22.2', counts: '60 → 4 of 200' },
      others: { change: '−5.9', interval: '−6.3 to −5.4', counts: '2,128 → 1,504 of 10,652' },
      difference: '−22.1',
      range: '−31.5 to −14.3',
      verdict: { key: 'lower', letter: 'L', word: 'Change, lower' },
      note: '',
      p: 'below 0.001',
    })
  })

  it('counts the flows between outcome categories and names the largest between labels', () => {
    const flow = CHILD_ADDED?.flow
    expect(flow?.all.rows.map(({ cells }) => cells.map(({ images }) => images))).toEqual([
      ['8,664', '0', '0'],
      ['272', '600', '0'],
      ['408', '0', '908'],
    ])
    expect(flow?.labels).toEqual([
      '408 of 1,316 images labelled crime 1 went to child.',
      '272 of 872 images labelled non-human 1 went to child.',
    ])
    expect(flow?.test).toBe(
      'No test of equal frequencies is given: images can move one way only, so the design has already decided it.',
    )
    expect(OTHER_WORDS?.flow?.test).toMatch(
      /^Whether the outcome categories as a whole are as frequent with both: Stuart-Maxwell’s chi-squared [\d.]+ \(degrees of freedom: 1\), p below 0\.001\./,
    )
    expect(flow?.groups.map(({ caption }) => caption)).toContain(
      'age 0-2 (200 images): clip-paper down, clip-paper-child across. In another category: 56.',
    )
  })

  it('keeps intersections as a grid with counts, small cells without a change', () => {
    const grid = CHILD_ADDED?.probes[0]?.crossed.find(({ columns }) => columns.includes('0-2'))
    expect(grid?.rows.map(({ name }) => name)).toEqual(['White, Male', 'White, Female', 'Black, Male', 'Black, Female'])
    expect(grid?.rows[0]?.cells[0]).toEqual({
      change: '−28.0',
      counts: '15 → 1 / 50',
      verdict: { key: 'lower', letter: 'L', word: 'Change, lower' },
      isFew: false,
    })
    expect(grid?.rows[0]?.cells.at(-1)).toMatchObject({ change: '', isFew: true })
  })
})

describe('three label sets at once', () => {
  it('has the counts of each and Cochran’s Q, unions first', () => {
    const [joint] = designs.joint
    expect(joint?.title).toBe('At once: clip-paper, clip-paper-child, clip-paper-person')
    expect(joint?.all[0]?.outcomes.map(({ outcome }) => outcome)).toEqual(['flagged', 'non-human', 'crime'])
    expect(joint?.all[0]?.outcomes[0]?.rows[0]).toEqual({
      group: 'all images',
      counts: ['2,188 of 10,852', '1,508 of 10,852', '2,256 of 10,852'],
      q: expect.stringMatching(/^[\d,]+\.\d\d$/) as string,
      p: 'below 0.001',
    })
    expect(joint?.byAttribute).toHaveLength(4)
  })
})

describe('an audit of one label set', () => {
  it('has nothing of all this', () => {
    const view = toView(designsAudit({ labelSets: [PAPER] }))
    expect([view.designs.pairs, view.designs.joint, view.designs.ablations]).toEqual([[], [], []])
    expect([view.hasDesigns, view.hasAblations]).toEqual([false, false])
  })
})

describe('two probes that count the same outcome', () => {
  it('are told apart: no group is counted twice', () => {
    const scene = raceScene([['Amber', 5, 40], ['Teal', 5, 40]], { labelSets: [PAPER, CHILD], ablate: ['a face'] }) // prettier-ignore
    const { designs: both } = toView(auditOf({ ...scene, probes: [probeOf(), probeOf({ id: 'another' })] }))
    const short = '“crime” by race (2 groups): inconclusive in 2.'
    expect(both.pairs[0]?.short).toEqual([short, short])
    expect(both.pairs[0]?.probes.map(({ probe }) => probe)).toEqual(['Probe denigration', 'Probe another'])
    const [removed] = both.ablations[0]?.actions ?? []
    expect(removed?.outcomes.map(({ rows }) => rows[0]?.cells.map((cell) => cell?.label))).toEqual(
      Array(2).fill(['crime 1', undefined, undefined]),
    )
  })
})
