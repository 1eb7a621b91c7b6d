import type { ChangeRecord } from '../../../types/paired.js'
import { countedText } from '../../locale.js'
import { groupByName, outcomeName } from '../../names.js'
import type { Words } from '../../words.js'
import { changeKey } from './change-words.js'
import { evidenceOf, sidesOf } from './sides.js'
import { unionsFirst } from './unions-first.js'

const KEYS = ['higher', 'lower', 'within', 'inconclusive', 'insufficient'] as const

/** The verdicts of a pair in one sentence per probe and outcome: how many groups of each single attribute changed, and how. Unions
 *  come first. */
export function inShort(changes: readonly ChangeRecord[], words: Words): readonly string[] {
  return words.audit.facts.probes.flatMap((probe) => {
    const single = changes.filter((change) => change.probe === probe.id && change.groupBy.length === 1)
    const outcomes = unionsFirst(
      [probe],
      single.map(({ outcome }) => outcome),
    )
    return outcomes.map((outcome) =>
      outcomeSentence(
        single.filter((change) => change.outcome === outcome),
        words,
      ),
    )
  })
}

function outcomeSentence(changes: readonly ChangeRecord[], words: Words): string {
  const attributes = [...new Set(changes.map(({ groupBy }) => JSON.stringify(groupBy)))]
  return words.locale.text('designs.short.sentence', {
    outcome: outcomeName(changes[0]?.outcome ?? '', words.locale),
    attributes: attributes
      .map((key) =>
        attributePart(
          changes.filter(({ groupBy }) => JSON.stringify(groupBy) === key),
          words,
        ),
      )
      .join('; '),
  })
}

/** One line per pair of label sets for a terminal: the first outcome, a union where there is one. */
export function pairLines(words: Words): readonly string[] {
  const { audit, locale } = words
  return audit.facts.paired
    .filter(({ kind }) => kind === 'designs')
    .flatMap((pair) => {
      const [short] = inShort(
        audit.derived.changes.filter((change) => change.pair === pair.id),
        words,
      )
      return short === undefined ? [] : [locale.text(`designs.terminal.${evidenceOf(pair, words) === '' ? 'pair' : 'pair-of'}`, { ...sidesOf(pair), evidence: evidenceOf(pair, words), short })] // prettier-ignore
    })
}

/** "by age (9 groups): lower in 3, within margin in 4, inconclusive in 2". */
function attributePart(changes: readonly ChangeRecord[], { locale, numbers }: Words): string {
  const counted = KEYS.map((key) => ({
    key,
    count: changes.filter(({ verdict }) => changeKey(verdict) === key).length,
  }))
  const parts = counted
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => locale.text(`designs.short.${key}`, { count: numbers.count(count) }))
  return countedText(locale, 'designs.short.by', changes.length, {
    groups: numbers.count(changes.length),
    groupBy: groupByName(changes[0]?.groupBy ?? [], locale),
    parts: parts.join(', '),
  })
}
