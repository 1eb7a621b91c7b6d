import type { ChangeRecord, PairFacts, PairedRate } from '../../../types/paired.js'
import { countedText, type Slots } from '../../locale.js'
import { groupName, outcomeName } from '../../names.js'
import type { Words } from '../../words.js'
import type { Sides } from './sides.js'

/** What changed in one group, in whole sentences, without the verdict in front. */
export function changeSentence(change: ChangeRecord, pair: PairFacts, sides: Sides, words: Words): string {
  const { locale, numbers } = words
  const slots = sentenceSlots(change, sides, words)
  const left =
    change.unpaired === 0
      ? ''
      : countedText(locale, 'designs.unpaired', change.unpaired, { unpaired: numbers.images(change.unpaired) })
  return [locale.text(`designs.messages.${messageOf(change)}`, slots), oneWayNote(change, pair, words), left]
    .filter(Boolean)
    .join(' ')
}

/** One message for each kind of verdict, its direction or its reason. */
function messageOf({ verdict, difference }: ChangeRecord): string {
  if (difference.reason !== undefined) return difference.reason
  switch (verdict.kind) {
    case 'change':
      return `change.${verdict.direction}`
    case 'within-margin':
      return 'within-margin'
    case 'inconclusive':
    case 'insufficient':
      return `${verdict.kind}.${verdict.reason}`
  }
}

/** Where the design allows one direction only, the reader must know: a change says less then. */
function oneWayNote({ oneWay, verdict }: ChangeRecord, { added, removed }: PairFacts, { locale }: Words): string {
  if (oneWay === null) return ''
  const [what, labels] = added.length > 0 ? ['added', added] : ['removed', removed]
  const id = verdict.kind === 'change' ? `designs.one-way.${what}` : `designs.one-way-only.${what}.${oneWay}`
  return countedText(locale, id, labels.length)
}

function sentenceSlots(
  { group, outcome, rates, difference, verdict }: ChangeRecord,
  sides: Sides,
  words: Words,
): Slots {
  const { locale, numbers } = words
  const [first, second] = rates
  const rate = ({ value }: PairedRate): string =>
    value === null ? locale.text('numbers.no-images') : numbers.percent(value)
  return {
    ...sides,
    group: groupName(group, locale),
    outcome: outcomeName(outcome, locale),
    images: numbers.images(first.total),
    k: numbers.count(first.count),
    rate: rate(first),
    k2: numbers.count(second.count),
    rate2: rate(second),
    d: difference.value === null ? locale.text('numbers.not-defined') : numbers.points(difference.value),
    dCi: difference.adjusted === null ? locale.text('numbers.not-defined') : numbers.pointsRange(difference.adjusted),
    min: numbers.images(verdict.kind === 'insufficient' ? verdict.minimum : 0),
  }
}
