import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../../src/audit/report/render-markdown.js'
import { toView } from '../../../../src/audit/report/to-view.js'
import { exampleAudit } from '../example-audit.js'

function auditOfSources(...sources: readonly string[]) {
  const audit = exampleAudit()
  const [record] = audit.derived.published
  if (record === undefined) throw new Error('the example has published figures')
  const published = sources.map((source, i) => ({ ...record, source, table: `table-${i}` }))
  return { ...audit, derived: { ...audit.derived, published } }
}

describe('published figures', () => {
  const audit = auditOfSources('The paper, Table 6', 'The paper, Table 7', 'A later_run <2023>, all images')

  it('keeps the tables of the first source open and closes every further one', () => {
    const { open, closed } = toView(audit).asked.published
    expect(open.map(({ caption }) => caption.split(':')[0])).toEqual(['The paper, Table 6', 'The paper, Table 7'])
    expect(closed.map(({ summary }) => summary)).toEqual(['A later_run <2023>, all images: “non-human”'])
  })

  it('writes the line of a closed table as HTML escapes it, without the escapes of Markdown', () => {
    const line = '<summary>A later_run &lt;2023&gt;, all images: “non-human”</summary>'
    expect(renderMarkdown(audit)).toContain(line)
    expect(renderHtml(audit)).toContain(line)
  })
})
