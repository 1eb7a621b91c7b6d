import type { PairFacts } from '../../../types/paired.js'
import { evidenceName, hasSeveralModels, printable } from '../../names.js'
import type { Words } from '../../words.js'

/** What the two runs of a pair are called in sentences: two label sets, or two models. */
export type Sides = { readonly first: string; readonly second: string }

/** Names of the two runs of a pair: what differs between them. */
export function sidesOf({ kind, labelSets, evidence }: PairFacts): Sides {
  const [first, second] = kind === 'designs' ? labelSets : evidence
  return { first: printable(first), second: printable(second) }
}

/** The source of decisions, named only where the audit holds more than one. */
export function evidenceOf({ kind, evidence }: Pick<PairFacts, 'kind' | 'evidence'>, { audit }: Words): string {
  return kind === 'designs' && hasSeveralModels(audit) ? evidenceName(evidence[0], audit) : ''
}
