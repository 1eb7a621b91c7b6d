import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { exampleAudit } from './example-audit.js'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const ADDRESS = 'http://report.test/'
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const hasBrowser = existsSync(executablePath)
const title = hasBrowser
  ? 'a report in Chromium'
  : `a report in Chromium: skipped, no browser at ${executablePath} (set CHROMIUM)`

describe.skipIf(!hasBrowser)(title, () => {
  const html = renderHtml(exampleAudit({ simulated: true }))
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: FLAGS })
  })
  afterAll(() => browser.close())

  /** Serves the page from memory, refuses everything else, and keeps what was asked for and what was complained of. */
  async function open(
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; requests: string[]; complaints: string[] }> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const requests: string[] = []
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.route('**/*', (route) => {
      if (route.request().url() === ADDRESS)
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      requests.push(route.request().url())
      return route.abort()
    })
    await page.goto(ADDRESS)
    return { page, requests, complaints }
  }

  it('asks for nothing and breaks no rule of its own policy', async () => {
    const { page, requests, complaints } = await open()
    await page.emulateMedia({ media: 'print' })
    expect(requests).toEqual([])
    expect(complaints).toEqual([])
    expect(await page.locator('th button').count()).toBeGreaterThan(0) // the script ran, so its hash is right
    expect(await page.evaluate('getComputedStyle(document.querySelector(".shapes")).position')).toBe('absolute')
  })

  it('blocks a script and a style that are not its own', async () => {
    const { page, complaints } = await open()
    await page.evaluate(
      `const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)`,
    )
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<p id="x" style="color: red">x</p>')`)
    expect(await page.evaluate('window.ran')).toBeUndefined()
    expect(complaints.join(' ')).toContain('Content Security Policy')
  })

  it('is complete without its script', async () => {
    const { page } = await open({ javaScriptEnabled: false })
    expect(await page.locator('svg.dots').count()).toBeGreaterThan(20)
    expect(await page.locator('th button').count()).toBe(0)
    expect(await page.getByText('0 of 0', { exact: true }).count()).toBeGreaterThan(0)
  })

  async function violations(colorScheme: 'light' | 'dark', options: string): Promise<string[]> {
    const { page } = await open({ colorScheme, bypassCSP: true, viewport: { width: 1280, height: 900 } })
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true })')
    await page.addScriptTag({ path: AXE })
    return page.evaluate<string[]>(`axe.run({ ${options} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' | ')))`)
  }

  it('has no accessibility violation that axe finds', async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    expect(await violations('light', `runOnly: ${JSON.stringify(tags)}`)).toEqual([])
  })

  it('has enough contrast in dark colours as well', async () => {
    expect(
      await violations('dark', 'runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] }'),
    ).toEqual([])
  })

  it.each([320, 768, 1280])('never scrolls sideways as a page at %i pixels', async (width) => {
    const { page } = await open({ viewport: { width, height: 800 } })
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true })')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  it('opens every closed part in print', async () => {
    const { page } = await open({ javaScriptEnabled: false })
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#words-h ~ details caption').first().isVisible()).toBe(true)
  })

  it('leaves no heading or legend alone at the foot of a printed page', async () => {
    const { page } = await open()
    await page.emulateMedia({ media: 'print' })
    const alone = `[...document.querySelectorAll('h2, h3, h4, caption, .lead, .legend, .block > .fine')]
      .filter((e) => getComputedStyle(e).breakAfter !== 'avoid').map((e) => e.outerHTML.slice(0, 80))`
    expect(await page.evaluate(alone)).toEqual([])
    expect(await page.evaluate('getComputedStyle(document.querySelector(".card.wide")).breakInside')).toBe('auto')
  })

  it('sorts a table by the number in its cells', async () => {
    const { page } = await open()
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true })')
    const table = page.locator('table.rates').first()
    await table.locator('thead button').nth(1).click()
    const counts = await table.locator('tbody tr td:nth-child(2)').allTextContents()
    const numbers = counts.map((text) => parseInt(text.replaceAll(',', ''), 10))
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
  })
})
