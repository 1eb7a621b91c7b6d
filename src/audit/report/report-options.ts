import { DEFAULT_LOCALE, readLocale, type Locale } from './locale.js'
import type { Signoff } from '../types/signoff.js'

/** What a report is made with, beside its audit. */
export type ReportOptions = {
  /** Ids of locales in the order of the page, or locales that `localeFrom` made; several give one HTML file that holds the whole
   *  report in each. Default: English. Formats that hold one language take the first. */
  readonly locales?: readonly (string | Locale)[]
  /** What signoff.yaml beside the audit says; null or absent: a draft that nobody has filled in. */
  readonly signoff?: Signoff | null
  /** The audit has the gate of a policy declared after the run (runGate, `isSetBefore` false): wherever the gate is, a sentence says so. */
  readonly isPolicySetAfter?: boolean
}

/** The languages asked for, each once, in order. Throws an Error that names the known ones when one is unknown. */
export function localesOf({ locales = [] }: Pick<ReportOptions, 'locales'>): readonly [Locale, ...Locale[]] {
  const read = locales.map((each) => (typeof each === 'string' ? readLocale(each) : each))
  const [first = readLocale(DEFAULT_LOCALE), ...others] = read.filter(
    ({ id }, at) => read.findIndex((earlier) => earlier.id === id) === at,
  )
  return [first, ...others]
}

/** The language of a format that holds one: the first asked for. */
export function localeOf(options: Pick<ReportOptions, 'locales'>): Locale {
  return localesOf(options)[0]
}

/** Files of a format that holds one language each: `report.md` in the first, and beside it `report.ko.md` in any other. */
export function inEachLanguage(
  name: string,
  ending: string,
  options: ReportOptions,
  render: (options: ReportOptions) => string,
): { name: string; text: string }[] {
  return localesOf(options).map((locale, at) => ({
    name: at === 0 ? `${name}.${ending}` : `${name}.${locale.id}.${ending}`,
    text: render({ ...options, locales: [locale] }),
  }))
}
