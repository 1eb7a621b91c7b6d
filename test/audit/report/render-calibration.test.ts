import { describe, expect, it } from 'vitest'
import { renderCalibrationHtml } from '../../../src/audit/report/render-calibration-html.js'
import { renderCalibrationTerminal } from '../../../src/audit/report/render-calibration-terminal.js'
import { exampleCalibration } from './example-calibration.js'

describe('renderCalibrationHtml', () => {
  const page = renderCalibrationHtml(exampleCalibration())

  it('says at once what this is and is not', () => {
    const lead = page.indexOf('It says nothing about any model, any dataset or any people.')
    expect(lead).toBeGreaterThan(0)
    expect(lead).toBeLessThan(page.indexOf('<table'))
  })

  it('loads nothing, runs nothing, and gives the same bytes for the same calibration', () => {
    expect(page).not.toMatch(/<script|<link|<img|\ssrc=|url\((?!"?'?data:)|@import/)
    expect(page).toContain('default-src &#x27;none&#x27;')
    expect(renderCalibrationHtml(exampleCalibration())).toBe(page)
  })

  it('names every table by its caption, with ids that stand once', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const named = [...page.matchAll(/aria-labelledby="([^"]+)"/g)].map(([, id]) => id)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('prints a group name as text, whatever it is', () => {
    const hostile = renderCalibrationHtml(exampleCalibration({ group: '<b>x</b>' }))
    expect(hostile).toContain('&lt;b&gt;x&lt;/b&gt;')
    expect(hostile).not.toContain('<b>x</b>')
  })

  it('lists what is missed before anything else', () => {
    const missed = renderCalibrationHtml(exampleCalibration({ missed: true }))
    expect(missed).toContain('1 of 4 targets is missed:')
    expect(missed.indexOf('MISSED')).toBeLessThan(missed.indexOf('id="intervals"'))
    expect(page).not.toContain('MISSED')
  })
})

describe('renderCalibrationTerminal', () => {
  const text = renderCalibrationTerminal(exampleCalibration())

  it('fits a terminal', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('shows the rows to read first, with measured, error, target and whether it is met', () => {
    expect(text).toMatch(/396 against 10,558, m = 14; 6\.25% against 5% +1\.00 times {2}exact +at most 1\.15 times met/)
    expect(text).toMatch(/crime; as planted +0\.42% {2}± 0\.14% {2}at most 5% +met/)
    expect(text).not.toContain('Clopper-Pearson interval of a rate holds')
  })

  it('puts a long place on a line of its own', () => {
    const { sections, ...rest } = exampleCalibration()
    const long = sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => ({ ...row, rates: [0.123456, 0.654321] })),
    }))
    const lines = renderCalibrationTerminal({ ...rest, sections: long }).split('\n')
    const place = lines.findIndex((line) => line.endsWith('12.35% against 65.43%'))
    expect(lines[place + 1]).toMatch(/^ {52} +1\.00 times/)
  })

  it('ends with the result, and with what is missed', () => {
    expect(text.endsWith('All 4 targets are met.')).toBe(true)
    const missed = renderCalibrationTerminal(exampleCalibration({ missed: true }))
    const [, after] = missed.split('1 of 4 targets is missed:')
    expect(after).toMatch(/Disparity, higher, with the truth on the upper margin\n.*1\.20 times.*MISSED$/)
  })
})
