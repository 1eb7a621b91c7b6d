import { wrapped } from '../audit/report/wrapped.js'
import type { LintResult, LintWarning, NotChecked } from '../audit/types/lint.js'
import { counted, shownName } from './shown.js'

/** What the lint saw, for the terminal: each warning with its number, its reason and its remedy, then what was not checked. */
export function describeLint(result: LintResult): string {
  const { labelSet, warnings, checked, notChecked } = result
  const head = [
    `Label set ${labelSet.id}: ${shownName(labelSet.title)}`,
    `${counted(labelSet.labels, 'label')}, ${counted(labelSet.templates, 'template')}, sha256 ${labelSet.sha256.slice(0, 12)}`,
    describeCounts(warnings, checked.length),
    '',
  ]
  const seen = warnings.flatMap((warning) => [...describeWarning(warning), ''])
  const open = describeNotChecked(notChecked)
  return `${[...head, ...seen, ...open, ...wrapped(NO_APPROVAL, '', '')].join('\n')}\n`
}

/** Warnings and notes in one line each, after a file was written; `file` is the argument that explains them. */
export function describeLintBriefly({ warnings, checked }: LintResult, file: string): string {
  const lines = warnings.flatMap(({ rule, severity, seen }) => wrapped(`${severity} ${rule}: ${seen}`, '  '))
  const counts = `Lint: ${describeCounts(warnings, checked.length)}`
  const hint = `Reasons, remedies, and checks against a dataset and a model: probity label-set lint ${file}`
  return `${[counts, ...lines, hint, ...wrapped(NO_APPROVAL, '', '')].join('\n')}\n`
}

const NO_APPROVAL =
  'This is a list of known faults of wording, not an approval: a label set without a warning can still be wrong for its purpose. What a fault does to the rates only a comparison on images shows.'

function describeCounts(warnings: readonly LintWarning[], checked: number): string {
  const of = (severity: LintWarning['severity']): number => warnings.filter((each) => each.severity === severity).length
  return `${counted(of('warning'), 'warning')} and ${counted(of('note'), 'note')} from ${counted(checked, 'rule')}`
}

function describeWarning({ rule, severity, seen, means, todo, labels, templates }: LintWarning): string[] {
  return [
    `${severity} ${rule}`,
    ...wrapped(seen, '  ', '  '),
    ...wrapped(`Why it matters: ${means}`, '  ', '  '),
    ...wrapped(`What to do: ${todo}`, '  ', '  '),
    ...named('Labels', labels),
    ...named('Templates', templates.map(shownName)),
  ]
}

const MOST_IDS = 8 // more are not read on a terminal; --json names all

function named(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return []
  const shown = items.slice(0, MOST_IDS).map(shownName)
  const more = items.length > MOST_IDS ? [`and ${items.length - MOST_IDS} more`] : []
  return wrapped(`${title}: ${[...shown, ...more].join(', ')}`, '  ', '  ')
}

const REASONS: Readonly<Record<NotChecked['reason'], string>> = {
  'no-dataset': 'need the groups of a dataset: --dataset with --labels, or --audit',
  'no-model': 'need a model: --model',
  'no-threshold': 'needs the probability from which you assign a label: --threshold',
  'no-probe': 'need a probe: --probe',
  'words-not-known': 'read English words, and no label holds one that they know',
}

function describeNotChecked(notChecked: readonly NotChecked[]): string[] {
  if (notChecked.length === 0) return []
  const reasons = [...new Set(notChecked.map(({ reason }) => reason))]
  const lines = reasons.map((reason) => {
    const rules = notChecked.filter((each) => each.reason === reason).map(({ rule }) => rule)
    return wrapped(`${counted(rules.length, 'rule')} ${REASONS[reason]} (${rules.join(', ')})`, '  ')
  })
  return ['Not checked:', ...lines.flat(), '']
}
