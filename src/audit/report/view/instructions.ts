import { systemField } from '../../types/signoff.js'
import type { Finding } from '../../types/derived.js'
import { designName, groupByName, groupName, outcomeName, printable } from '../names.js'
import { findingSentence } from '../sentences.js'
import { verdictOfRate } from '../verdict-words.js'
import type { Words } from '../words.js'
import { rateBlocks, type RateBlock } from '../outputs/rate-blocks.js'
import { gateView, isIncomplete } from './gate.js'
import { isCompared, verdictCount, whatWasAudited } from './summary.js'

/** Text to be copied into the instructions for use of a system (EU AI Act, Articles 13(3)(b) and 15(3)): what was measured, for whom,
 *  and what was not. `paragraphs` come first; each list has a heading. Plain text, without marks of any format. */
export type Instructions = {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly lists: readonly { readonly heading: string; readonly entries: readonly string[] }[]
}

/** The block for one audit. A place that nobody has filled in says so in brackets. */
export function instructions(words: Words, limits: readonly string[]): Instructions {
  const { audit, locale, numbers, signoff } = words
  const { facts, auditId } = audit
  const text = locale.text
  const blank = text('instructions.blank')
  const slots = {
    what: whatWasAudited(words),
    dataset: printable(facts.dataset.id),
    images: numbers.images(facts.dataset.rows.processed),
    labelSets: facts.labelSets.map(({ id }) => printable(id)).join(', ') || text('table.none'),
    use: printable(systemField('intendedUse', signoff, facts.system) ?? blank),
    version: printable(systemField('version', signoff, facts.system) ?? blank),
  }
  const incomplete = isIncomplete(words)
  const by = rateBlocks(words).filter(({ groupBy }) => groupBy.length === 1)
  const largest = incomplete ? [] : audit.derived.summary.largest.map(words.index.finding)
  return {
    title: text('instructions.title'),
    paragraphs: [
      ...(facts.simulated ? [text('page.simulated')] : []),
      text('instructions.system', slots),
      text('instructions.measured', slots),
      ...(incomplete ? [gateView(words).sentences.join(' ')] : []),
    ],
    lists: [
      { heading: text('instructions.by-group'), entries: incomplete ? [] : by.flatMap((block) => range(block, words)) },
      { heading: text('instructions.harms'), entries: harms(largest, words) },
      { heading: text('instructions.not-judged'), entries: isCompared(words) ? [notJudged(words)] : [] },
      { heading: text('instructions.limits'), entries: limits },
      { heading: text('instructions.source'), entries: [text('instructions.audit', { id: printable(auditId) }), text('provenance.verify-command')] }, // prettier-ignore
    ].filter(({ entries }) => entries.length > 0),
  }
}

/** Highest and lowest rate of the groups that have enough images, each as counts with its interval; nothing where fewer than two have. */
function range(block: RateBlock, words: Words): readonly string[] {
  const { index, locale, numbers } = words
  const spread = index.spreadOf(block)
  const rate = (group: (typeof block.rates)[number]['group']) =>
    block.rates.find((each) => JSON.stringify(each.group) === JSON.stringify(group))
  const highest = spread?.highest ? rate(spread.highest) : undefined
  const lowest = spread?.lowest ? rate(spread.lowest) : undefined
  if (highest === undefined || lowest === undefined) return []
  const said = (each: typeof highest) =>
    locale.text('instructions.side', {
      group: groupName(each.group ?? [], locale),
      counts: numbers.ofImages(each.count, each.total),
      rate: numbers.rate(each),
    })
  const slots = { outcome: outcomeName(block.outcome, locale), attribute: groupByName(block.groupBy, locale) }
  const labelSet = designName(block.evidence, block.labelSet, words)
  // two rates side by side read as a ranking: each group's own comparison says what was shown
  const verdict = (each: typeof highest): string => verdictOfRate(each, words).word
  const verdicts = { verdictHighest: verdict(highest), verdictLowest: verdict(lowest) }
  const range = { ...slots, ...verdicts, labelSet, highest: said(highest), lowest: said(lowest) }
  return [locale.text('instructions.range', range)]
}

/** The harms of the summary, each with its label set and attribute, after a line that says which of how many they are. */
function harms(largest: readonly Finding[], words: Words): readonly string[] {
  const { index, locale, numbers } = words
  if (largest.length === 0) return []
  const towardsHarm = words.audit.derived.findings.filter(
    ({ verdict, harm }) => verdict.kind === 'disparity' && verdict.direction === 'higher' && harm !== 'none',
  )
  const chosen = { shown: numbers.count(largest.length), all: numbers.count(towardsHarm.length) }
  const lines = largest.map((finding) => {
    const { evidence, labelSet, groupBy } = index.contrast(finding.contrast)
    const slots = {
      labelSet: designName(evidence ?? '', labelSet ?? '', words),
      attribute: groupByName(groupBy, locale),
    }
    return `${findingSentence(finding, words)} (${locale.text('front.harm-where', slots)})`
  })
  return [locale.text('instructions.chosen', chosen), ...lines]
}

function notJudged(words: Words): string {
  const count = (key: string): string => words.numbers.count(verdictCount(key, words))
  return words.locale.text('instructions.counts', {
    inconclusive: count('inconclusive'),
    insufficient: count('insufficient'),
  })
}
