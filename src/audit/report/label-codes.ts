import type { AuditResult } from '../types/audit.js'
import { outcomeName, printable } from './names.js'
import type { Words } from './words.js'

/** A label whose outcome harms: its outcome, and its place among the harmful labels of that outcome. */
type Code = { readonly outcome: string; readonly number: number }

const READ = new WeakMap<AuditResult, ReadonlyMap<string, Code>>() // asked for once a cell of a table

/** A label by its id or its text as every part of a report but the closed list at the end names it: as it is where it harms nobody, by
 *  its outcome and a number where it does ("crime 2"), since the words are insults. */
export function shownLabel(
  label: string,
  { audit, locale, numbers }: Pick<Words, 'audit' | 'locale' | 'numbers'>,
): string {
  const code = codesOf(audit).get(label)
  if (code === undefined) return printable(label)
  return locale.text('label-codes.code', {
    outcome: outcomeName(code.outcome, locale),
    number: numbers.count(code.number),
  })
}

/** The code of a label; empty for one that harms nobody. */
export function labelCode(label: string, words: Pick<Words, 'audit' | 'locale' | 'numbers'>): string {
  return codesOf(words.audit).has(label) ? shownLabel(label, words) : ''
}

/** A label by its id as tables for machines name it, the same in every language: `crime-2` where it harms. */
export function labelKey(label: string, audit: AuditResult): string {
  const code = codesOf(audit).get(label)
  return code === undefined ? label : `${code.outcome}-${code.number}`
}

/** By id and by text. A word that harms in one label set of the audit is not printed because it harms nobody in another. */
function codesOf(audit: AuditResult): ReadonlyMap<string, Code> {
  const read = READ.get(audit)
  if (read !== undefined) return read
  const codes = new Map<string, Code>()
  const last = new Map<string, number>()
  for (const { labels, outcomes } of audit.facts.labelSets) {
    const harmful = new Set(outcomes.flatMap(([outcome, harm]) => (harm === 'none' ? [] : [outcome])))
    for (const { id, text, outcome } of labels) {
      if (!harmful.has(outcome)) continue
      const known = codes.get(id) ?? codes.get(text)
      const number = known?.number ?? (last.get(outcome) ?? 0) + 1
      if (known === undefined) last.set(outcome, number)
      const code = known ?? { outcome, number }
      codes.set(id, code)
      codes.set(text, code)
    }
  }
  READ.set(audit, codes)
  return codes
}
