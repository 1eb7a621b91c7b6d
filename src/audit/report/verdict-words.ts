import type { Finding, Verdict, VerdictKind } from '../types/audit.js'
import type { Words } from './words.js'

/** The five shapes a verdict can have on a page, and `none` for a rate that is not the group of any contrast. */
export type VerdictKey = 'higher' | 'lower' | 'within' | 'inconclusive' | 'insufficient' | 'none'

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

/** The verdict of a finding, or `none`. */
export function findingVerdict(finding: Finding | undefined, words: Words): VerdictView {
  return finding === undefined ? verdictOfKey('none', words) : verdictView(finding.verdict, words)
}

/** Letter and word of a shape key. */
export function verdictOfKey(key: VerdictKey, { locale }: Words): VerdictView {
  return { key, letter: locale.text(`verdicts.${key}.letter`), word: locale.text(`verdicts.${key}.word`) }
}

export const VERDICT_KEYS: readonly VerdictKey[] = ['higher', 'lower', 'within', 'inconclusive', 'insufficient']
