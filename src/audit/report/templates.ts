import { readdirSync, readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import type { Locale, Slots } from './locale.js'
import { reportFile } from './report-files.js'

const PARTIALS_FOLDER = 'partials'
const PARTIAL_ENDING = '.hbs'

/** A page template of `reports/`, ready to print a view. Templates are ours and are strings; whatever a view holds is escaped.
 *  Style and script enter as partials: text of ours, byte for byte what the page's hashes are taken of. */
export function pageTemplate(
  locale: Locale,
  style: string,
  script: string,
  file = 'page.hbs',
): (view: object) => string {
  const handlebars = Handlebars.create()
  for (const file of readdirSync(reportFile(PARTIALS_FOLDER))) {
    if (!file.endsWith(PARTIAL_ENDING)) continue
    const name = file.slice(0, -PARTIAL_ENDING.length)
    handlebars.registerPartial(name, ours(readFileSync(reportFile(`${PARTIALS_FOLDER}/${file}`), 'utf8')))
  }
  handlebars.registerPartial('style', verbatim(style, 'style'))
  handlebars.registerPartial('script', verbatim(script, 'script'))
  handlebars.registerHelper('t', (id: unknown, options: Handlebars.HelperOptions) =>
    locale.text(String(id), slotsOf(options)),
  )
  const source = ours(readFileSync(reportFile(file), 'utf8'))
  // strict: a field that a template asks for and the view lacks stops the report, never prints nothing
  return handlebars.compile(source, { strict: true, knownHelpers: { t: true }, knownHelpersOnly: true })
}

/** Only text is compiled (a ready-made syntax tree would run as code), and nothing in a template may bypass escaping. */
function ours(source: unknown): string {
  if (typeof source !== 'string') throw new TypeError('a template must be text')
  if (/\{\{\{|\{\{~?&/.test(source)) throw new Error('a template must not print unescaped text')
  return source
}

function verbatim(text: string, what: string): string {
  if (text.includes('{{'))
    throw new Error(`the ${what} must not hold two opening braces in a row: a template would read them`)
  if (/<\/(style|script)/i.test(text)) throw new Error(`the ${what} must not close its own element`)
  return text
}

/** Named arguments of a helper, each as text. */
function slotsOf({ hash }: Handlebars.HelperOptions): Slots {
  return Object.fromEntries(
    Object.entries(hash as Record<string, unknown>).map(([name, value]) => [name, String(value)]),
  ) // handlebars types a hash as any
}
