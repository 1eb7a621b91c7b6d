import type { Words } from '../../words.js'
import { ablationViews, type AblationView } from './ablations.js'
import { changeVerdictOfKey } from './change-words.js'
import { jointViews, type JointView } from './joint.js'
import { pairView, type PairView } from './pair.js'
import type { VerdictView } from '../../verdict-words.js'

/** Class designs side by side. All lists are empty in an audit of one label set without ablations. */
export type DesignsView = {
  readonly pairs: readonly PairView[]
  readonly joint: readonly JointView[]
  readonly ablations: readonly AblationView[]
  readonly legend: readonly VerdictView[]
  /** How the verdicts on changes were reached, with the limits of this audit. */
  readonly method: readonly string[]
}

const KEYS = ['higher', 'lower', 'within', 'inconclusive', 'insufficient'] as const

/** Pairs of label sets, three or more at once, and single labels taken out or added. */
export function designsView(words: Words): DesignsView {
  const pairs = words.audit.facts.paired.filter(({ kind }) => kind === 'designs')
  return {
    pairs: pairs.map((pair, i) => pairView(pair, i, words)),
    joint: jointViews(words),
    ablations: ablationViews(words),
    legend: KEYS.map((key) => changeVerdictOfKey(key, words)),
    method: methodOf(words),
  }
}

function methodOf({ audit, locale, numbers }: Words): readonly string[] {
  const { policy } = audit.facts
  const slots = {
    points: numbers.settingPoints(policy.margin.difference),
    alpha: numbers.plain(policy.alpha),
    minimum: numbers.images(policy.minimumImages),
  }
  return ['rule', 'families', 'one-way', 'not-shown'].map((id) => locale.text(`designs.method.${id}`, slots))
}
