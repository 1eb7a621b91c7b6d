import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLocale } from '../../../src/audit/report/locale.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { auditOf, raceScene } from '../../support/facts.js'
import { exampleSignoff } from '../example-signoff.js'
import { browserTitle, hasBrowser, PATIENCE, startBrowser } from './in-chromium.js'

const PDFTOTEXT = '/usr/bin/pdftotext' // of poppler; Chromium itself cannot read back what it printed
const canPrint = hasBrowser && existsSync(PDFTOTEXT)
const title = hasBrowser && !canPrint ? `printed: skipped, no ${PDFTOTEXT} (poppler-utils)` : browserTitle('printed')

describe.skipIf(!canPrint)(`a report ${title}`, { timeout: PATIENCE }, () => {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'probity-print-'))
  const scene = raceScene([
    ['Black', 12, 90],
    ['White', 3, 90],
  ])
  const audit = auditOf(scene)
  const simulated = auditOf({ ...scene, simulated: true })

  beforeAll(async () => {
    browser = await startBrowser()
  }, PATIENCE)
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true })
  })

  /** The text of each page, white space made single. */
  async function pagesOf(html: string): Promise<string[]> {
    const page = await browser.newPage()
    await page.setContent(html)
    const file = join(folder, 'report.pdf')
    await page.pdf({ path: file, preferCSSPageSize: true })
    await page.close()
    const text = execFileSync(PDFTOTEXT, ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1e9 })
    const pages = text.split('\f').slice(0, -1)
    return pages.map((each) => each.replace(/\s+/g, ' ').trim())
  }

  it('says draft at the head and the foot of every page until it is signed', async () => {
    const pages = await pagesOf(renderHtml(audit))
    expect(pages.length).toBeGreaterThan(5)
    for (const page of pages) {
      expect(page).toMatch(/^draft/i)
      expect(page).toContain('Draft · audit sha256:')
    }
  })

  it('says on every page who approved it, and until when, once it is final', async () => {
    const pages = await pagesOf(renderHtml(audit, { signoff: exampleSignoff(audit.auditId) }))
    expect(pages.length).toBeGreaterThan(5)
    for (const page of pages) {
      expect(page).toContain('Final report · signed by Chidi Example on 2030-01-04 · until 2031-01-04')
      expect(page).not.toMatch(/^draft/i)
    }
  })

  it('bears the banner for simulated data on every page, draft or final, in both languages', async () => {
    const signoff = exampleSignoff(simulated.auditId)
    const draft = await pagesOf(renderHtml(simulated))
    const final = await pagesOf(renderHtml(simulated, { signoff }))
    const korean = await pagesOf(renderHtml(simulated, { locales: ['ko'] }))
    for (const page of draft) {
      expect(page).toMatch(/simulated data/i)
      expect(page).toMatch(/^draft|Draft · audit sha256:/i)
    }
    for (const page of final) expect(page).toMatch(/simulated data/i)
    // without its first and last word: on a machine with no Korean font single characters cannot be read back from the PDF
    const banner = readLocale('ko').text('page.simulated').split(' ')
    for (const page of korean) expect(page).toContain(banner[1])
  })
})
