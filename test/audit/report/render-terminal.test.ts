import { describe, expect, it } from 'vitest'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { exampleAudit } from './example-audit.js'
import { auditWithGenders, undecidedAudit } from './variants.js'

describe('renderTerminalSummary', () => {
  const summary = renderTerminalSummary(exampleAudit())

  it('keeps to 100 columns', () => {
    expect(Math.max(...summary.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('adds up the rows', () => {
    expect(summary).toMatch(/[\d,]+ rows in = [\d,]+ processed \+ 6 quarantined \+ 0 excluded/)
  })

  it('says of which groups images could not be read, with the verdict, and of how many groups none', () => {
    const text = summary.replace(/\s+/g, ' ')
    expect(text).toMatch(
      /Could not be read, of all attempted, by race: .*\d+ of [\d,]+, .*none in the other \d groups\./,
    )
  })

  it('says it also where every image could be read', () => {
    const audit = exampleAudit()
    const rates = audit.derived.rates.map((rate) =>
      rate.probe === 'failure-to-process' ? { ...rate, count: 0, value: 0 } : rate,
    )
    const text = renderTerminalSummary({ ...audit, derived: { ...audit.derived, rates } }).replace(/\s+/g, ' ')
    expect(text).toMatch(/Could not be read, of all attempted, by race: none in \d groups\./)
  })

  it('says the largest findings with counts, intervals and the reference', () => {
    const text = summary.replace(/\s+/g, ' ')
    expect(text).toMatch(/Black: [\d,]+ of [\d,]+ images \([\d.]+%, 95% interval [\d.]+–[\d.]+%\) were put into/)
    expect(text).toContain('everyone else:')
  })

  it('sends no control character to a terminal', () => {
    // eslint-disable-next-line no-control-regex -- exactly these must not be there
    expect(summary.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  })

  it('says how many images have no decision, only where some have none', () => {
    expect(renderTerminalSummary(undecidedAudit(12))).toContain(
      '12 of 10,963 processed images got no decision under the label set clip-paper.',
    )
    expect(renderTerminalSummary(undecidedAudit(12))).not.toContain('no decision under the label set clip-paper-child')
    expect(summary).not.toContain('no decision')
  })

  it('calls all comparisons exploratory, where there are any', () => {
    expect(summary).toContain('All comparisons are exploratory.')
    expect(renderTerminalSummary(auditWithGenders(true))).not.toContain('exploratory')
  })

  it('opens with the banner on simulated data', () => {
    expect(renderTerminalSummary(exampleAudit({ simulated: true }))).toMatch(/^Simulated data: says nothing/)
  })
})
