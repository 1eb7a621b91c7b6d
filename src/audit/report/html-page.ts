import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { marksAsElements } from './foreign.js'
import type { Locale } from './locale.js'
import { reportFile } from './report-files.js'
import { pageTemplate } from './templates.js'

/** One language of a page: its words, what the template prints, and the rule for the margins of its printed pages. */
export type PagePart = { readonly locale: Locale; readonly view: object; readonly margins?: string }

type Page = {
  /** A template of `reports/`, its style sheets in order, and its script if it has one. */
  readonly template: string
  readonly sheets: readonly string[]
  readonly script?: string
  readonly parts: readonly [PagePart, ...PagePart[]]
}

/** A self-contained page that may load and run nothing but its own style and script, known by their hashes. With several languages
 *  it holds the whole report in each, one after another; a screen shows the one whose link was followed, and the first otherwise.
 *  Ids of every part but the first begin with its language. */
export function htmlPage({ template, sheets, script: file, parts }: Page): string {
  const read = (name: string): string => readFileSync(reportFile(name), 'utf8').trim()
  const several = parts.length > 1
  const margins = parts.flatMap((part, at) => (part.margins === undefined ? [] : [ownMargins(part.margins, part, at)]))
  const style = [...sheets, ...(several ? ['languages.css'] : [])].map(read).concat(margins).join('\n')
  const script = file === undefined ? '' : read(file)
  const policy = contentSecurityPolicy(style, file === undefined ? null : script)
  const pages = parts.map(({ locale, view }) => {
    const own = { lang: locale.id, dir: directionOf(locale), languages: several ? links(locale, parts) : [], policy }
    return marksAsElements(pageTemplate(locale, style, script, template)({ ...view, ...own }))
  })
  return several ? together(pages, parts) : (pages[0] ?? '')
}

/** Null where the language runs as browsers assume. */
function directionOf(locale: Locale): string | null {
  const direction = locale.has('locale.direction') ? locale.text('locale.direction') : 'ltr'
  return direction === 'ltr' ? null : direction
}

function links(own: Locale, parts: readonly PagePart[]) {
  return parts.map(({ locale }) => ({
    id: locale.id,
    name: locale.text('locale.name'),
    isOwn: locale.id === own.id,
  }))
}

/** Each language prints with a page of its own, so that what repeats in its margins is in its own words. */
function ownMargins(rule: string, { locale }: PagePart, at: number): string {
  if (at === 0) return rule
  const [every = ''] = rule.split('@page:first') // the first sheet of the file belongs to the first language
  return `${every.replace('@page{', `@page ${locale.id}{`)}#${locale.id}{page:${locale.id}}`
}

/** Nothing may be loaded or run but the page's own style and script. */
function contentSecurityPolicy(style: string, script: string | null): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hash(style)}`,
    ...(script === null ? [] : [`script-src ${hash(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

const BODY = /^([^]*?<body[^>]*>)([^]*)<\/body>([^]*)$/
const SCRIPT = /<script>[^]*<\/script>\s*$/

/** The head and script of the first page around the bodies of all. */
function together(pages: readonly string[], parts: readonly PagePart[]): string {
  const cut = pages.map((page) => {
    const [, head = '', body = '', end = ''] = BODY.exec(page) ?? []
    return { head, body: body.replace(SCRIPT, ''), script: SCRIPT.exec(body)?.[0] ?? '', end }
  })
  const bodies = cut.map(({ head, body }, at) => {
    const { locale } = parts[at] ?? parts[0]
    const { id } = locale
    const filter = / data-filter="[^"]*"/.exec(head)?.[0] ?? ''
    const direction = directionOf(locale) === null ? 'ltr' : locale.text('locale.direction')
    return `<div class="part ${at === 0 ? 'first' : 'other'}" id="${id}" lang="${id}" dir="${direction}"${filter}>${at === 0 ? body : withOwnIds(body, id)}</div>\n`
  })
  const [{ head, script, end } = { head: '', script: '', end: '' }] = cut
  return `${head}\n${bodies.join('')}${script}</body>${end}`
}

const ID_ATTRIBUTE = / (id|for|headers|aria-labelledby|aria-describedby|aria-controls|href)="([^"]*)"/g

/** Ids and what points to them, inside tags alone; a link to another language is left as it is. */
function withOwnIds(body: string, language: string): string {
  const own = (id: string): string => `${language}-${id}`
  return body.replace(/<[a-z][^>]*>/g, (tag) =>
    tag.includes('hreflang=')
      ? tag
      : tag.replace(ID_ATTRIBUTE, (whole, name: string, value: string) => {
          if (name !== 'href') return ` ${name}="${value.split(' ').map(own).join(' ')}"`
          return value.startsWith('#') ? ` href="#${own(value.slice(1))}"` : whole
        }),
  )
}
