import type { Contrast, Finding, RateRecord, Severity, VerdictKind } from '../types/derived.js'
import type { Verdict } from '../types/verdict.js'
import type { Words } from './words.js'

/** The five shapes a verdict can have on a page, `reference` for the group that others are compared with, and `none` for a rate
 *  that takes part in no contrast. */
export type VerdictKey = 'higher' | 'lower' | 'within' | 'inconclusive' | 'insufficient' | 'reference' | 'none'

/** A verdict as letter, shape (drawn by its key) and word, so that colour is never the only cue. */
export type VerdictView = { readonly key: VerdictKey; readonly letter: string; readonly word: string }

/** Shape key of a verdict. */
export function verdictKey(kind: VerdictKind, direction: 'higher' | 'lower' | null): VerdictKey {
  if (kind === 'disparity') return direction ?? 'higher'
  return kind === 'within-margin' ? 'within' : kind
}

/** A verdict in words. */
export function verdictView(verdict: Verdict, words: Words): VerdictView {
  return verdictOfKey(verdictKey(verdict.kind, verdict.kind === 'disparity' ? verdict.direction : null), words)
}

/** The verdict on the group of a rate; a rate without a contrast of its own is a reference, or is not compared. */
export function verdictOfRate(rate: RateRecord, words: Words): VerdictView {
  const [contrast] = words.index.contrastsOfRate(rate.id)
  if (contrast === undefined) return verdictOfKey(words.index.isReference(rate.id) ? 'reference' : 'none', words)
  return verdictOfContrast(contrast, words)
}

/** The verdict of a contrast's finding. */
export function verdictOfContrast(contrast: Contrast, words: Words): VerdictView {
  const finding = words.index.findingOf(contrast.id)
  return finding === undefined ? verdictOfKey('none', words) : verdictView(finding.verdict, words)
}

/** How bad a disparity is, as a word; null where there is none to grade. */
export type SeverityView = { readonly key: Severity; readonly word: string } | null

/** The severity of a finding in words; null also where images could not be read, which blocks a whole audit and is graded by no word. */
export function severityView(finding: Finding | undefined, { locale, index }: Words): SeverityView {
  const severity = finding?.severity ?? null
  if (finding === undefined || severity === null) return null
  return index.contrast(finding.contrast).labelSet === null
    ? null
    : { key: severity, word: locale.text(`severities.${severity}`) }
}

/** The severity of the finding on the group of a rate. */
export function severityOfRate(rate: RateRecord, words: Words): SeverityView {
  const [contrast] = words.index.contrastsOfRate(rate.id)
  return contrast === undefined ? null : severityView(words.index.findingOf(contrast.id), words)
}

/** Verdict and severity in one phrase, for plain text: "Disparity, higher (critical)". */
export function verdictPhrase(verdict: VerdictView, severity: SeverityView): string {
  return severity === null ? verdict.word : `${verdict.word} (${severity.word})`
}

/** Letter and word of a shape key. */
export function verdictOfKey(key: VerdictKey, { locale }: Pick<Words, 'locale'>): VerdictView {
  return { key, letter: locale.text(`verdicts.${key}.letter`), word: locale.text(`verdicts.${key}.word`) }
}

export const VERDICT_KEYS: readonly VerdictKey[] = ['higher', 'lower', 'within', 'inconclusive', 'insufficient']
