import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { renderCurveHtml } from '../../../src/audit/report/render-curve-html.js'
import { exampleCurve } from './example-curve.js'

const html = renderCurveHtml(exampleCurve())
const HOSTILE = '<script>alert(1)</script>{{x}}"\u202e'

describe('renderCurveHtml', () => {
  it('gives the same bytes for the same curve', () => {
    expect(renderCurveHtml(exampleCurve())).toBe(html)
  })

  it('loads nothing, runs nothing, and allows by hash exactly the style it holds', () => {
    expect(html).not.toMatch(/<script|<link|<img|\ssrc=|url\((?!"?'?data:)|@import|\sstyle=|\son[a-z]+=/)
    expect(html.match(/href="(?!#)[^"]*"/g)).toBeNull()
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]
    expect(policy?.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=')).toBe(
      `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`,
    )
  })

  it('prints hostile names, words and ids as text', () => {
    const page = renderCurveHtml(exampleCurve({ hostile: HOSTILE, holes: true }))
    expect(page).not.toContain('<script>')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;{{x}}&quot;')
    expect(page).not.toContain('\u202e')
  })

  it('names every table and chart by text that is there, with ids that stand once', () => {
    for (const page of [html, renderCurveHtml(exampleCurve({ holes: true }))]) {
      const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
      const named = [...page.matchAll(/(?:aria-labelledby|href)="#?([^"]+)"/g)].flatMap(([, list]) => list.split(' '))
      expect(named.filter((id) => !ids.includes(id))).toEqual([])
    }
  })

  it('gives every chart a title, a description and a table behind it', () => {
    const charts = html.match(/<svg class="plot"[\s\S]*?<\/desc>/g) ?? []
    expect(charts).toHaveLength(3 * 7 + 3)
    for (const chart of charts) expect(chart).toMatch(/<title [^>]*>[^<]+<\/title><desc [^>]*>[^<]+<\/desc>/)
    expect(html.match(/<table class="tight specs">/g)).toHaveLength(6)
  })

  it('bears the banner on simulated data and only there', () => {
    const simulated = renderCurveHtml(exampleCurve({ simulated: true, sizes: [2, 2, 1, 1] }))
    expect(simulated).toContain('<strong>Simulated data: says nothing about any model or any people.</strong>')
    expect(html).not.toContain('Simulated data')
  })

  it('writes label terms and the words of choices only in closed lists', () => {
    const terms = [...html.matchAll(/an insulting term/g)].map(({ index }) => index)
    expect(terms.length).toBeGreaterThan(1)
    for (const at of terms) {
      const before = html.slice(0, at)
      expect(before.lastIndexOf('<details>')).toBeGreaterThan(before.lastIndexOf('</details>'))
    }
  })

  it('has question, answer, choices, curves, grid, label set, method, limits and provenance in this order', () => {
    const order = ['answer', 'choices', 'curves', 'ranks', 'grid', 'label-set', 'method', 'limits', 'provenance']
    const places = order.map((id) => html.indexOf(`<section id="${id}"`))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('says on the first screen that specifications are not independent evidence', () => {
    const [first] = html.split('<div class="answers">')
    expect(first).toContain('many that agree are not many pieces of evidence')
  })

  it('stays under 3 MB with 1,000 specifications', () => {
    const large = renderCurveHtml(exampleCurve({ sizes: [10, 5, 5, 4] }))
    expect(Buffer.byteLength(large)).toBeLessThan(3_000_000)
    expect(large).toContain('all 1,000 specifications')
  })
})
