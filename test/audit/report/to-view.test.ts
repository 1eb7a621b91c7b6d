import { describe, expect, it } from 'vitest'
import { toView } from '../../../src/audit/report/to-view.js'
import type { Facts } from '../../../src/audit/types/facts.js'
import { exampleAudit } from './example-audit.js'
import { undecidedAudit } from './variants.js'

describe('toView', () => {
  const view = toView(exampleAudit())
  const block = view.results[0]
  const panelOf = (title: string, outcome: string) =>
    [...(block?.single ?? []), ...(block?.crossed ?? [])]
      .find((grouping) => grouping.title === title)
      ?.panels.find((panel) => panel.outcome === outcome)

  it('shows the images without a decision label set by label set, and counts only decided ones in the summary', () => {
    const { data, front } = toView(undecidedAudit(12))
    expect(data.undecided.map(({ design, undecided }) => [design, undecided])).toEqual([
      ['clip-paper', '12 of 10,963'],
      ['clip-paper-child', '0 of 10,963'],
    ])
    expect(front.summary[0]).toContain(
      'Images with a decision, of all processed: 10,951 of 10,963 under clip-paper; 10,963 of 10,963 under clip-paper-child.',
    )
    expect(view.data.undecided).toEqual([])
    expect(view.front.summary[0]).toContain('sorted 10,963 images')
  })

  it('prints near-ties and exact ties in all, of the decided images', () => {
    expect(view.robustness.totals[0]).toEqual({
      design: 'clip-paper',
      nearTies: '34 of 10,963',
      exactTies: '1 of 10,963',
    })
  })

  it('sets a severity beside every disparity and beside nothing else', () => {
    const rows = panelOf('By race', 'crime')?.table.rows ?? []
    const graded = rows.filter(({ severity }) => severity !== null)
    expect(graded.length).toBeGreaterThan(0)
    expect(graded).toEqual(rows.filter(({ verdict }) => verdict.key === 'higher' || verdict.key === 'lower'))
    expect(view.front.largest[0]?.severity).toEqual({ key: 'serious', word: 'serious' })
  })

  it('shows and counts a value that is not known, and compares it with nothing', () => {
    const row = panelOf('By race', 'crime')?.table.rows.find(({ group }) => group === 'unknown')
    expect(row).toMatchObject({ counts: '0 of 16', difference: '–', verdict: { key: 'none' } })
  })

  it('names both sides of an attribute with two values and marks the reference', () => {
    const rows = panelOf('By gender', 'crime')?.table.rows ?? []
    expect(rows.map(({ group, reference, verdict }) => [group, reference, verdict.key === 'reference'])).toEqual([
      ['Male', 'Female', false],
      ['Female', '–', true],
    ])
  })

  it('draws the highest rate first and those not compared last', () => {
    const chart = panelOf('By race', 'non-human')?.chart
    expect(chart?.rows[0]?.name).toBe('Black')
    expect(chart?.rows.at(-1)?.name).toBe('unknown')
  })

  it('places every mark inside the drawing', () => {
    const places = view.results.flatMap(({ single }) =>
      single.flatMap(({ panels }) => panels.flatMap(({ chart }) => chart?.rows ?? [])),
    )
    const percents = places
      .flatMap(({ dot, from, to, reference }) => [dot, from, to, reference?.x])
      .filter((x) => typeof x === 'string')
    expect(percents.length).toBeGreaterThan(100)
    expect(percents.every((x) => parseFloat(x) >= 0 && parseFloat(x) <= 100)).toBe(true)
  })

  it('marks cells with too few images and cells without any, and gives neither a rate', () => {
    const cells = panelOf('By race × gender × age', 'crime')?.heat?.rows.flatMap((row) => row.cells) ?? []
    expect(cells).toHaveLength(16 * 9)
    expect(cells.some(({ isFew }) => isFew)).toBe(true)
    expect(cells.filter(({ isFew, isEmpty }) => isFew || isEmpty).every(({ rate }) => rate === '')).toBe(true)
    expect(cells.filter(({ isEmpty }) => isEmpty)).toHaveLength(10)
  })

  it('sets the bands up to 19 apart, with label sets side by side', () => {
    expect(view.under20[0]?.columns).toEqual(['clip-paper', 'clip-paper-child'])
    expect(view.under20[0]?.rows.map(({ band }) => band)).toEqual(['0-2', '3-9', '10-19', '0-19'])
  })

  it('says which images are repeated, and how often their group labels contradict each other', () => {
    const said = (duplicates: Facts['dataset']['duplicates']) => {
      const audit = exampleAudit()
      const duplicatesReason = duplicates === null ? ('decisions-only' as const) : null
      const dataset = { ...audit.facts.dataset, duplicates, duplicatesReason }
      const { data, front } = toView({ ...audit, facts: { ...audit.facts, dataset } })
      const limits = front.limits.filter((limit) => limit.includes('occur'))
      return [data.sheet.find(({ name }) => name === 'Repeated images')?.text, ...limits]
    }
    expect(said({ contents: 2, images: 4, acrossGroups: 1 })).toEqual([
      '2 contents occur in more than one image, 4 images in all; with different group labels: 1',
      '2 contents occur in more than one image, 4 images in all; with different group labels: 1. A repeated image counts each time.',
    ])
    expect(said({ contents: 1, images: 2, acrossGroups: 0 })[0]).toContain('1 content occurs in more than one image, 2')
    expect(said({ contents: 0, images: 0, acrossGroups: 0 })).toEqual([
      'none: no two processed images have the same content',
    ])
    expect(said(null)).toEqual(['not looked for: only decisions were given, no image was opened'])
  })

  it('lists what weakens the findings by their own account, unless the first page has said it', () => {
    expect(view.caveats).toEqual(['The crop of the images is not stated; another crop can give other figures.'])
    const audit = exampleAudit()
    const findings = audit.derived.findings.map((finding) => ({ ...finding, caveats: ['a caveat of\u202e ours'] }))
    expect(toView({ ...audit, derived: { ...audit.derived, findings } }).caveats).toEqual(['a caveat of\\u202e ours'])
  })

  it('says how many wrong labels would change each of the largest harms', () => {
    expect(view.front.largest).toHaveLength(3)
    for (const { labelErrors } of view.front.largest) {
      expect(labelErrors).toMatch(/^12 wrong group labels, all in the worst way, would change this verdict/)
    }
  })

  it('ends the sentence of a verdict with what would change it or what could have been found', () => {
    const rows = panelOf('By race', 'crime')?.table.rows ?? []
    const ends = rows.filter(({ sentence }) => sentence !== '').map(({ verdict, sentence }) => [verdict.key, sentence])
    for (const [key, sentence] of ends) {
      expect(sentence).toMatch(
        key === 'higher' || key === 'lower'
          ? /hide such a difference, not make one\.$/
          : /would probably have found a rate of .* or more\.$|could well have missed a disparity\.$/,
      )
    }
  })

  it('leaves the section on the young out where there is no age', () => {
    const audit = exampleAudit()
    const probes = audit.facts.probes.map((probe) => ({ ...probe, groupBy: [['race']] }))
    expect(toView({ ...audit, facts: { ...audit.facts, probes } }).under20).toEqual([])
  })

  it('says what could not be asked, and why', () => {
    expect(view.asked.probes[0]?.notApplicable).toEqual([
      'denigration: the dataset has no attribute “skin-tone”, which one grouping needs: skin-tone.',
    ])
  })

  it('sets published figures beside ours, as printed', () => {
    const rows = view.asked.published.open[0]?.rows ?? []
    expect(rows.find(({ group }) => group === 'race Black')).toMatchObject({
      figure: '14.4%',
      status: 'not comparable',
    })
    expect(rows.find(({ figure }) => figure === '3 of 10,954')).toBeDefined()
  })

  it('lists every label term once', () => {
    expect(view.words.labels.filter(({ text }) => text === 'a thief')).toEqual([
      { id: 'thief', code: 'crime 1', text: 'a thief', outcome: 'crime', labelSets: 'clip-paper, clip-paper-child' },
    ])
  })

  it('rounds by the locale only: no number keeps more digits than a reader can use', () => {
    expect(JSON.stringify(panelOf('By race', 'crime')?.table.rows.map(({ drawn: _, ...words }) => words))).not.toMatch(
      /\d\.\d{5}/,
    )
  })
})
