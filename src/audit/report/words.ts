import { indexAudit, type AuditIndex } from './audit-index.js'
import { readLocale, type Locale } from './locale.js'
import { numberWords, type NumberWords } from './numbers.js'
import type { AuditResult } from '../types/audit.js'

/** What every part of the view needs: the audit, its records by id, and the words and numbers of one language. */
export type Words = {
  readonly audit: AuditResult
  readonly index: AuditIndex
  readonly locale: Locale
  readonly numbers: NumberWords
}

/** Words for an audit; the locale file is read once per report. */
export function wordsFor(audit: AuditResult, locale: Locale = readLocale('en')): Words {
  return { audit, index: indexAudit(audit), locale, numbers: numberWords(locale) }
}
