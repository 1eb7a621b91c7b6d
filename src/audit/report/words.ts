import { indexAudit, type AuditIndex } from './audit-index.js'
import { readLocale, withStandingSlots, type Locale } from './locale.js'
import { levelText, numberWords, type NumberWords } from './numbers.js'
import type { AuditResult } from '../types/audit.js'
import type { Signoff } from '../types/signoff.js'

/** What every part of the view needs: the audit, its records by id, and the words and numbers of one language. */
export type Words = {
  readonly audit: AuditResult
  readonly index: AuditIndex
  readonly locale: Locale
  readonly numbers: NumberWords
  /** null: nobody has written one, and the report is a draft. */
  readonly signoff: Signoff | null
  /** The gate is that of a policy declared after the run, which every account of it says. */
  readonly isPolicySetAfter: boolean
}

/** Words for an audit; the locale file is read once per report. Intervals are named by the level that the policy sets. */
export function wordsFor(
  audit: AuditResult,
  locale: Locale = readLocale('en'),
  signoff: Signoff | null = null,
  isPolicySetAfter = false,
): Words {
  const own = auditLocale(audit, locale)
  return { audit, index: indexAudit(audit), locale: own, numbers: numberWords(own), signoff, isPolicySetAfter }
}

/** A locale whose sentences name intervals by the level of this audit: "95% interval" at alpha 0.05. */
export function auditLocale({ facts }: AuditResult, locale: Locale): Locale {
  return withStandingSlots(locale, { level: levelText(facts.policy.alpha, locale) })
}
