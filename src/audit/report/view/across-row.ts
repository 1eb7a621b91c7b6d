import type { Contrast, RateRecord } from '../../types/derived.js'
import type { Group } from '../../types/groups.js'
import type { Agreement } from '../../types/paired.js'
import { evidenceName, groupByName, groupName, outcomeName, referenceKindName } from '../names.js'
import { isSameGroup, seenFrom, turnedDirection } from '../seen-from.js'
import { verdictOfContrast, verdictOfKey, type VerdictView } from '../verdict-words.js'
import type { Words } from '../words.js'

/** One comparison under every model. */
export type AcrossRow = {
  readonly outcome: string
  readonly group: string
  readonly groupBy: string
  readonly against: string
  readonly cells: readonly AcrossCell[]
  /** `key` is one of all, some, opposite. */
  readonly holds: { readonly key: string; readonly text: string }
}

/** What one model says of a comparison; null numbers where it has none. */
export type AcrossCell = {
  readonly name: string
  readonly verdict: VerdictView | null
  readonly counts: string
  readonly rate: string
  /** The other side: everyone else, say. */
  readonly against: string
}

/** One comparison under every model, in words. */
export function acrossRow(entry: Agreement, words: Words): AcrossRow {
  const { audit, index, locale } = words
  const contrasts = entry.findings.map((id) => (id === null ? null : index.contrast(index.finding(id).contrast)))
  return {
    outcome: outcomeName(entry.outcome, locale),
    group: groupName(entry.group, locale),
    groupBy: groupByName(entry.groupBy, locale),
    against: locale.text('models.against', { reference: reference(entry, contrasts, words) }),
    cells: audit.facts.evidence.map(({ id }, i) => ({
      name: evidenceName(id, audit),
      ...cell(entry.group, contrasts[i] ?? null, words),
    })),
    holds: { key: entry.holds, text: holdsText(entry, words) },
  }
}

/** The other group where it is the same one under every model; against the best group each model has one of its own. */
function reference({ group }: Agreement, contrasts: readonly (Contrast | null)[], { locale }: Words): string {
  const known = contrasts.filter((contrast) => contrast !== null)
  const others = known.map((contrast) => seenFrom(group, contrast).other)
  const [first = null] = others
  if (first !== null && others.every((other) => other !== null && isSameGroup(other, first)))
    return groupName(first, locale)
  const [contrast] = known
  return contrast === undefined ? '' : referenceKindName(contrast.sides[1].reference, locale)
}

/** A model may compare the two groups of a pair the other way round: then everything is turned to the group of the row. */
function cell(group: Group, contrast: Contrast | null, words: Words): Omit<AcrossCell, 'name'> {
  if (contrast === null)
    return { verdict: null, counts: words.locale.text('models.not-compared'), rate: '', against: '' }
  const seen = seenFrom(group, contrast)
  const rate = words.index.rate(seen.rate)
  const verdict = verdictOfContrast(contrast, words)
  const { key } = verdict
  return {
    verdict: key === 'higher' || key === 'lower' ? verdictOfKey(turnedDirection(key, seen.isTurned), words) : verdict,
    counts: words.numbers.ofTotal(rate.count, rate.total),
    rate: rateText(rate, words),
    against: otherSide(words.index.rate(seen.otherRate), words),
  }
}

function otherSide({ count, total, value }: RateRecord, { locale, numbers }: Words): string {
  const rate = value === null ? locale.text('numbers.no-images') : numbers.percent(value)
  return locale.text('models.cell-against', { counts: numbers.ofTotal(count, total), rate })
}

function rateText({ value, interval, method }: RateRecord, { locale, numbers }: Words): string {
  if (value === null || interval === null) return locale.text('numbers.no-images')
  const id = method === 'wilson-effective' ? 'models.rate-approximate' : 'models.rate'
  return locale.text(id, { rate: numbers.percent(value), interval: numbers.percentRange(interval) })
}

function holdsText({ holds, direction, findings }: Agreement, words: Words): string {
  const { locale, numbers, index } = words
  if (holds === 'opposite' || direction === null) return locale.text('models.holds.opposite')
  const verdicts = findings.map((id) => (id === null ? null : index.finding(id).verdict.kind))
  const slots = {
    count: numbers.count(verdicts.filter((kind) => kind === 'disparity').length),
    models: numbers.count(findings.length),
  }
  return locale.text(`models.holds.${holds}.${direction}`, slots)
}
