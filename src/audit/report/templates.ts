import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type Handlebars from 'handlebars'
import type { Locale, Slots } from './locale.js'
import { PREPARED_TEMPLATES } from './prepared-templates.js'
import type { PreparedTemplates } from './prepared-templates.js'
import { reportFile } from './report-files.js'
import { textsHash } from './texts-hash.js'
import { handlebars, handlebarsRuntime } from './when-needed.js'

const PARTIALS_FOLDER = 'partials'
const ENDING = '.hbs'
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

// strict: a field that a template asks for and the view lacks stops the report, never prints nothing
const OPTIONS = { strict: true, knownHelpers: { t: true }, knownHelpersOnly: true } as CompileOptions // its type asks for every helper there is

function compiled(file: string): Handlebars.TemplateDelegate {
  const sources = templateSources()
  const prepared = preparedFor(sources)
  const own = (prepared === null ? handlebars() : handlebarsRuntime()).create()
  const compile = (name: string): Handlebars.TemplateDelegate =>
    prepared === null ? own.compile(ours(sources.get(name)), OPTIONS) : own.template(prepared.templates[name])
  for (const name of sources.keys()) {
    if (name.startsWith(PARTIALS_FOLDER)) own.registerPartial(basename(name, ENDING), compile(name))
  }
  own.registerHelper('t', (id: unknown, options: Handlebars.HelperOptions) =>
    localeIn(options).text(String(id), slotsOf(options)),
  )
  return compile(file)
}

/** The texts of all pages and partials by their names below `reports/`. */
function templateSources(): ReadonlyMap<string, string> {
  const namesIn = (folder: string): string[] =>
    readdirSync(reportFile(folder))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => join(folder, name).replaceAll('\\', '/'))
      .sort()
  const names = [...namesIn('.'), ...namesIn(PARTIALS_FOLDER)]
  return new Map(names.map((name) => [name, ours(readFileSync(reportFile(name), 'utf8'))]))
}

/** What the build made of these very templates. */
function preparedFor(sources: ReadonlyMap<string, string>): PreparedTemplates | null {
  return PREPARED_TEMPLATES?.sha256 === hashOf(sources) ? PREPARED_TEMPLATES : null
}

/** The text of the module `prepared-templates.js` with all templates compiled: that takes longer than printing most reports. */
export function templatesModule(): string {
  const sources = templateSources()
  const { precompile } = handlebars()
  // its type says otherwise, but it gives the text of an object
  const specification = (text: string): string => precompile(text, OPTIONS) as string
  const compiled = [...sources].map(([name, text]) => `${JSON.stringify(name)}: ${specification(text)}`)
  return `export const PREPARED_TEMPLATES = { sha256: '${hashOf(sources)}', templates: {\n${compiled.join(',\n')}\n} }\n`
}

function hashOf(sources: ReadonlyMap<string, string>): string {
  return textsHash([...sources].flat())
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
