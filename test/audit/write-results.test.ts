import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAudit } from '../../src/audit/audit-file/read-audit.js'
import { renderReport, REPORT_FORMATS, USUAL_FORMATS } from '../../src/audit/render-report.js'
import { writeReports } from '../../src/audit/write-reports.js'
import { writeResults } from '../../src/audit/write-results.js'
import type { Dataset } from '../../src/audit/types/dataset.js'
import { LABELS, POLICY, probeOf } from '../support/definitions.js'
import { auditOf, raceScene } from '../support/facts.js'
import { planOf } from '../support/stand-ins.js'

const AUDIT = auditOf(raceScene([['A', 9, 90], ['B', 1, 90], ['C', 2, 90]])) // prettier-ignore
const DATASET: Dataset = {
  ...{ id: 'd', crop: null, licence: null, simulated: false, sources: [], images: [], paths: null, subjects: null },
  ...{ attributes: [], excluded: new Map(), quarantined: new Map(), warnings: [] },
}

describe('writeResults', () => {
  const out = mkdtempSync(join(tmpdir(), 'probity-results-'))
  const plan = { ...planOf({}, { labelSets: [LABELS], policy: POLICY, probes: [probeOf()] }), out }

  it('leaves no file of an earlier run beside an audit that it does not belong to', async () => {
    const formats = REPORT_FORMATS.filter((format) => format !== 'pdf')
    const files = await Promise.all(formats.map((format) => renderReport(AUDIT, format, { locales: ['en', 'ko'] })))
    const rendered = files.flat().map(({ name }) => name)
    expect(rendered).toContain('report.ko.md')
    for (const name of ['decisions.csv', 'duplicates.csv', 'quarantine.csv', 'notes-of-a-person.txt', ...rendered])
      writeFileSync(join(out, name), 'old')
    await writeResults({ audit: AUDIT, dataset: DATASET, decisions: [], duplicates: [] }, plan)
    expect(existsSync(join(out, 'decisions.csv'))).toBe(false)
    expect(existsSync(join(out, 'duplicates.csv'))).toBe(false)
    expect(existsSync(join(out, 'quarantine.csv'))).toBe(false)
    expect(existsSync(join(out, 'notes-of-a-person.txt'))).toBe(true)
    for (const name of rendered.filter((name) => existsSync(join(out, name))))
      expect([name, readFileSync(join(out, name), 'utf8')]).not.toEqual([name, 'old'])
  })

  it('names every file it wrote, and leaves nothing half-written', async () => {
    const written = await writeResults({ audit: AUDIT, dataset: DATASET, decisions: [], duplicates: [] }, plan)
    expect(readdirSync(out).sort()).toEqual(
      [...written.map((path) => path.slice(out.length + 1)), 'notes-of-a-person.txt'].sort(),
    )
  })
})

describe('writeReports', () => {
  it('gives the bytes again that the audit was written with, whatever digits its numbers had', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'probity-again-'))
    const [first, again] = [join(folder, 'first'), join(folder, 'again')]
    const plan = { ...planOf({}, { labelSets: [LABELS], policy: POLICY, probes: [probeOf()] }), out: first }
    await writeResults({ audit: AUDIT, dataset: DATASET, decisions: [], duplicates: [] }, plan)
    await writeReports(await readAudit(join(first, 'audit.json')), again, USUAL_FORMATS)
    expect(readdirSync(again).length).toBeGreaterThan(2)
    for (const name of readdirSync(again))
      expect([name, readFileSync(join(again, name), 'utf8')]).toEqual([name, readFileSync(join(first, name), 'utf8')])
  })

  it('writes only the formats asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'probity-reports-'))
    await writeReports(AUDIT, folder, ['md'])
    expect(readdirSync(folder)).toEqual(['report.md'])
  })

  it('prints the PDF last, and tells of each file that was written where it cannot be printed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'probity-reports-'))
    const told: string[] = []
    const browser = { path: join(folder, 'no-browser'), isRoot: false }
    const options = { browser, onWritten: (path: string) => void told.push(path) }
    await expect(writeReports(AUDIT, folder, ['pdf', 'md', 'junit'], options)).rejects.toThrow('no PDF')
    expect(told).toEqual([join(folder, 'report.md'), join(folder, 'junit.xml')])
  })
})
