import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderCurveHtml } from '../../../src/audit/report/render-curve-html.js'
import { exampleCurve } from './example-curve.js'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const ADDRESS = 'http://report.test/'
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

const hasBrowser = existsSync(executablePath)
const title = hasBrowser
  ? 'a specification curve in Chromium'
  : `a specification curve in Chromium: skipped, no browser at ${executablePath} (set CHROMIUM)`

describe.skipIf(!hasBrowser)(title, () => {
  const html = renderCurveHtml(exampleCurve({ simulated: true, holes: true }))
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: FLAGS })
  })
  afterAll(() => browser.close())

  /** Serves the page from memory, refuses everything else, and keeps what was asked for and complained of. */
  async function open(options: BrowserContextOptions): Promise<{ page: Page; unwanted: string[] }> {
    const page = await (await browser.newContext(options)).newPage()
    const unwanted: string[] = []
    page.on('console', (message) => unwanted.push(message.text()))
    page.on('pageerror', (error) => unwanted.push(error.message))
    await page.route('**/*', (route) => {
      if (route.request().url() === ADDRESS)
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      unwanted.push(route.request().url())
      return route.abort()
    })
    await page.goto(ADDRESS)
    return { page, unwanted }
  }

  async function violations(colorScheme: 'light' | 'dark', options: string): Promise<string[]> {
    const { page } = await open({ colorScheme, bypassCSP: true, viewport: { width: 1280, height: 900 } })
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true })')
    await page.addScriptTag({ path: AXE })
    return page.evaluate<string[]>(`axe.run({ ${options} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' | ')))`)
  }

  it('asks for nothing, complains of nothing, and shows its style and its curves without a script', async () => {
    const { page, unwanted } = await open({ javaScriptEnabled: false })
    expect(unwanted).toEqual([])
    const curve = await page.locator('#q1 .main-curve .plot').boundingBox()
    const lane = await page.locator('#q1 .main-curve .lane-row').first().boundingBox()
    expect(curve?.width).toBeGreaterThan(500)
    expect([lane?.x, lane?.width]).toEqual([curve?.x, curve?.width]) // columns of the curve stand over those of the rows
  })

  it('has no accessibility violation that axe finds', async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    expect(await violations('light', `runOnly: ${JSON.stringify(tags)}`)).toEqual([])
  })

  it('has enough contrast in dark colours as well', async () => {
    expect(await violations('dark', 'runOnly: { type: "rule", values: ["color-contrast"] }')).toEqual([])
  })

  it.each([320, 768, 1280])('never scrolls sideways as a page at %i pixels', async (width) => {
    const { page } = await open({ viewport: { width, height: 800 } })
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true })')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  it('leaves no heading or legend alone at the foot of a printed page', async () => {
    const { page } = await open({})
    await page.emulateMedia({ media: 'print' })
    const alone = `[...document.querySelectorAll('h2, h3, h4, caption, .legend')]
      .filter((e) => getComputedStyle(e).breakAfter !== 'avoid').map((e) => e.outerHTML.slice(0, 80))`
    expect(await page.evaluate(alone)).toEqual([])
    expect(await page.locator('#q1 .specs').isVisible()).toBe(true)
  })
})
