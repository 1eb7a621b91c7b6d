import type { BoundedValue, LimitCase, LimitResult } from '../../types/gate.js'
import {
  designName,
  fullGroupName,
  groupByName,
  groupName,
  outcomeName,
  printable,
  referenceKindName,
} from '../names.js'
import type { Words } from '../words.js'

/** One case before a limit, in words: who, where, both sides as counts, the number with the interval that decides. */
export type CaseView = {
  readonly limit: string
  readonly group: string
  readonly where: string
  readonly counts: string
  /** Empty where nobody is compared with. */
  readonly against: string
  readonly value: string
  /** The other side of an impact ratio; empty elsewhere. */
  readonly adverse: string
  readonly standing: string
}

/** A case of a limit in the words of its locale. */
export function caseView(limit: Pick<LimitResult, 'id' | 'kind'>, found: LimitCase, words: Words): CaseView {
  const { locale, numbers } = words
  const { against, group, groupBy, outcome } = found
  const where = {
    design: designName(found.evidence ?? '', found.labelSet ?? '', words),
    outcome: outcome === undefined ? '' : outcomeName(outcome, locale),
    groupBy: groupBy.length === 0 ? '' : groupByName(groupBy, locale),
  }
  return {
    limit: printable(limit.id),
    group: group === undefined ? locale.text('gate-limits.everyone') : groupName(group, locale),
    where: locale.text(
      groupBy.length === 0
        ? 'gate-limits.where-all'
        : outcome === undefined
          ? 'gate-limits.where-data'
          : 'gate-limits.where',
      where,
    ),
    counts:
      limit.kind === 'minimum-sample'
        ? numbers.count(found.count)
        : limit.kind === 'impact-ratio'
          ? locale.text('gate-limits.favourable', { counts: numbers.ofTotal(found.count, found.total) })
          : numbers.ofTotal(found.count, found.total),
    against:
      against === undefined
        ? ''
        : locale.text('gate-limits.against', {
            reference:
              against.group === undefined
                ? referenceKindName(against.reference, locale)
                : fullGroupName(against.group, locale),
            counts: numbers.ofTotal(against.count, against.total),
          }),
    value: valueText(limit.kind, found, words),
    adverse:
      found.adverse === undefined
        ? ''
        : locale.text('gate-limits.adverse', { value: valueText('ratio', found.adverse, words) }),
    standing: standingOf(found, words),
  }
}

/** Both sides of a case as one text. */
export function caseSides({ counts, against }: CaseView): string {
  return joined(counts, against)
}

/** The number that decides, with the other side of an impact ratio, as one text. */
export function caseFigures({ value, adverse }: CaseView): string {
  return joined(value, adverse)
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('; ')
}

/** Where it stands; of what cannot be told, with the reason. */
function standingOf({ waiver, standing, reason }: LimitCase, { locale }: Words): string {
  if (waiver !== undefined) return locale.text('gate-limits.standing.waived')
  const word = locale.text(`gate-limits.standing.${standing}`)
  if (standing !== 'unsettled' || reason === undefined) return word
  return locale.text('gate-limits.with-bounds', {
    value: word,
    bounds: locale.text(`gate-limits.case-reason.${reason}`),
  })
}

function valueText(kind: LimitResult['kind'], { value, valueReason, bounds }: BoundedValue, words: Words): string {
  const { locale, numbers } = words
  const write = {
    disparity: numbers.points,
    difference: numbers.points,
    ratio: numbers.ratio,
    'impact-ratio': numbers.ratio,
    ceiling: numbers.percent,
    coverage: numbers.percent,
    'minimum-sample': numbers.count,
  }[kind]
  const isPoints = kind === 'disparity' || kind === 'difference'
  const number = value === null ? locale.text(`gate-limits.case-reason.${valueReason ?? 'no-images'}`) : write(value)
  const named = isPoints && value !== null ? locale.text('gate-limits.points', { value: number }) : number
  if (bounds === null) return named
  const range =
    kind === 'ceiling'
      ? numbers.percentRange([bounds[0], bounds[1] ?? 1])
      : isPoints
        ? numbers.pointsRange(bounds)
        : numbers.ratioRange(bounds)
  return locale.text('gate-limits.with-bounds', { value: named, bounds: range })
}
