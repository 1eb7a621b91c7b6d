import type { LimitResult, WaiverRecord } from '../../types/gate.js'
import type { Limit } from '../../types/policy.js'
import {
  commaList,
  fullGroupName,
  groupByName,
  outcomeName,
  printable,
  probeName,
  saidText,
  semicolonList,
} from '../names.js'
import type { Words } from '../words.js'
import { caseFigures, caseSides, caseView, type CaseView } from './gate-case.js'

/** One limit of the gate, in words. */
export type LimitView = {
  readonly id: string
  readonly asks: string
  readonly looksAt: string
  readonly result: LimitResult['result']
  readonly word: string
  /** Why it cannot tell, or does not apply; else empty. */
  readonly reason: string
  readonly worst: CaseView | null
  readonly noWorst: string
  readonly counts: string
  readonly m: string
  /** The whole row as one line of text. */
  readonly line: string
}

export type WaiverView = {
  readonly limit: string
  readonly of: string
  readonly owner: string
  readonly reason: string
  readonly expires: string
  readonly state: string
  readonly covers: string
}

/** The gate's section: how it decides, every limit with its worst case, the cases beyond a limit, and the waivers. */
export type GateLimits = {
  readonly mode: string
  readonly rows: readonly LimitView[]
  readonly cases: readonly CaseView[]
  readonly waivers: readonly WaiverView[]
  readonly warning: string
  /** Label sets that no probe judges, a sentence each: nothing about them can fail. */
  readonly unjudged: readonly string[]
  readonly policy: string
}

/** The limits of an audit's gate in the words of its locale; no rows where the policy has none. */
export function gateLimits(words: Words): GateLimits {
  const { audit, locale } = words
  const { gate } = audit.derived
  const { policy, gateDate } = audit.facts
  return {
    mode: locale.text(`gate-limits.mode.${gate.mode}`),
    rows: gate.limits.map((limit, index) => limitView(limit, policy.limits.at(index), words)),
    cases: gate.limits.flatMap((limit) => limit.cases.map((one) => caseView(limit, one, words))),
    waivers: gate.waivers.map((waiver) => waiverView(waiver, gateDate ?? '', words)),
    warning:
      policy.warning === undefined
        ? ''
        : locale.text('gate-limits.warning', { warning: saidText(policy.warning, locale) }),
    unjudged: unjudgedLabelSets(words),
    policy: locale.text('gate-limits.policy', {
      policy: printable(policy.id),
      title: saidText(policy.title, locale),
      hash: printable(policy.sha256),
    }),
  }
}

function unjudgedLabelSets({ audit, locale }: Words): string[] {
  const { labelSets, probes } = audit.facts
  const judged = new Set(probes.flatMap(({ families }) => families.map(({ labelSet }) => labelSet)))
  return labelSets
    .filter(({ id }) => !judged.has(id))
    .map(({ id }) => locale.text('gate-limits.unjudged', { labelSet: printable(id) }))
}

function limitView(limit: LimitResult, asked: Limit | undefined, words: Words): LimitView {
  const { locale, numbers } = words
  const { counts, worst, resultReason } = limit
  const word = locale.text(`gate-limits.result.${limit.result}`)
  const asks = asksOf(limit, words)
  const counted = isReported(limit)
    ? ''
    : locale.text('gate-limits.counts', {
        exceeded: numbers.count(counts.exceeded),
        waived: numbers.count(counts.waived),
        within: numbers.count(counts.within),
        unsettled: numbers.count(counts.unsettled),
        insufficient: numbers.count(counts.insufficient + counts.leftOut),
      })
  const found = worst === null ? null : caseView(limit, worst, words)
  const noWorst = limit.worstReason === undefined ? '' : locale.text(`gate-limits.reason.${limit.worstReason}`)
  const reason = resultReason === undefined ? '' : locale.text(`gate-limits.reason.${resultReason}`)
  const slots = { word, id: printable(limit.id), asks, counts: counted }
  return {
    id: printable(limit.id),
    asks,
    looksAt: asked === undefined ? '' : looksAt(asked, words),
    result: limit.result,
    word,
    reason,
    worst: found,
    noWorst,
    counts: counted,
    // each verdict is at alpha / m of its own family: a sum over families is no m of anything
    m: limit.levelReason === 'by-family' ? locale.text('gate-limits.by-family') : numbers.count(limit.m),
    line:
      found === null
        ? locale.text('gate-limits.line-none', { ...slots, reason: noWorst })
        : locale.text('gate-limits.line', {
            ...slots,
            group: found.group,
            where: found.where,
            standing: found.standing,
            sides: caseSides(found),
            value: caseFigures(found),
          }),
  }
}

/** A limit without a bound says how things stand, so nothing is within it or beyond it. */
function isReported({ kind, bound }: LimitResult): boolean {
  return kind === 'impact-ratio' && bound === undefined
}

function asksOf({ kind, bound }: LimitResult, { locale, numbers }: Words): string {
  const asks = (of: string, written = ''): string => locale.text(`gate-limits.asks.${of}`, { bound: written })
  if (bound === undefined) return asks(kind === 'impact-ratio' ? 'impact-ratio-reported' : kind)
  switch (kind) {
    case 'difference':
      return asks(kind, numbers.settingPoints(bound))
    case 'ceiling':
    case 'coverage':
      return asks(kind, numbers.settingPercent(bound))
    case 'minimum-sample':
      return asks(kind, numbers.images(bound))
    case 'disparity':
    case 'ratio':
    case 'impact-ratio':
      return asks(kind, numbers.plain(bound))
  }
}

/** What the limit selects, as the policy wrote it. */
function looksAt({ probes, labelSets, outcomes, harms, groupBy }: Limit, { locale }: Words): string {
  const part = (what: string, names: readonly string[] | undefined): string[] =>
    names === undefined ? [] : [locale.text(`gate-limits.selects.${what}`, { names: commaList(names, locale) })]
  const parts = [
    ...part(
      'probes',
      probes?.map((each) => probeName(each, locale)),
    ),
    ...part('label-sets', labelSets?.map(printable)),
    ...part(
      'outcomes',
      outcomes?.map((each) => outcomeName(each, locale)),
    ),
    ...part(
      'harms',
      harms?.map((harm) => locale.text(`harms.${harm}`)),
    ),
    ...part(
      'group-by',
      groupBy?.map((each) => groupByName(each, locale)),
    ),
  ]
  return parts.length === 0 ? locale.text('gate-limits.selects.all') : semicolonList(parts, locale)
}

function waiverView(waiver: WaiverRecord, day: string, { locale, numbers }: Words): WaiverView {
  const { group, outcome, labelSet, finding } = waiver
  const parts = [
    ...(group === undefined ? [] : [fullGroupName(group, locale)]),
    ...[outcome, labelSet, finding].flatMap((name) => (name === undefined ? [] : [printable(name)])),
  ]
  return {
    limit: printable(waiver.limit),
    of: parts.length === 0 ? locale.text('gate-limits.waiver-all') : semicolonList(parts, locale),
    owner: printable(waiver.owner),
    reason: printable(waiver.reason),
    expires: printable(waiver.expires),
    state: locale.text(`gate-limits.state.${waiver.state}`, { day: printable(day) }),
    covers: numbers.count(waiver.covers),
  }
}
