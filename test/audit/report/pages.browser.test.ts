import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderComparisonHtml } from '../../../src/audit/report/render-comparison-html.js'
import { renderCurveHtml } from '../../../src/audit/report/render-curve-html.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { auditOf } from '../../support/facts.js'
import { SCENE } from '../../golden/scene.js'
import { exampleComparison } from './example-comparison.js'
import { exampleCurve } from './example-curve.js'
import { hostileAudit } from './hostile-audit.js'
import {
  axeFindings,
  browserTitle,
  hasBrowser,
  open,
  openAll,
  PATIENCE,
  sideways,
  startBrowser,
} from './in-chromium.js'

const PAGES: readonly (readonly [name: string, html: () => string])[] = [
  ['a report', () => renderHtml(auditOf(SCENE))],
  ['a report in Korean', () => renderHtml(auditOf(SCENE), { locales: ['ko'] })],
  ['a report of hostile names', () => renderHtml(hostileAudit())],
  ['a comparison', () => renderComparisonHtml(exampleComparison())],
  ['a specification curve', () => renderCurveHtml(exampleCurve({ simulated: true, holes: true }))],
]

describe.skipIf(!hasBrowser)(browserTitle('every page'), { timeout: PATIENCE }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  }, PATIENCE)
  afterAll(() => browser.close())

  describe.each(PAGES)('%s', (_, make) => {
    const html = make()

    it('asks for nothing, complains of nothing and opens no dialog', async () => {
      const { page, requests, complaints } = await open(browser, html)
      await openAll(page)
      expect([requests, complaints]).toEqual([[], []])
      expect(await page.evaluate('globalThis.hostile')).toBeUndefined()
      await page.close()
    })

    it.each(['light', 'dark'] as const)('has nothing that axe finds or leaves open, in %s', async (colorScheme) => {
      const options = { colorScheme, bypassCSP: true, viewport: { width: 1280, height: 900 } }
      const { page } = await open(browser, html, options)
      expect(await axeFindings(page)).toEqual({ violations: [], unreviewed: [] })
      await page.close()
    })

    it('loses nothing at 320 pixels, which is 1280 at 400 %, and at 640, which is 200 %', async () => {
      const { page } = await open(browser, html, { viewport: { width: 320, height: 800 } })
      await openAll(page)
      for (const width of [320, 640]) {
        await page.setViewportSize({ width, height: 800 })
        expect(await sideways(page)).toEqual({ page: width, wide: [] })
      }
      await page.close()
    })

    it('says every verdict by word and letter beside its shape, so that no colour is needed', async () => {
      const { page } = await open(browser, html)
      const bare = `[...document.querySelectorAll('.v:not(.lane-name)')].filter((e) => e.querySelector('b') === null || e.textContent.trim().length < 4).length`
      expect(await page.evaluate(bare)).toBe(0)
      await page.close()
    })
  })
})
