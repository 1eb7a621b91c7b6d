import { readdirSync, readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import type { Locale, Slots } from './locale.js'
import { reportFile } from './report-files.js'

const PARTIALS_FOLDER = 'partials'
const PARTIAL_ENDING = '.hbs'
const COMPILED = new Map<string, Handlebars.TemplateDelegate>() // a page of two languages is printed by one reading of its templates

/** A page template of `reports/`, ready to print a view. Templates are ours and are strings; whatever a view holds is escaped.
 *  Style and script enter as they are: text of ours, byte for byte what the page's hashes are taken of. */
export function pageTemplate(
  locale: Locale,
  style: string,
  script: string,
  file = 'page.hbs',
): (view: object) => string {
  const partials = { style: verbatim(style, 'style'), script: verbatim(script, 'script') }
  const template = COMPILED.get(file) ?? compiled(file)
  COMPILED.set(file, template)
  return (view) => template(view, { data: { locale }, partials })
}

function compiled(file: string): Handlebars.TemplateDelegate {
  const handlebars = Handlebars.create()
  // strict: a field that a template asks for and the view lacks stops the report, never prints nothing
  const options = { strict: true, knownHelpers: { t: true }, knownHelpersOnly: true }
  const compile = (name: string): Handlebars.TemplateDelegate =>
    handlebars.compile(ours(readFileSync(reportFile(name), 'utf8')), options)
  for (const partial of readdirSync(reportFile(PARTIALS_FOLDER))) {
    if (!partial.endsWith(PARTIAL_ENDING)) continue
    handlebars.registerPartial(partial.slice(0, -PARTIAL_ENDING.length), compile(`${PARTIALS_FOLDER}/${partial}`))
  }
  handlebars.registerHelper('t', (id: unknown, options: Handlebars.HelperOptions) =>
    localeIn(options).text(String(id), slotsOf(options)),
  )
  return compile(file)
}

/** Only text is compiled (a ready-made syntax tree would run as code), and nothing in a template may bypass escaping. */
function ours(source: unknown): string {
  if (typeof source !== 'string') throw new TypeError('a template must be text')
  if (/\{\{\{|\{\{~?&/.test(source)) throw new Error('a template must not print unescaped text')
  return source
}

function verbatim(text: string, what: string): () => string {
  if (/<\/(style|script)/i.test(text)) throw new Error(`the ${what} must not close its own element`)
  return () => text
}

/** The words that this printing was started with. */
function localeIn({ data }: Handlebars.HelperOptions): Locale {
  return (data as { locale: Locale }).locale // handlebars types its data as any
}

/** Named arguments of a helper, each as text. */
function slotsOf({ hash }: Handlebars.HelperOptions): Slots {
  return Object.fromEntries(
    Object.entries(hash as Record<string, unknown>).map(([name, value]) => [name, String(value)]),
  ) // handlebars types a hash as any
}
