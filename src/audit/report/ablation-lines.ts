import { categoryOutcomes } from '../types/measures.js'
import type { AblationFacts, AblationRecord } from '../types/ablation.js'
import { shownLabel } from './label-codes.js'
import { designName, fullGroupName, outcomeName } from './names.js'
import type { Words } from './words.js'

const MOST_GROUPS = 3 // the report has all of them

type Place = Pick<AblationFacts, 'evidence' | 'labelSet'> & Pick<AblationRecord, 'outcome' | 'group'>
type Entry = { readonly ablation: AblationFacts; readonly record: AblationRecord }

/** For the groups with the largest harms, or all images where there are none: the label that changes the rate most when it is taken
 *  out, and when it is added. Empty unless the audit has ablations. */
export function ablationLines(words: Words): readonly string[] {
  const { facts, derived } = words.audit
  const byId = new Map(facts.ablations.map((ablation) => [ablation.id, ablation] as const))
  const entries = derived.ablations.flatMap((record) => {
    const ablation = byId.get(record.ablation)
    return ablation === undefined ? [] : [{ ablation, record }]
  })
  return placesOf(words, entries)
    .map((place) => entries.filter((entry) => keyOf(placeOf(entry)) === keyOf(place)))
    .filter((found) => found.length > 0)
    .slice(0, MOST_GROUPS)
    .map((found) => lineOf(found, words))
}

function placesOf({ audit, index }: Words, entries: readonly Entry[]): Place[] {
  const harms = audit.derived.summary.largest.flatMap((id): Place[] => {
    const { evidence, labelSet, outcome, sides } = index.contrast(index.finding(id).contrast)
    return evidence === null || labelSet === null ? [] : [{ evidence, labelSet, outcome, group: sides[0].group }]
  })
  const unions = new Set(audit.facts.probes.flatMap(({ measure }) => categoryOutcomes(measure).filter(({ isUnion }) => isUnion).map(({ id }) => id))) // prettier-ignore
  const everyone = entries.filter(({ record }) => record.group.length === 0)
  const joint = everyone.find(({ record }) => unions.has(record.outcome)) ?? everyone[0]
  const all = joint === undefined ? [] : [placeOf(joint)]
  return harms.length > 0 ? harms : all
}

function placeOf({ ablation: { evidence, labelSet }, record: { outcome, group } }: Entry): Place {
  return { evidence, labelSet, outcome, group }
}

function keyOf({ evidence, labelSet, outcome, group }: Place): string {
  return JSON.stringify([evidence, labelSet, outcome, group])
}

function lineOf(found: readonly Entry[], words: Words): string {
  const { locale, numbers } = words
  const [{ ablation, record }] = found
  const { both, onlyFirst, onlySecond, neither } = record.paired
  const total = both + onlyFirst + onlySecond + neither
  const where = locale.text('ablation-terminal.where', {
    group: record.group.length === 0 ? locale.text('ablation-terminal.everyone') : fullGroupName(record.group, locale),
    outcome: outcomeName(record.outcome, locale),
    labelSet: designName(ablation.evidence, ablation.labelSet, words),
    counts: numbers.ofImages(both + onlyFirst, total),
    rate: numbers.percent((both + onlyFirst) / total),
  })
  return [where, ...topSentence('remove', found, words), ...topSentence('add', found, words)].join(' ')
}

function topSentence(action: AblationFacts['action'], found: readonly Entry[], words: Words): string[] {
  const { locale, numbers } = words
  const top = found.filter(({ ablation, record }) => ablation.action === action && record.rank === 1)
  if (top.length === 0) return []
  const { both, onlyFirst, onlySecond, neither } = top[0].record.paired
  if (onlyFirst === onlySecond) return [locale.text(`ablation-terminal.${action}.none`)]
  const total = both + onlyFirst + onlySecond + neither
  const alike = top.filter(({ record }) => record.change === top[0].record.change) // one may raise the rate as much as another lowers it
  const named = { text: shownLabel(top[0].ablation.label.text, words), count: numbers.count(alike.length) }
  return [
    locale.text(`ablation-terminal.${action}.top`, {
      labels: locale.text(alike.length === 1 ? 'ablation-terminal.label' : 'ablation-terminal.any', named),
      counts2: numbers.ofMoreImages(both + onlySecond, total),
      rate2: numbers.percent((both + onlySecond) / total),
    }),
  ]
}
