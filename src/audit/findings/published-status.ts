import type { PublishedRecord, RateRecord } from '../types/derived.js'
import type { Facts, ProbeFacts } from '../types/facts.js'
import type { PublishedFigure, PublishedTable } from '../types/definitions.js'
import { printedRange, statusOfFigure, whyNotComparable, type PublishedStatus } from './published-rule.js'

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

function statusOf({ facts, table, figure }: Input, rate: RateRecord | null): PublishedStatus {
  if (facts.simulated) return { status: null, statusReason: 'simulated' }
  const reason = whyNot(facts, table, figure, rate)
  if (reason !== null || rate === null) return { status: 'not-comparable', statusReason: reason ?? 'no images' }
  return statusOfFigure(rangeOf(figure), rate)
}

function whyNot(facts: Facts, table: PublishedTable, figure: PublishedFigure, rate: RateRecord | null): string | null {
  if (table.neverComparable !== null) return table.neverComparable
  if (rate === null) return wasRun(facts, table) ? 'this audit has no such group' : 'this design was not run here'
  if (figure.kind === 'counts' && figure.total !== rate.total) return 'other images: the group sizes differ'
  return whyNotComparable(facts, table, table.labelSet)
}

function rangeOf(figure: PublishedFigure): readonly [number, number] {
  return figure.kind === 'percent'
    ? printedRange(figure.text)
    : [figure.count / figure.total, figure.count / figure.total]
}
