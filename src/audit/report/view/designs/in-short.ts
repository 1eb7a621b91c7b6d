import type { ChangeRecord } from '../../../types/paired.js'
import { groupByName, printable } from '../../names.js'
import type { Words } from '../../words.js'
import { changeKey } from './change-words.js'

const KEYS = ['higher', 'lower', 'within', 'inconclusive', 'insufficient'] as const

/** The verdicts of a pair in one sentence per outcome: how many groups of each single attribute changed, and how. Unions come first. */
export function inShort(changes: readonly ChangeRecord[], words: Words): readonly string[] {
  const single = changes.filter(({ groupBy }) => groupBy.length === 1)
  return outcomesOf(single, words).map((outcome) => {
    const own = single.filter((change) => change.outcome === outcome)
    const attributes = [...new Set(own.map(({ groupBy }) => JSON.stringify(groupBy)))]
    return words.locale.text('designs.short.sentence', {
      outcome: printable(outcome),
      attributes: attributes
        .map((key) =>
          attributePart(
            own.filter(({ groupBy }) => JSON.stringify(groupBy) === key),
            words,
          ),
        )
        .join('; '),
    })
  })
}

/** Outcomes in the order of their probes, every union before every plain outcome. */
function outcomesOf(changes: readonly ChangeRecord[], { audit }: Words): readonly string[] {
  const present = new Set(changes.map(({ outcome }) => outcome))
  const declared = audit.facts.probes.flatMap(({ measure }) => measure.outcomes)
  const ordered = [...declared.filter(({ isUnion }) => isUnion), ...declared.filter(({ isUnion }) => !isUnion)]
  return [...new Set(ordered.map(({ id }) => id))].filter((id) => present.has(id))
}

/** "by age: lower in 3 of 9 groups, within margin in 4, inconclusive in 2". */
function attributePart(changes: readonly ChangeRecord[], { locale, numbers }: Words): string {
  const counted = KEYS.map((key) => ({
    key,
    count: changes.filter(({ verdict }) => changeKey(verdict) === key).length,
  }))
  const parts = counted
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => locale.text(`designs.short.${key}`, { count: numbers.ofTotal(count, changes.length) }))
  return locale.text('designs.short.by', {
    groupBy: groupByName(changes[0]?.groupBy ?? []),
    parts: parts.join(', '),
  })
}
