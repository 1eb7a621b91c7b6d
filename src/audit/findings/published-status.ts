import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { PublishedRecord, RateRecord } from '../types/derived.js'
import type { Facts, ProbeFacts } from '../types/facts.js'
import type { PublishedFigure, PublishedTable } from '../types/definitions.js'

const STATUS_ALPHA = 0.05 // the rule says 95 %, whatever level a policy chose for its verdicts: a wider one would reproduce more

/** Sets every published figure beside our rate for the same quantity, with a computed status (published-figures.md, rule of
 *  the product): `reproduces` if some value that rounds to the figure lies inside our 95 % interval on the same rows, crop and
 *  wording; `differs` if none does; `not-comparable` otherwise, with the reason. On simulated data there is no status. */
export function publishedStatus(facts: Facts, rates: readonly RateRecord[]): PublishedRecord[] {
  return facts.probes.flatMap((probe) =>
    probe.published.flatMap((table) =>
      evidenceOf(facts).flatMap((evidence) =>
        table.figures.map(({ value, figure }) => recordOf({ facts, probe, table, evidence, value, figure, rates })),
      ),
    ),
  )
}

type Input = {
  readonly facts: Facts
  readonly probe: ProbeFacts
  readonly table: PublishedTable
  readonly evidence: string
  readonly value: string
  readonly figure: PublishedFigure
  readonly rates: readonly RateRecord[]
}

function evidenceOf(facts: Facts): string[] {
  return facts.evidence.map(({ id }) => id)
}

function recordOf(input: Input): PublishedRecord {
  const { probe, table, value, figure } = input
  const rate = matchingRate(input)
  const status = statusOf(input, rate)
  return {
    evidence: input.evidence,
    table: table.id,
    source: table.source,
    probe: probe.id,
    labelSet: table.labelSet,
    outcome: table.outcome,
    group: [[table.attribute, value]],
    figure,
    rate: rate?.id ?? null,
    ...(rate === null
      ? { rateReason: wasRun(input.facts, table) ? ('attribute-absent' as const) : ('design-not-run' as const) }
      : {}),
    ...status,
  }
}

function wasRun({ labelSets }: Facts, table: PublishedTable): boolean {
  return labelSets.some(({ id }) => id === table.labelSet)
}

function matchingRate({ probe, table, evidence, value, rates }: Input): RateRecord | null {
  const group = JSON.stringify([[table.attribute, value]])
  return (
    rates.find(
      (rate) =>
        rate.probe === probe.id &&
        rate.evidence === evidence &&
        rate.labelSet === table.labelSet &&
        rate.outcome === table.outcome &&
        rate.group !== null &&
        JSON.stringify(rate.group) === group,
    ) ?? null
  )
}

function statusOf(
  { facts, table, figure }: Input,
  rate: RateRecord | null,
): Pick<PublishedRecord, 'status' | 'statusReason'> {
  if (facts.simulated) return { status: null, statusReason: 'simulated' }
  const reason = whyNotComparable(facts, table, figure, rate)
  if (reason !== null || rate === null || rate.total === 0)
    return { status: 'not-comparable', statusReason: reason ?? 'no images' }
  const ours = wilsonInterval(rate, STATUS_ALPHA)
  const [low, high] = rangeOf(figure)
  return { status: high >= ours.low && low <= ours.high ? 'reproduces' : 'differs' }
}

function whyNotComparable(
  facts: Facts,
  table: PublishedTable,
  figure: PublishedFigure,
  rate: RateRecord | null,
): string | null {
  if (table.neverComparable !== null) return table.neverComparable
  if (rate === null) return wasRun(facts, table) ? 'this audit has no such group' : 'this design was not run here'
  if (figure.kind === 'counts' && figure.total !== rate.total) return 'other images: the group sizes differ'
  if (table.conditions === null) return null
  const labelSet = facts.labelSets.find(({ id }) => id === table.labelSet)
  if (labelSet?.promptsSha256 !== table.conditions.promptsSha256) return 'other wording of the prompts'
  if (facts.dataset.crop !== table.conditions.crop)
    return facts.dataset.crop === null ? 'crop not stated' : 'other crop'
  return null
}

/** All values that would print as the figure: 14.4 percent is anything from 0.1435 to 0.1445. */
function rangeOf(figure: PublishedFigure): readonly [number, number] {
  if (figure.kind === 'counts') return [figure.count / figure.total, figure.count / figure.total]
  const half = 0.5 / 10 ** figure.decimals
  const value = Number(figure.text)
  return [(value - half) / 100, (value + half) / 100]
}
