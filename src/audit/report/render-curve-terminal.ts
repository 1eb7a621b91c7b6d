import type { CurveResult } from '../types/curve.js'
import { curveWords, questions, type CurveWords, type Question } from './curve-words.js'
import { countedText } from './locale.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { groupName } from './names.js'
import { countTexts, jointNullOf, questionSlots } from './view/curve/answers.js'
import { curveFront, curveHeading } from './view/curve/frame.js'
import { wrapped } from './wrapped.js'

const INDENT = '  '
const MOST_QUESTIONS = 8 // two lines each: the whole summary stays within 25 lines

/** A specification curve in plain text for a terminal: for each question the group with the largest median difference, in at most 25
 *  lines. No colour, no trailing line end. */
export function renderCurveTerminal(curve: CurveResult, options: ReportOptions = {}): string {
  const words = curveWords(curve, localeOf(options))
  const { locale, numbers } = words
  const front = curveFront(words)
  const all = questions(words)
  const more = all.length - MOST_QUESTIONS
  return [
    ...(front.isSimulated ? [locale.text('page.simulated')] : []),
    ...wrapped(curveHeading(words), ''),
    ...wrapped(front.rows, INDENT),
    ...all.slice(0, MOST_QUESTIONS).flatMap((question) => wrapped(questionLine(question, words), INDENT)),
    ...(more > 0
      ? [`${INDENT}${countedText(locale, 'curve.terminal.more', more, { count: numbers.count(more) })}`]
      : []),
    ...wrapped(signs(all, words), ''),
    ...wrapped(locale.text('curve.terminal.limits'), ''),
  ].join('\n')
}

function questionLine(question: Question, words: CurveWords): string {
  const { locale, numbers } = words
  const [record] = question.records
  if (record === undefined || record.lowest === null) {
    return locale.text('curve.terminal.line-none', questionSlots(question, locale))
  }
  const chance = jointNullOf(question, record.group)
  return locale.text('curve.terminal.line', {
    ...questionSlots(question, locale),
    ...countTexts(record, words),
    group: groupName(record.group, locale),
    range: numbers.pointsRange([record.lowest, record.highest]),
    p: chance === null ? locale.text('curve.answer.none') : numbers.pValue(chance.medianDifference.p),
  })
}

/** Among the groups that the lines name, those whose difference changes sign. */
function signs(all: readonly Question[], { locale }: CurveWords): string {
  const changing = all.slice(0, MOST_QUESTIONS).flatMap((question) => {
    const [record] = question.records
    return record?.changesSign === true
      ? [
          locale.text('curve.terminal.sign', {
            ...questionSlots(question, locale),
            group: groupName(record.group, locale),
          }),
        ]
      : []
  })
  return changing.length === 0
    ? locale.text('curve.terminal.no-signs')
    : locale.text('curve.terminal.signs', { list: changing.join(', ') })
}
