/* eslint-disable no-control-regex -- control characters are exactly what must not reach a file */
import { describe, expect, it } from 'vitest'
import { renderReport, REPORT_FORMATS } from '../../../src/audit/render-report.js'
import { hostileAudit } from './hostile-audit.js'
import { junitFaults, modelIndexFaults, sarifFaults, toolkitFaults } from './outputs/schemas.js'

const AUDIT = hostileAudit({ simulated: true })
const FORMATS = REPORT_FORMATS.filter((format) => format !== 'pdf' && format !== 'html' && format !== 'md')
const FILES = (await Promise.all(FORMATS.map((format) => renderReport(AUDIT, format, {})))).flat()
const textOf = (name: string): string => FILES.find((file) => file.name === name)?.text ?? ''

describe('a hostile audit in every format beside the report', () => {
  it('is valid JUnit XML, without any character that XML cannot hold', async () => {
    expect(await junitFaults(textOf('junit.xml'))).toEqual([])
    expect(textOf('junit.xml')).not.toMatch(/[\0-\x08\v\f\x0e-\x1f\ufffe\uffff]|]]>/)
  })

  it('is valid SARIF, with places that stay inside the repository', () => {
    expect(sarifFaults(textOf('report.sarif'))).toEqual([])
    expect(textOf('report.sarif')).not.toMatch(/"uri": "[^"]*\/\.\.\//)
    expect(textOf('report.sarif')).toContain('label-sets/..%2F..%2Fetc')
  })

  it('is a valid model card, whose metadata no name can end or add to', () => {
    expect(modelIndexFaults(textOf('model-card.md'))).toEqual([])
    expect(toolkitFaults(textOf('model-card.json'))).toEqual([])
    expect(textOf('model-card.md')).not.toMatch(/^model-index: stolen/m)
  })

  it.each(['summary.md', 'instructions-for-use.md', 'model-card.md'])(
    'brings no markup, link or image into %s',
    (name) => {
      const text = textOf(name).replace(/^---\n[\s\S]*?\n---\n/, '').replace(/^(`{3,}).*\n[\s\S]*?\n\1$/gm, '') // prettier-ignore
      expect(text).not.toBe('')
      expect(text.replace(/<\/?sub>/g, '')).not.toMatch(/<[a-z!/?]/i)
      expect(text).not.toMatch(/(?<!\\)\[[^\]]*(?<!\\)\]\(/)
      expect(text).not.toMatch(/^(#+ heading|::error|##vso|```\nfence)/m)
    },
  )

  it.each(FILES)('holds no control or direction character raw in $name', ({ name, text }) => {
    const raw = name.endsWith('.csv') ? /[\0]/ : /[\0-\x08\v\f\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\u2028\u2029]/
    expect(text).not.toMatch(raw)
  })

  it.each(FILES.filter(({ name }) => name.endsWith('.csv')))('begins no cell of $name like a formula', ({ text }) => {
    const cells = text.match(/(?<=^|,)"(?:[^"]|"")*"/gm) ?? []
    expect(cells.filter((cell) => /^"[=+\-@\t\r\n＝]/.test(cell))).toEqual([])
    expect(text).toMatch(/^"simulated"/)
  })
})
