import { categoryOutcomes } from '../../types/measures.js'
import type { RateRecord } from '../../types/derived.js'
import type { ProbeFacts } from '../../types/facts.js'
import { designName, groupName, outcomeName } from '../names.js'
import { severityOfRate, verdictOfKey, verdictOfRate, type SeverityView, type VerdictView } from '../verdict-words.js'
import type { Words } from '../words.js'

const OLDEST_BAND_END = 19

/** One table per outcome: age bands up to 19 down, label sets across. */
export type Under20Table = {
  readonly id: string
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly band: string; readonly cells: readonly Under20Cell[] }[]
}

type Under20Cell = {
  readonly counts: string
  readonly rate: string
  readonly verdict: VerdictView
  readonly severity: SeverityView
}

/** Ages up to 19 by themselves; empty when the dataset has no attribute `age` with such bands. */
export function under20(words: Words): readonly Under20Table[] {
  const { facts } = words.audit
  return facts.probes.flatMap((probe, p) =>
    categoryOutcomes(probe.measure).flatMap(
      ({ id: outcome }, o) => under20Table(`u${p}-${o}`, probe, outcome, words) ?? [],
    ),
  )
}

function under20Table(id: string, probe: ProbeFacts, outcome: string, words: Words): Under20Table | null {
  const { facts } = words.audit
  const sides = facts.evidence.flatMap(({ id: evidence }) =>
    facts.labelSets.map((labelSet) => ({ evidence, labelSet })),
  )
  const perSide = sides.map(({ evidence, labelSet }) => ({
    name: designName(evidence, labelSet.id, words),
    rates: youngRates({ probe, evidence, labelSet: labelSet.id, outcome }, words),
  }))
  const present = perSide.filter(({ rates }) => rates.length > 0)
  const bands = present[0]?.rates.map(({ group }) => group) ?? []
  if (bands.length === 0) return null
  return {
    id,
    caption: words.locale.text('under-20.caption', { outcome: outcomeName(outcome, words.locale) }),
    columns: present.map(({ name }) => name),
    rows: bands.map((band, i) => ({
      band: band === null ? '' : groupName(band, words.locale),
      cells: present.map(({ rates }) => under20Cell(rates[i], words)),
    })),
  }
}

type Where = {
  readonly probe: ProbeFacts
  readonly evidence: string
  readonly labelSet: string
  readonly outcome: string
}

/** Rates of the bands of `age`, and of attributes derived from it, that end at 19 or before. */
function youngRates({ probe, evidence, labelSet, outcome }: Where, { index }: Words): readonly RateRecord[] {
  const fromAge = new Set(['age', ...probe.derive.filter(({ from }) => from === 'age').map(({ id }) => id)])
  return probe.groupBy
    .filter(([attribute, ...others]) => others.length === 0 && attribute !== undefined && fromAge.has(attribute))
    .flatMap((groupBy) => index.ratesOf({ probe: probe.id, evidence, labelSet, groupBy, outcome }))
    .filter(({ group }) => isYoungBand(group?.[0]?.[1] ?? ''))
}

/** "0-2", "10-19" or "0–19"; a single year counts as a band of one. */
function isYoungBand(value: string): boolean {
  const [, from, to] = /^(\d{1,2})(?:[-–](\d{1,2}))?$/.exec(value) ?? []
  return from !== undefined && Number(to ?? from) <= OLDEST_BAND_END
}

function under20Cell(rate: RateRecord | undefined, words: Words): Under20Cell {
  const { numbers, locale } = words
  if (rate === undefined) {
    return { counts: '', rate: locale.text('table.none'), verdict: verdictOfKey('none', words), severity: null }
  }
  return {
    counts: numbers.ofTotal(rate.count, rate.total),
    rate: numbers.rate(rate),
    verdict: verdictOfRate(rate, words),
    severity: severityOfRate(rate, words),
  }
}
