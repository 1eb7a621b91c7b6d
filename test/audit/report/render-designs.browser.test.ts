import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { designsAudit } from './example-designs.js'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const A4_TEXT = 695 // pixels between the margins of a printed page

const hasBrowser = existsSync(executablePath)
const title = hasBrowser
  ? 'compared label sets in Chromium'
  : `compared label sets in Chromium: skipped, no browser at ${executablePath} (set CHROMIUM)`

describe.skipIf(!hasBrowser)(title, () => {
  const html = renderHtml(designsAudit({ ablate: ['a child'] }))
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(() => browser.close())

  async function opened(options: BrowserContextOptions): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    await page.setContent(html)
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true })')
    return page
  }

  it.each(['light', 'dark'] as const)(
    'have no accessibility violation that axe finds, in %s colours',
    async (colorScheme) => {
      const page = await opened({ colorScheme, bypassCSP: true, viewport: { width: 1280, height: 900 } })
      await page.addScriptTag({ path: AXE })
      const found = await page.evaluate<string[]>(`axe.run({ include: [['#designs'], ['#ablations']] })
        .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`)
      expect(found).toEqual([])
    },
  )

  it.each([320, 1280])('never scroll sideways as a page at %i pixels', async (width) => {
    const page = await opened({ viewport: { width, height: 800 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  it('fit on paper, with every closed part open', async () => {
    const page = await opened({ viewport: { width: A4_TEXT, height: 900 } })
    await page.emulateMedia({ media: 'print' })
    const wide = `[...document.querySelectorAll('#designs table, #designs svg.dots, #ablations table')]
      .filter((e) => e.getBoundingClientRect().right > ${A4_TEXT + 1}).map((e) => e.caption?.textContent)`
    expect(await page.evaluate(wide)).toEqual([])
  })
})
