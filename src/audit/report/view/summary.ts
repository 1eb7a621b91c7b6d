import { sourceName } from '../../types/source-name.js'
import { countedText } from '../locale.js'
import {
  designName,
  groupName,
  hasSeveralModels,
  listed,
  outcomeName,
  printable,
  referenceKindName,
  referenceName,
} from '../names.js'
import { verdictKey } from '../verdict-words.js'
import type { Words } from '../words.js'
import { agreementCounts } from './agreement-counts.js'
import { gateView, isIncomplete } from './gate.js'

/** The audit in plain words: what was classified, what was counted, and how the comparisons came out. */
export function summary(words: Words): readonly string[] {
  const { audit, locale, numbers } = words
  const { facts } = audit
  const count = (key: string): string => numbers.count(verdictCount(key, words))
  const slots = {
    what: whatWasAudited(words),
    count: numbers.count(facts.evidence.length),
    dataset: printable(facts.dataset.id),
    images: numbers.images(facts.dataset.rows.processed),
    decided: decidedImages(words),
    labelSets: fewNames(
      facts.labelSets.map(({ id }) => printable(id)),
      words,
    ),
    reference: referenceKindName(facts.reference, locale),
    higher: count('higher'),
    lower: count('lower'),
    within: count('within'),
    inconclusive: count('inconclusive'),
    insufficient: count('insufficient'),
  }
  const subject = subjectOf(words)
  const designs = facts.labelSets.length
  const first =
    designs === 0
      ? locale.text('summary.model-none', slots)
      : countedText(locale, slots.decided === '' ? subject : `${subject}-some`, designs, slots)
  // a reader who stops after one paragraph must not miss that the evidence is incomplete
  const incomplete = isIncomplete(words) ? [gateView(words).sentences.join(' ')] : []
  if (!isCompared(words)) {
    const nothing = hasTables(words)
      ? locale.text('summary.only-tables')
      : countedText(locale, 'summary.nothing-compared', designs)
    return [...incomplete, first, nothing]
  }
  // verdicts stand on the page for reading only: the words that sum them up would read as a conclusion
  if (isIncomplete(words)) return [...incomplete, `${first} ${locale.text('summary.counts', slots)}`]
  return [
    `${first} ${locale.text('summary.counts', slots)}`,
    locale.text('summary.disparities', slots),
    ...hardest(words),
    locale.text('summary.others', slots),
    locale.text('summary.sure'),
    ...(hasSeveralModels(audit) ? [locale.text('models.added-up'), ...agreementCounts(words)] : []),
  ]
}

/** The finding that stands first among the largest harms, as counts of both sides; nothing where there is none, or no conclusion is drawn. */
function hardest(words: Words): readonly string[] {
  const { audit, index, locale, numbers } = words
  const [first] = audit.derived.summary.largest
  if (first === undefined || isIncomplete(words)) return []
  const contrast = index.contrast(index.finding(first).contrast)
  const [group, reference] = contrast.sides.map((side) => index.rate(side.rate))
  if (group === undefined || reference === undefined) return []
  const slots = {
    group: groupName(contrast.sides[0].group, locale),
    outcome: outcomeName(contrast.outcome, locale),
    counts: numbers.ofImages(group.count, group.total),
    reference: referenceName(contrast.sides[1], locale),
    counts2: numbers.ofTotal(reference.count, reference.total),
  }
  return [locale.text('summary.hardest', slots)]
}

const MOST_NAMES = 3 // the summary is short; the whole list stands under what was asked

function fewNames(names: readonly string[], { locale, numbers }: Words): string {
  if (names.length <= MOST_NAMES) return names.join(', ')
  const listed = names.slice(0, MOST_NAMES).join(', ')
  return locale.text('summary.and-more', { listed, count: numbers.count(names.length - MOST_NAMES) })
}

function subjectOf({ audit }: Words): string {
  if (hasSeveralModels(audit)) return 'models.summary'
  return audit.facts.evidence.some(({ kind }) => kind !== 'decisions') ? 'summary.model' : 'summary.decisions'
}

/** Whether any probe applies to any label set of the run. */
export function isCompared({ audit }: Words): boolean {
  return audit.derived.rates.some(({ labelSet }) => labelSet !== null)
}

/** Whether some probe of the run made tables of its own. */
export function hasTables({ audit }: Words): boolean {
  return audit.derived.tables.length > 0
}

/** How many images have a decision, label set by label set where they differ; empty when all of them have one. */
function decidedImages(words: Words): string {
  const { audit, locale, numbers } = words
  const { processed } = audit.facts.dataset.rows
  const { undecided } = audit.derived.summary
  if (undecided.every(([, , without]) => without === 0)) return ''
  const counts = undecided.map(([evidence, labelSet, , decided]) => ({
    design: designName(evidence, labelSet, words),
    decided: numbers.ofTotal(decided, processed),
  }))
  const [first, ...others] = counts
  if (first !== undefined && others.every(({ decided }) => decided === first.decided)) return first.decided
  return counts.map((slots) => locale.text('summary.decided-of', slots)).join('; ')
}

/** The models' names, those of vectors made elsewhere, and the files whose decisions were audited. */
export function whatWasAudited({ audit, locale }: Pick<Words, 'audit' | 'locale'>): string {
  const { models, evidence } = audit.facts
  const names = [
    ...models.map(({ name }) => printable(name)),
    ...evidence.flatMap((e) =>
      e.kind === 'vectors' ? [locale.text('front.vectors-of', { model: printable(e.source.model) })] : [],
    ),
  ]
  const files = evidence.flatMap((e) => (e.kind === 'decisions' ? [printable(sourceName(e))] : []))
  if (files.length === 0) return listed(names, locale)
  return listed([...names, ...files.map((file) => locale.text('front.decisions-of', { file }))], locale)
}

/** How many findings of the probes have the verdict of a shape key. */
export function verdictCount(key: string, { audit }: Words): number {
  const entry = audit.derived.summary.verdicts.find(([kind, direction]) => verdictKey(kind, direction) === key)
  return entry?.[2] ?? 0
}
