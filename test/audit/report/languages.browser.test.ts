import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { exampleAudit } from './example-audit.js'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const ADDRESS = 'http://report.test/'
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const hasBrowser = existsSync(executablePath)
const title = hasBrowser
  ? 'a report in two languages in Chromium'
  : `a report in two languages in Chromium: skipped, no browser at ${executablePath} (set CHROMIUM)`

describe.skipIf(!hasBrowser)(title, () => {
  const html = renderHtml(exampleAudit({ simulated: true }), { locales: ['en', 'ko'] })
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(() => browser.close())

  async function open(
    fragment = '',
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; requests: string[]; complaints: string[] }> {
    const page = await (await browser.newContext(options)).newPage()
    const requests: string[] = []
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text())
    })
    await page.route('**/*', (route) => {
      if (route.request().url().split('#')[0] === ADDRESS)
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      requests.push(route.request().url())
      return route.abort()
    })
    await page.goto(ADDRESS + fragment)
    return { page, requests, complaints }
  }

  const shown = async (page: Page): Promise<boolean[]> =>
    Promise.all(['#en', '#ko'].map((part) => page.locator(part).isVisible()))

  it('changes from one to the other by a link, without JavaScript and without a request', async () => {
    const { page, requests, complaints } = await open('', { javaScriptEnabled: false })
    expect(await shown(page)).toEqual([true, false])
    await page.locator('#en .languages a[hreflang=ko]').click()
    expect(await shown(page)).toEqual([false, true])
    expect(await page.locator('#ko h1').isVisible()).toBe(true)
    await page.locator('#ko .languages a[hreflang=en]').click()
    expect(await shown(page)).toEqual([true, false])
    expect([requests, complaints]).toEqual([[], []])
  }, 240_000)

  it('opens the language that a link into the page points to, and keeps it inside', async () => {
    const { page } = await open('#ko-results')
    expect(await shown(page)).toEqual([false, true])
    await page.locator('#ko nav.toc a').nth(1).click()
    expect(await shown(page)).toEqual([false, true])
  }, 240_000)

  it('prints both', async () => {
    const { page } = await open()
    await page.emulateMedia({ media: 'print' })
    expect(await shown(page)).toEqual([true, true])
  }, 240_000)

  it('gives every id once, and breaks no rule that axe knows where the language is chosen', async () => {
    const { page } = await open('#ko')
    await page.evaluate(readFileSync(AXE, 'utf8'))
    const found: unknown = await page.evaluate(`(async () => {
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
      const { violations } = await axe.run('#ko > header')
      return { repeated: ids.filter((id, at) => ids.indexOf(id) !== at), violations: violations.map(({ id }) => id) }
    })()`)
    expect(found).toEqual({ repeated: [], violations: [] })
  }, 240_000)
})
