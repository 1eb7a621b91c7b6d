import type { CurveResult } from '../types/curve.js'
import { curveWords, VERDICT_SHAPES, type CurveWords } from './curve-words.js'
import { readLocale } from './locale.js'
import { verdictOfKey } from './verdict-words.js'
import { answers } from './view/curve/answers.js'
import { choices } from './view/curve/choices.js'
import { curves } from './view/curve/curves.js'
import { baseLabelSet, declaredGrid } from './view/curve/declared.js'
import {
  curveFront,
  curveHeading,
  curveLimits,
  curveMethod,
  curveProvenance,
  ranks,
  shortLimits,
} from './view/curve/frame.js'
import { verdictBar } from './view/curve/verdict-bar.js'

/** A specification curve as words and drawings, in the order of the page. Rounding happens here and nowhere else; a template only
 *  prints. Throws when the file names a group or a verdict that it does not hold, or the locale lacks a sentence. */
export function toCurveView(curve: CurveResult, given = readLocale('en')) {
  const words = curveWords(curve, given)
  return {
    lang: words.locale.id,
    front: curveFront(words),
    heading: curveHeading(words),
    answers: answers(words),
    choices: choices(words),
    legend: legend(words),
    margin: words.numbers.settingPoints(curve.facts.policy.margin.difference),
    curves: curves(words),
    ranks: ranks(words),
    grid: declaredGrid(words),
    labelSet: baseLabelSet(words),
    method: curveMethod(words),
    shortLimits: shortLimits(words),
    limits: curveLimits(words),
    provenance: curveProvenance(words),
  }
}

/** The verdicts with the part of a bar that stands for each. */
function legend(words: CurveWords) {
  return VERDICT_SHAPES.map(([verdict, key]) => {
    const shown = verdictOfKey(key, words)
    return { ...shown, bar: verdictBar({ verdicts: [verdict] }, shown.word) }
  })
}

/** What the template and the Markdown writer print. */
export type CurveView = ReturnType<typeof toCurveView>
