import type { AuditResult } from '../../types/audit.js'
import { localeOf, type ReportOptions } from '../report-options.js'
import { wordsFor, type Words } from '../words.js'

/** Words of a format that holds one language: the first of those asked for. */
export function wordsOf(audit: AuditResult, options: ReportOptions): Words {
  return wordsFor(audit, localeOf(options), options.signoff ?? null, options.isPolicySetAfter)
}

/** A mark before every sentence that may be read without the rest of its file; empty where the data are not simulated. */
export function simulatedMark({ audit, locale }: Pick<Words, 'audit' | 'locale'>): string {
  return audit.facts.simulated ? `${locale.text('page.simulated')} ` : ''
}
