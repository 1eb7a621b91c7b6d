import type { ProbeFacts } from '../../types/facts.js'
import { countedText, type Locale } from '../locale.js'
import { attributeName, groupByName, outcomeName, printable, probeName, semicolonList } from '../names.js'
import type { Words } from '../words.js'

type Entry = ProbeFacts['notApplicable'][number]

/** What a probe could not be asked: one sentence for each missing attribute, with every grouping that needs it, and one for each
 *  label set that lacks an outcome. */
export function notApplicable(probe: ProbeFacts, words: Words): readonly string[] {
  const seen = new Map<string, Entry>()
  for (const entry of probe.notApplicable) {
    const key = JSON.stringify([entry.reason, entry.missing, entry.labelSet])
    if (!seen.has(key)) seen.set(key, entry)
  }
  return [...seen.values()].map((entry) => sentence(entry, probe, words))
}

function sentence(entry: Entry, probe: ProbeFacts, { audit, locale, numbers }: Words): string {
  const { reason, missing, labelSet } = entry
  const groupings = reason === 'attribute-absent' ? groupingsThatNeed(entry, probe, locale) : []
  const slots = {
    probe: probeName(probe.id, locale),
    missing: missingName(missing, reason, locale),
    labelSet: printable(labelSet ?? ''),
    groupings: semicolonList(groupings, locale),
    count: numbers.count(groupings.length),
  }
  const id = `not-applicable.${reason}${labelSet === null ? '' : '-in'}`
  if (groupings.length > 0) return countedText(locale, `${id}-for`, groupings.length, slots)
  if (id === 'not-applicable.outcome-absent') return countedText(locale, id, audit.facts.labelSets.length, slots)
  return locale.text(id, slots)
}

/** An attribute, an outcome, or whatever else a probe needs. */
function missingName(missing: string, reason: Entry['reason'], locale: Locale): string {
  if (reason === 'attribute-absent') return attributeName(missing, locale)
  return reason === 'outcome-absent' ? outcomeName(missing, locale) : printable(missing)
}

/** A grouping with several missing attributes is recorded once, under the first of them; it needs the others no less. */
function groupingsThatNeed({ missing, labelSet }: Entry, probe: ProbeFacts, locale: Locale): readonly string[] {
  const source = new Map(probe.derive.map(({ id, from }) => [id, from]))
  return probe.notApplicable.flatMap((entry) => {
    if (entry.groupBy === null || entry.reason !== 'attribute-absent' || entry.labelSet !== labelSet) return []
    const needs = entry.groupBy.some((name) => name === missing || source.get(name) === missing)
    return needs || entry.missing === missing ? [groupByName(entry.groupBy, locale)] : []
  })
}
