import type { Locale } from './locale.js'

// Two characters that Unicode keeps for such use and that no text may hold; `printable` shows them as codes in texts of users.
const OPEN = '\ufdd0'
const CLOSE = '\ufdd1'
const MARKS = /[\ufdd0\ufdd1]/g

/** The language of every definition that is shipped. */
const ORIGINAL = 'en'

/** A text that stays in its own language inside sentences of the report's: it carries marks, which a page turns into an element with
 *  `lang` (WCAG 3.1.2) and every other format leaves out. Text without a Latin letter, such as a number, is of no language. */
export function foreign(text: string, { id }: Pick<Locale, 'id'>): string {
  return isOf(id, ORIGINAL) || !/[A-Za-z]{2}/.test(text) || /\p{sc=Hangul}/u.test(text) ? text : OPEN + text + CLOSE
}

/** The same text without marks: for Markdown, terminals, tables, charts and wherever the length of a text matters. */
export function withoutMarks(text: string): string {
  return text.includes(OPEN) || text.includes(CLOSE) ? text.replace(MARKS, '') : text
}

/** A page whose marks are elements that name the language; in attributes, titles and drawings, which hold no such element, they
 *  are left out. Escaping has made every bracket of a text a code, so that a bracket is always a tag of ours. */
export function marksAsElements(page: string): string {
  if (!page.includes(OPEN)) return page
  let bare = 0 // inside elements that may hold text alone
  return page.replace(/<[^>]*>|[\ufdd0\ufdd1]/g, (found) => {
    if (found === OPEN) return bare > 0 ? '' : `<span lang="${ORIGINAL}">`
    if (found === CLOSE) return bare > 0 ? '' : '</span>'
    if (/^<(title|text|option|style|script)\b/.test(found)) bare++
    else if (/^<\/(title|text|option|style|script)>/.test(found)) bare--
    return withoutMarks(found)
  })
}

function isOf(id: string, language: string): boolean {
  return id === language || id.startsWith(`${language}-`)
}
