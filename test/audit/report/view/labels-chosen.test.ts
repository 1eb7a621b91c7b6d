import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../../src/audit/report/render-markdown.js'
import { toView } from '../../../../src/audit/report/to-view.js'
import { exampleAudit } from '../example-audit.js'
import { auditWithGenders } from '../variants.js'

describe('labels chosen', () => {
  const audit = auditWithGenders(false)
  const view = toView(audit)

  it('shows the label sets without harmful outcomes, and only these', () => {
    expect(view.labelsChosen.map(({ labelSet }) => labelSet)).toEqual(['genders'])
    expect(toView(exampleAudit()).labelsChosen).toEqual([])
  })

  it('leaves the tables of label sets with harmful outcomes in the closed list', () => {
    expect(view.words.distributions.map(({ caption }) => caption)).toHaveLength(1)
    expect(view.words.distributions[0]?.caption).toContain('clip-paper')
  })

  it('counts every label by its id, one that was never chosen too, and marks what the label implies', () => {
    const [table] = view.labelsChosen[0]?.implied ?? []
    expect(table?.columns).toEqual(['Male', 'Female'])
    expect(table?.rows).toEqual([
      {
        label: 'm',
        cells: [
          { counts: '3 of 4', isImplied: true },
          { counts: '3 of 3', isImplied: false },
        ],
      },
      {
        label: 'f',
        cells: [
          { counts: '1 of 4', isImplied: false },
          { counts: '0 of 3', isImplied: true },
        ],
      },
    ])
  })

  it('closes the tables of attributes that no label names', () => {
    expect(view.labelsChosen[0]?.others.map(({ columns }) => columns)).toEqual([['Black']])
  })

  it('marks by shape and word, and says that it is agreement and not correctness', () => {
    const html = renderHtml(audit)
    const section = html.slice(html.indexOf('<section id="chosen"'), html.indexOf('<section id="intersections"'))
    expect(section.match(/<use href="#g-agrees"\/><\/svg>as annotated/g)).toHaveLength(2)
    expect(section).toContain('agreement with how annotators perceived people, not that the model is correct')
    expect(html).toContain('<a href="#chosen">Labels chosen</a>')
    expect(renderMarkdown(audit)).toContain('| m | 3 of 4 (as annotated) | 3 of 3 |')
  })
})

describe('a run to which no probe applies', () => {
  const audit = auditWithGenders(true)
  const view = toView(audit)

  it('says so in the results, among the largest harms and in the summary, not that nothing was found', () => {
    expect(view.withoutResults).toEqual([
      'The probe denigration does not apply to the label set of this run (genders): the label set lacks the outcomes that the probe counts, so no groups are compared.',
    ])
    expect(view.front.noLargest).toContain('No probe applies to the label set of this run, so no harm was looked for.')
    expect(view.front.summary.join(' ')).not.toContain('more often')
  })

  it('prints it on the page and in Markdown', () => {
    for (const text of [renderHtml(audit), renderMarkdown(audit)]) {
      expect(text).toContain('The probe denigration does not apply to the label set of this run')
      expect(text).toContain('so no harm was looked for')
    }
  })

  it('gives a published table whose label set was not run one line', () => {
    const { open, closed, notRun } = view.asked.published
    expect([...open, ...closed]).toEqual([])
    expect(notRun).toEqual(['CLIP paper, Table 6: “non-human”: the label set clip-paper was not run here.'])
  })
})
