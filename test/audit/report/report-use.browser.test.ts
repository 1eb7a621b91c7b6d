import { inflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { SCENE } from '../../golden/scene.js'
import { auditOf } from '../../support/facts.js'
import { browserTitle, hasBrowser, open, openAll, PATIENCE, sideways, startBrowser } from './in-chromium.js'

const LEAST_CONTRAST = 4.5 // WCAG 2.2, 1.4.3

describe.skipIf(!hasBrowser)(browserTitle('a report in use'), { timeout: PATIENCE }, () => {
  const html = renderHtml(auditOf(SCENE))
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  }, PATIENCE)
  afterAll(() => browser.close())

  it('goes by keyboard from the skip link through every link, button, summary and table, each seen and not covered', async () => {
    const { page } = await open(browser, html, { viewport: { width: 1280, height: 900 } })
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    const reachable =
      await page.evaluate<number>(`[...document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]')]
      .filter((e) => e.checkVisibility()).length`)
    const stops = await walk(page, reachable)
    expect(stops.filter((stop) => stop !== 'seen')).toEqual([])
    expect(stops.length).toBeGreaterThan(60)
    await page.close()
  })

  it('opens a closed part and sorts a table by keyboard alone, and says which way', async () => {
    const { page } = await open(browser, html)
    const part = page.locator('details:has(table.rates)').first()
    await part.locator('summary').first().focus()
    await page.keyboard.press('Enter')
    expect(await part.getAttribute('open')).toBe('')
    await part.locator('thead button').nth(1).focus()
    await page.keyboard.press('Enter')
    expect(await part.locator('th').nth(1).getAttribute('aria-sort')).toBe('descending')
    await page.close()
  })

  it('holds every table, drawing and closed part without its script', async () => {
    const counted = `['table', 'tr', 'svg[role=img]', 'details', 'li'].map((each) => document.querySelectorAll(each).length)`
    const [scripted, bare] = await Promise.all([open(browser, html), open(browser, html, { javaScriptEnabled: false })])
    expect(await bare.page.evaluate(counted)).toEqual(await scripted.page.evaluate(counted))
    await bare.page.locator('summary').first().click()
    expect(await bare.page.locator('details').first().getAttribute('open')).toBe('')
    await Promise.all([bare.page.close(), scripted.page.close()])
  })

  it('keeps all text when letters are twice as large', async () => {
    const { page } = await open(browser, html, { viewport: { width: 1280, height: 900 }, bypassCSP: true })
    await page.addStyleTag({ content: 'html { font-size: 200% }' })
    await openAll(page)
    expect(await sideways(page)).toEqual({ page: 1280, wide: [] })
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'writes in drawings with enough contrast to the card, in %s',
    async (colorScheme) => {
      const { page } = await open(browser, html, { colorScheme })
      const colours = await page.evaluate<
        string[][]
      >(`[...document.querySelectorAll('.dots text, .dots tspan')].map((e) => {
      const card = e.closest('.card')
      return [getComputedStyle(e).fill, getComputedStyle(card ?? document.body).backgroundColor]
    })`)
      expect(colours.length).toBeGreaterThan(100)
      const low = colours.filter(([text = '', card = '']) => contrast(text, card) < LEAST_CONTRAST)
      expect(low).toEqual([])
      await page.close()
    },
  )

  it.each(['protanopia', 'deuteranopia', 'tritanopia', 'achromatopsia'] as const)(
    'tells the verdicts apart by the shape alone under %s',
    async (type) => {
      const { page } = await open(browser, html)
      const session = await page.context().newCDPSession(page)
      await session.send('Emulation.setEmulatedVisionDeficiency', { type })
      const shapes = await page.evaluate<string[]>(`[...document.querySelectorAll('.counts .v')].map((e) => {
        const { clipPath, borderRadius, borderWidth, rotate } = getComputedStyle(e, '::before')
        return [clipPath, borderRadius, borderWidth, rotate].join(' ')
      })`)
      expect(shapes).toHaveLength(5)
      expect(new Set(shapes).size).toBe(5)
      const pictures = await Promise.all(
        (await page.locator('.counts .v').all()).map((each) => each.screenshot({ animations: 'disabled' })),
      )
      expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(5)
      await page.close()
    },
  )

  it('keeps shapes of verdicts when the system chooses the colours, and moves nothing', async () => {
    const { page } = await open(browser, html, { forcedColors: 'active', reducedMotion: 'reduce' })
    const marks = await page.evaluate<string[]>(`[...document.querySelectorAll('.counts .v')].map((e) => {
      const { backgroundColor, borderTopColor } = getComputedStyle(e, '::before')
      return backgroundColor === 'rgba(0, 0, 0, 0)' ? borderTopColor : backgroundColor
    })`)
    expect(new Set(marks).size).toBe(1)
    expect(await page.evaluate('document.getAnimations().length')).toBe(0)
    await page.close()
  })

  it('prints as a PDF with the heads of tables on every page that a table runs over', async () => {
    const { page } = await open(browser, html, { javaScriptEnabled: false })
    const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true })
    const pages = pdf.toString('latin1').match(/\/Type ?\/Page\b/g) ?? []
    expect(pages.length).toBeGreaterThan(8)
    expect(await page.evaluate('getComputedStyle(document.querySelector("thead")).display')).toBe('table-header-group')
    expect(tableHeads(pdf)).toBeGreaterThan(0)
    await page.close()
  })
})

/** Tabs through the page; for each stop, whether it is seen: with an outline, inside the window, and not under something else. */
async function walk(page: Page, most: number): Promise<string[]> {
  const stops: string[] = []
  for (let step = 1; step < most; step++) {
    await page.keyboard.press('Tab')
    stops.push(
      await page.evaluate<string>(`(() => {
        const e = document.activeElement
        if (e === document.body) return 'seen'
        const box = e.getBoundingClientRect()
        const style = getComputedStyle(e)
        const told = ' ' + e.outerHTML.slice(0, 80)
        if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'no outline' + told
        if (box.bottom < 0 || box.top > innerHeight) return 'out of sight' + told
        const [x, y] = [Math.max(1, box.left + Math.min(box.width, 20) / 2), Math.min(innerHeight - 2, Math.max(1, box.top + Math.min(box.height, 20) / 2))]
        const top = document.elementFromPoint(x, y)
        return top !== null && (e.contains(top) || top.contains(e)) ? 'seen' : 'covered' + told
      })()`),
    )
  }
  return stops
}

/** Contrast of two opaque colours as browsers write them, by WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [one, other].map(luminance).sort((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Table heads in the structure of a tagged PDF: those repeated on further pages are marked as such, or drawn again. */
function tableHeads(pdf: Buffer): number {
  const text = pdf.toString('latin1')
  const streams = [...text.matchAll(/stream\r?\n([^]*?)endstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
    } catch {
      return '' // fonts and pictures
    }
  })
  return (text + streams.join('\n')).match(/\/S ?\/TH\b/g)?.length ?? 0
}
