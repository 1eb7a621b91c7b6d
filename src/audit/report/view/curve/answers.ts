import type { CurveRecord, JointNullOfGroup } from '../../../types/curve.js'
import type { Group } from '../../../types/groups.js'
import {
  isMirrored,
  isTooSmall,
  questions,
  specificationsText,
  verdictCounts,
  type CurveWords,
  type Question,
} from '../../curve-words.js'
import type { Locale } from '../../locale.js'
import { groupByName, groupName, outcomeName } from '../../names.js'
import type { VerdictKey } from '../../verdict-words.js'
import { verdictBar, type VerdictBar } from './verdict-bar.js'

/** One question answered: sentences on the group with the largest median difference, and every group in a table. */
export type Answer = {
  readonly id: string
  readonly heading: string
  /** Empty where no group can be compared. */
  readonly lead: readonly string[]
  readonly caption: string
  readonly rows: readonly AnswerRow[]
  readonly sentences: readonly string[]
}

export type AnswerRow = {
  readonly group: string
  readonly images: string
  readonly bar: VerdictBar
  readonly counts: readonly { readonly key: VerdictKey; readonly count: string }[]
  readonly median: string
  readonly range: string
  readonly middle: string
  readonly sign: string
  readonly chance: string
  readonly chanceLimit: string
  readonly p: string
}

/** The short answer to every question of the curve. */
export function answers(words: CurveWords): Answer[] {
  const all = words.curve.facts.specifications.length
  return questions(words).map((question) => {
    const slots = questionSlots(question, words.locale)
    const [lead] = question.records
    return {
      id: `answer-${question.id}`,
      heading: words.locale.text('curve.heading', slots),
      lead:
        lead === undefined
          ? [words.locale.text('curve.answer.no-images')]
          : [
              ...answerSentences(question, lead, words),
              ...signSentences(question, words),
              ...(isMirrored(question) ? [words.locale.text('curve.answer.mirror')] : []),
            ],
      caption: words.locale.text('curve.answer.caption', { ...slots, specifications: specificationsText(all, words) }),
      rows: question.records.map((record) => answerRow(question, record, words)),
      sentences: question.records.map((record) => answerSentences(question, record, words).join(' ')),
    }
  })
}

/** Whose difference turns round within the grid; and whose verdict does, which says most. */
function signSentences(question: Question, { locale }: CurveWords): string[] {
  const named = (records: readonly CurveRecord[]): string =>
    records.map(({ group }) => groupName(group, locale)).join('; ')
  const turning = question.records.filter((record) => record.shares.higher > 0 && record.shares.lower > 0)
  const [, ...others] = question.records
  const changing = others.filter(({ changesSign }) => changesSign)
  return [
    ...(turning.length === 0 ? [] : [locale.text('curve.answer.turns', { groups: named(turning) })]),
    ...(changing.length === 0 ? [] : [locale.text('curve.answer.signs', { groups: named(changing) })]),
  ]
}

/** Names that the sentences on a question share. */
export function questionSlots(
  { table }: Pick<Question, 'table'>,
  locale: Locale,
): { outcome: string; groupBy: string } {
  return { outcome: outcomeName(table.outcome.id, locale), groupBy: groupByName(table.groupBy, locale) }
}

/** Verdicts, range, sign and chance of one group, a sentence each. */
export function answerSentences(question: Question, record: CurveRecord, words: CurveWords): string[] {
  const { text } = words.locale
  const slots = {
    ...questionSlots(question, words.locale),
    group: groupName(record.group, words.locale),
    ...countTexts(record, words),
  }
  const tooFew = verdictCounts(record).get('insufficient') ?? 0
  return [
    ...(isTooSmall(record) ? [] : [text('curve.answer.verdicts', slots)]),
    ...(tooFew > 0 ? [text('curve.answer.insufficient', slots)] : []),
    ...rangeSentences(record, words),
    chanceSentence(jointNullOf(question, record.group), words),
  ]
}

