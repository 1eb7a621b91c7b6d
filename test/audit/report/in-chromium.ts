import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
export const hasBrowser = existsSync(CHROMIUM)

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
export const PATIENCE = 240_000 // milliseconds: a page of a megabyte on a machine with other work

/** The name of a suite that needs a browser, with the reason in it where there is none. */
export function browserTitle(what: string): string {
  return hasBrowser ? `${what} in Chromium` : `${what} in Chromium: skipped, no browser at ${CHROMIUM} (set CHROMIUM)`
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
}

export type Opened = {
  readonly page: Page
  /** What the page asked for besides itself. */
  readonly requests: string[]
  /** Messages on the console, errors, and dialogs. */
  readonly complaints: string[]
}

/** Serves a page from memory, refuses everything else, and keeps what was asked for and complained of. */
export async function open(browser: Browser, html: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const page = await (await browser.newContext(options)).newPage()
  page.setDefaultTimeout(PATIENCE)
  const requests: string[] = []
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.route('**/*', (route) => {
    if (route.request().url() === ADDRESS) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
    requests.push(route.request().url())
    return route.abort()
  })
  await page.goto(ADDRESS)
  return { page, requests, complaints }
}

/** Opens every closed part. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true })')
}

/** What axe cannot decide alone and a person has looked at, with what was seen. Anything else that it leaves open fails a test. */
const REVIEWED: readonly { readonly rule: string; readonly messages: readonly string[]; readonly seen: string }[] = [
  {
    rule: 'color-contrast',
    messages: ['imgNode', 'shortTextContent', 'bgGradient', 'bgOverlap', 'elmPartiallyObscured', 'pseudoContent'],
    seen: `text in drawings has the colours of text on cards, held by a test of its own; single letters have the colour of their word;
      hatched cells are thin lines of a grey on the card; headings at the edge of a table that scrolls have the colour of the others`,
  },
  {
    rule: 'th-has-data-cells',
    messages: ['null'],
    seen: 'headings of row groups stand alone in their row and head the rows below, by scope="rowgroup"',
  },
]

/** What axe finds under all its rules, everything opened: violations, and what it leaves open that nobody has reviewed. */
export async function axeFindings(page: Page): Promise<{ violations: string[]; unreviewed: string[] }> {
  await openAll(page)
  await page.addScriptTag({ path: AXE })
  return page.evaluate<{ violations: string[]; unreviewed: string[] }>(`axe
    .run({ resultTypes: ['violations', 'incomplete'] })
    .then(({ violations, incomplete }) => {
      const reviewed = ${JSON.stringify(REVIEWED.map(({ rule, messages }) => [rule, messages]))}
      const keysOf = (node) => [...node.any, ...node.all, ...node.none].map(({ data }) => String(data && data.messageKey || null))
      const isReviewed = (id, node) =>
        reviewed.some(([rule, messages]) => rule === id && keysOf(node).every((key) => messages.includes(key)))
      const told = (id, nodes) => id + ': ' + nodes.slice(0, 3).map((node) => keysOf(node) + ' ' + node.html.slice(0, 160)).join(' | ')
      return {
        violations: violations.map(({ id, nodes }) => told(id, nodes)),
        unreviewed: incomplete
          .map(({ id, nodes }) => [id, nodes.filter((node) => !isReviewed(id, node))])
          .filter(([, nodes]) => nodes.length > 0)
          .map(([id, nodes]) => told(id, nodes)),
      }
    })`)
}

/** Everything inside the page that is wider than it and cannot be scrolled by itself, and the width of the page. */
export function sideways(page: Page): Promise<{ page: number; wide: string[] }> {
  return page.evaluate<{ page: number; wide: string[] }>(`(() => {
    const width = document.documentElement.clientWidth
    const scrolls = (e) => e !== null && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement))
    const wide = [...document.querySelectorAll('main *')].filter((e) => {
      const box = e.getBoundingClientRect()
      return box.width > 0 && box.right > width + 1 && !scrolls(e) && !e.closest('.sr') && e.closest('svg') === (e.tagName === 'svg' ? e : null)
    })
    return { page: document.documentElement.scrollWidth, wide: wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 120)) }
  })()`)
}
