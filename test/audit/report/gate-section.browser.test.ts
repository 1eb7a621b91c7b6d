import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { auditOf, raceScene } from '../../support/facts.js'
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

const LONG = 'an owner without a single space: '.replaceAll(' ', '-').repeat(6)
const AUDIT = auditOf(
  raceScene(
    [
      ['A', 140, 1000],
      ['B', 10, 1000],
      ['C', 10, 1000],
    ],
    {
      policy: {
        mode: 'assurance',
        limits: [
          { id: 'gap', kind: 'disparity' },
          { id: 'top', kind: 'ceiling', atMost: 0.05, harms: ['denigration'], groupBy: [['race']] },
          { id: 'impact', kind: 'impact-ratio', leaveOutUnder: 0.02 },
          { id: 'decided', kind: 'coverage', atLeast: 0.99 },
          { id: 'nowhere', kind: 'ratio', atMost: 2, outcomes: ['none-such'] },
        ],
        waivers: [
          {
            ...{ limit: 'gap', group: [['race', 'A']], owner: LONG },
            ...{ reason: '<b>Fixed</b> in the next model.', expires: '2031-01-31' },
          },
          { limit: 'top', owner: 'B. Person', reason: 'It was known.', expires: '2029-12-31' },
        ],
        warning: 'The bound was borrowed from another field.',
      },
    },
  ),
)

describe.skipIf(!hasBrowser)(browserTitle('the gate of a report'), { timeout: PATIENCE }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  }, PATIENCE)
  afterAll(() => browser.close())

  describe.each(['en', 'ko'] as const)('in %s', (locale) => {
    const html = renderHtml(AUDIT, { locales: [locale] })

    it.each(['light', 'dark'] as const)('has nothing that axe finds or leaves open, in %s', async (colorScheme) => {
      const { page } = await open(browser, html, {
        ...{ colorScheme, bypassCSP: true },
        viewport: { width: 1280, height: 900 },
      })
      expect(await axeFindings(page)).toEqual({ violations: [], unreviewed: [] })
      await page.close()
    })

    it('loses nothing at 320 pixels, with an owner whose name has no space', async () => {
      const { page } = await open(browser, html, { viewport: { width: 320, height: 800 } })
      await openAll(page)
      expect(await sideways(page)).toEqual({ page: 320, wide: [] })
      await page.close()
    })

    it('lists every limit and every waiver under a heading of its own, as text and never as markup', async () => {
      const { page } = await open(browser, html)
      await openAll(page)
      const heads = await page.locator('#gate table').first().locator('tbody th').allInnerTexts()
      expect(heads).toEqual(['gap', 'top', 'impact', 'decided', 'nowhere'])
      const waivers = page.locator('#gate table').last().locator('tbody tr')
      expect(await waivers.count()).toBe(2)
      expect(await waivers.first().innerText()).toContain('<b>Fixed</b> in the next model.')
      expect(await page.locator('#gate b').count()).toBe(0)
      await page.close()
    })
  })
})
