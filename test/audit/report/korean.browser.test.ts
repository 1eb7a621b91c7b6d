import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { exampleAudit } from './example-audit.js'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

const hasBrowser = existsSync(executablePath)
const title = hasBrowser
  ? 'a Korean report in Chromium'
  : `a Korean report in Chromium: skipped, no browser at ${executablePath} (set CHROMIUM)`

describe.skipIf(!hasBrowser)(title, () => {
  const html = renderHtml(exampleAudit({ simulated: true }), { locales: ['ko'] })
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
  })
  afterAll(() => browser.close())

  /** The page with every closed part open. */
  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    await page.setContent(html)
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true })')
    return page
  }

  it.each([320, 1280])('never scrolls sideways as a page at %i pixels', async (width) => {
    const page = await open({ viewport: { width, height: 800 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  it('breaks lines between words, where a browser would break inside them', async () => {
    const page = await open()
    const rules = '[...document.querySelectorAll("p, th, td, li")].map((e) => getComputedStyle(e).wordBreak)'
    expect(new Set(await page.evaluate<string[]>(rules))).toEqual(new Set(['keep-all']))
  })

  it('sorts a column of counts by the counts and not by what they are of', async () => {
    const page = await open()
    const table = page.locator('table.rates').first()
    await table.locator('thead button').nth(1).click()
    const counts = await table.locator('tbody tr td:nth-child(2)').allTextContents()
    const numbers = counts.map((text) => parseInt(text.replaceAll(',', ''), 10))
    expect(counts[0]).toMatch(/^[\d,]+\/[\d,]+/)
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
  })
})