/** Counts of the verdicts and of all specifications, as slots. */
export function countTexts(record: CurveRecord, { numbers }: CurveWords): Record<VerdictKey | 'all', string> {
  const counts = verdictCounts(record)
  const written = (key: VerdictKey): string => numbers.count(counts.get(key) ?? 0)
  return {
    all: numbers.count(record.verdicts.length),
    higher: written('higher'),
    lower: written('lower'),
    within: written('within'),
    inconclusive: written('inconclusive'),
    insufficient: written('insufficient'),
    reference: '',
    none: '',
  }
}

function rangeSentences(record: CurveRecord, { locale, numbers }: CurveWords): string[] {
  const { lowest, highest, quartiles } = record
  if (lowest === null || highest === null || quartiles === null) return [locale.text('curve.answer.no-images')]
  const [first, median, third] = quartiles.map(numbers.points)
  if (record.differences.length === 1) return [locale.text('curve.answer.single', { median: median ?? '' })]
  const slots = { lowest: numbers.points(lowest), highest: numbers.points(highest) }
  const times = (holds: (difference: number) => boolean): string =>
    numbers.count(record.differences.filter((difference) => difference !== null && holds(difference)).length)
  const sides = { above: times((d) => d > 0), below: times((d) => d < 0), zero: times((d) => d === 0) }
  return [
    locale.text('curve.answer.range', { ...slots, first: first ?? '', median: median ?? '', third: third ?? '' }),
    locale.text(record.changesSign ? 'curve.answer.sign-changes' : 'curve.answer.sign-same', sides),
  ]
}

function chanceSentence(chance: JointNullOfGroup | null, { locale, numbers }: CurveWords): string {
  if (chance === null) return locale.text('curve.answer.no-chance')
  const { medianDifference, shareBeyondMargin } = chance
  return locale.text('curve.answer.chance', {
    mean: numbers.points(medianDifference.mean),
    limit: numbers.points(medianDifference.percentile95),
    p: numbers.pValue(medianDifference.p),
    shareMean: numbers.percent(shareBeyondMargin.mean),
    shareLimit: numbers.percent(shareBeyondMargin.percentile95),
    shareP: numbers.pValue(shareBeyondMargin.p),
  })
}

/** What chance alone gives for a group; null where it was not drawn. */
export function jointNullOf({ table }: Pick<Question, 'table'>, group: Group): JointNullOfGroup | null {
  return table.jointNull.groups[groupIndex({ table }, group)] ?? null
}

/** Place of a group in the counts of its table. Throws when the table does not hold it. */
export function groupIndex({ table }: Pick<Question, 'table'>, group: Group): number {
  const wanted = JSON.stringify(group)
  const found = table.groups.findIndex((each) => JSON.stringify(each) === wanted)
  if (found === -1)
    throw new Error(`curve.json: expected a group of table “${table.outcome.id}” but received ${wanted}`)
  return found
}

function answerRow(question: Question, record: CurveRecord, words: CurveWords): AnswerRow {
  const { locale, numbers } = words
  const none = locale.text('curve.answer.none')
  const { quartiles, lowest, highest } = record
  const chance = jointNullOf(question, record.group)?.medianDifference ?? null
  return {
    group: groupName(record.group, locale),
    images: numbers.images(question.table.totals[groupIndex(question, record.group)] ?? 0),
    bar: verdictBar(record, locale.text('curve.answer.bar-text', countTexts(record, words))),
    counts: [...verdictCounts(record)].map(([key, count]) => ({ key, count: numbers.count(count) })),
    median: quartiles === null ? none : numbers.points(quartiles[1]),
    range: lowest === null ? none : numbers.pointsRange([lowest, highest]),
    middle: quartiles === null ? '' : numbers.pointsRange([quartiles[0], quartiles[2]]),
    sign: quartiles === null ? none : locale.text(`curve.answer.sign-${record.changesSign ? 'yes' : 'no'}`),
    chance: chance === null ? none : numbers.points(chance.mean),
    chanceLimit:
      chance === null ? '' : locale.text('curve.answer.chance-limit', { limit: numbers.points(chance.percentile95) }),
    p: chance === null ? none : numbers.pValue(chance.p),
  }
}
