import type { AuditResult } from '../types/audit.js'
import type { Locale } from './locale.js'
import type { ReportOptions } from './report-options.js'
import { toView, type ReportView } from './to-view.js'
import { auditLocale } from './words.js'

/** What a report prints in one language, and that language as the audit's own sentences need it. */
export type LanguageView = { readonly locale: Locale; readonly view: ReportView }

/** The view of an audit in each language that is asked for. */
export type ReportViews = (locale: Locale) => LanguageView

/** Views that are made when they are asked for, and once: the page, the PDF and the Markdown of a language print the same one. Throws as `toView`. */
export function reportViews(audit: AuditResult, { signoff = null, isPolicySetAfter }: ReportOptions = {}): ReportViews {
  const made = new Map<Locale, LanguageView>()
  return (given) => {
    const known = made.get(given)
    if (known !== undefined) return known
    const locale = auditLocale(audit, given)
    const view = { locale, view: toView(audit, locale, signoff, isPolicySetAfter) }
    made.set(given, view)
    return view
  }
}
