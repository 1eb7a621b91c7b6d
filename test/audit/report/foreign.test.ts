import { describe, expect, it } from 'vitest'
import { foreign, marksAsElements, withoutMarks } from '../../../src/audit/report/foreign.js'
import { localeFrom, localeSources } from '../../../src/audit/report/locale.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { exampleAudit } from './example-audit.js'

const KO = { id: 'ko' }

describe('foreign', () => {
  it('marks Latin text in another language, and neither numbers nor Korean nor anything in English', () => {
    expect(marksAsElements(`<p>${foreign('Black', KO)} (흑인)</p>`)).toBe('<p><span lang="en">Black</span> (흑인)</p>')
    expect([foreign('20-29', KO), foreign('우리 label', KO)]).toEqual(['20-29', '우리 label'])
    expect([foreign('Black', { id: 'en' }), foreign('Black', { id: 'en-GB' })]).toEqual(['Black', 'Black'])
  })

  it('leaves its marks out of attributes, titles and drawings', () => {
    const name = foreign('Black', KO)
    expect(marksAsElements(`<a title="${name}"><svg><text>${name}</text></svg>${name}</a>`)).toBe(
      '<a title="Black"><svg><text>Black</text></svg><span lang="en">Black</span></a>',
    )
    expect(withoutMarks(name)).toBe('Black')
  })
})

describe('a page in several languages', () => {
  const page = renderHtml(exampleAudit(), { locales: ['en', 'ko'] })

  it('gives each id once, and points at none that is not there', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    const pointed = [...page.matchAll(/ (?:aria-labelledby|for|href)="(#?[^"]*)"/g)].flatMap(([, to]) =>
      (to ?? '').split(' '),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(pointed.map((to) => to.replace(/^#/, '')).filter((to) => !ids.includes(to))).toEqual([])
  })

  it('is in the first language, holds each whole, and leaves no mark', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(page).toContain('<div class="part other" id="ko" lang="ko" dir="ltr"')
    expect(page.match(/<h1>/g)).toHaveLength(2)
    expect(page).not.toMatch(/[\ufdd0\ufdd1]/)
  })

  it('says in which direction a language runs that runs from right to left', () => {
    const hebrew = localeFrom('he', ...localeSources('en').map((source) => source.replace('"ltr"', '"rtl"')))
    expect(renderHtml(exampleAudit(), { locales: [hebrew] })).toContain('<html lang="he" dir="rtl">')
  })
})
