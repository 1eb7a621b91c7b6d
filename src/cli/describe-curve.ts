import type { CurveRecord, CurveResult } from '../audit/types/curve.js'
import { counted, shownName } from './shown.js'

const MOST_LINES = 10

/** A specification curve in a few lines for the terminal: the groups whose disparity holds in most specifications, and what a reader should know first. */
export function describeCurve({ facts, derived }: CurveResult): string {
  const all = facts.specifications.length
  const held = derived.records
    .map((record) => ({ record, times: timesHeld(record) }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times)
  const lines = held
    .slice(0, MOST_LINES)
    .map(({ record, times }) => `  ${describeRecord(record)} ${times} of ${all}, ${rangeOf(record)}`)
  const more =
    held.length > MOST_LINES ? [`  and ${counted(held.length - MOST_LINES, 'more group')}, in curve.json`] : []
  const found =
    held.length === 0
      ? [`No group has a disparity in any specification (${all}).`]
      : ['Groups with a disparity, and in how many specifications:', ...lines, ...more]
  return [...notesOf(facts), ...found, ''].join('\n')
}

function timesHeld({ verdicts }: CurveRecord): number {
  return verdicts.filter((verdict) => verdict === 'higher' || verdict === 'lower').length
}

function describeRecord({ outcome, group }: CurveRecord): string {
  return `${shownName(outcome)}, ${group.map(([attribute, value]) => `${shownName(attribute)} ${shownName(value)}`).join(', ')}:`
}

function rangeOf({ lowest, highest, changesSign }: CurveRecord): string {
  return `from ${points(lowest)} to ${points(highest)} points${changesSign ? '; the difference changes sign' : ''}`
}

function points(difference: number | null): string {
  return difference === null ? '-' : `${difference > 0 ? '+' : ''}${(100 * difference).toFixed(1)}`
}

function notesOf({ simulated, dataset }: CurveResult['facts']): string[] {
  const { processed, quarantined } = dataset.rows
  const subjects = dataset.subjects
  return [
    ...(simulated ? ['Simulated data: says nothing about any model or any people.'] : []),
    ...(quarantined === 0
      ? []
      : [`${quarantined} of ${counted(processed + quarantined, 'image')} could not be read: see quarantine.csv`]),
    ...(subjects === null
      ? []
      : [
          `The images show ${counted(subjects, 'subject')}. A curve takes images as independent: where subjects repeat, its intervals are too narrow.`,
        ]),
  ]
}
