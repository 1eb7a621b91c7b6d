import { sourceName } from '../types/source-name.js'
import { createHash } from 'node:crypto'
import type { Contrast, Finding, RateRecord } from '../types/derived.js'
import type { Facts } from '../types/facts.js'
import type { Verdict } from '../types/verdict.js'
import { categoryOutcomes } from '../types/measures.js'
import type { Harm } from '../types/definitions.js'
import type { ContrastEntry } from './contrast-families.js'
import { severityOf } from './severity.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'

/** What one contrast allows us to say. `rates` are all rates of the audit, by id; `number` counts findings from 1. */
export function toFinding(
  entry: ContrastEntry,
  facts: Facts,
  rates: ReadonlyMap<string, RateRecord>,
  number: number,
): Finding {
  const { contrast, judged } = entry
  const { verdict, asDecided } = judged
  const harm = harmOf(contrast, facts)
  const severity =
    verdict.kind === 'disparity' ? severityOf(harm, verdict.direction, contrast.difference.value ?? 0) : null
  return {
    id: `F-${String(number).padStart(3, '0')}`,
    contrast: contrast.id,
    verdict,
    asDecided,
    harm,
    severity,
    ...(severity === null
      ? { severityReason: verdict.kind === 'disparity' ? ('no-harm' as const) : ('no-disparity' as const) }
      : {}),
    caveats: caveatsOf(contrast, facts),
    fingerprint: fingerprintOf(contrast, facts),
    message: messageOf(entry, facts, rates),
  }
}

/** Ids of what weakens this finding in particular; the probe's own caveats stand once, in `facts`. */
function caveatsOf(contrast: Contrast, facts: Facts): string[] {
  const derive = facts.probes.find(({ id }) => id === contrast.probe)?.derive ?? []
  const sources = contrast.groupBy.map((attribute) => derive.find(({ id }) => id === attribute)?.from ?? attribute)
  const perceived = facts.dataset.attributes.some(
    ({ name, labelledBy }) => sources.includes(name) && (labelledBy === 'annotator' || labelledBy === 'machine'),
  )
  return [
    ...(perceived ? ['perceived-attributes'] : []),
    ...(facts.dataset.crop === null ? ['crop-not-stated'] : []),
    ...(facts.dataset.subjects === null ? ['images-taken-as-independent'] : []),
    ...((facts.dataset.duplicates?.contents ?? 0) > 0 ? ['duplicate-images'] : []),
  ]
}

/** The worst kind of harm among the outcome categories that the outcome joins. */
export function harmOf(contrast: Pick<Contrast, 'probe' | 'outcome' | 'labelSet'>, facts: Facts): Harm {
  if (contrast.probe === FAILURE_PROBE) return 'quality-of-service'
  const probe = facts.probes.find(({ id }) => id === contrast.probe)
  const counted = probe?.counted.find(({ id }) => id === contrast.outcome)
  if (counted !== undefined) return counted.harm
  const outcomes = probe === undefined ? [] : categoryOutcomes(probe.measure)
  const outcome = outcomes.find(({ id }) => id === contrast.outcome)
  const labelSet = facts.labelSets.find(({ id }) => id === contrast.labelSet)
  const harms = (labelSet?.outcomes ?? []).filter(([id]) => outcome?.categories.includes(id)).map(([, harm]) => harm)
  const worstFirst: Harm[] = ['denigration', 'stereotyping', 'allocation', 'quality-of-service', 'representation']
  return worstFirst.find((harm) => harms.includes(harm)) ?? 'none'
}

/** Stable between runs: what was asked of whom, under which label set and model, and nothing of the numbers. The sides
 *  are an unordered pair, since a two-valued attribute may change sides. */
function fingerprintOf(contrast: Contrast, facts: Facts): string {
  const [{ group }, reference] = contrast.sides
  const sides = [JSON.stringify(group), JSON.stringify(reference.group ?? reference.reference.kind)].sort()
  const model = sourceOf(contrast, facts)
  const parts = [contrast.probe, contrast.labelSet, contrast.outcome, contrast.groupBy, sides, model]
  return `sha256:${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`
}

/** The model's name. Of decisions made elsewhere the model is unknown; only where an audit holds several does the file tell them apart. */
function sourceOf({ evidence: id }: Contrast, { evidence, models }: Facts): string {
  const own = evidence.find((each) => each.id === id)
  const isOneOfSeveral = evidence.filter(({ kind }) => kind === 'decisions').length > 1
  if (own?.kind === 'decisions') return isOneOfSeveral ? sourceName(own) : 'no model'
  if (own?.kind === 'vectors') return own.source.model
  return models.find((model) => model.id === own?.model)?.name ?? 'no model'
}

function messageOf(entry: ContrastEntry, facts: Facts, rates: ReadonlyMap<string, RateRecord>): Finding['message'] {
  const { contrast, judged } = entry
  const id = messageId(judged.verdict, contrast)
  const values = messageValues(entry, facts, rates)
  const tooFew = tooFewSubjects(judged.verdict, contrast, rates)
  return tooFew === null ? { id, values } : { id: `${id}.subjects`, values: [...values, ['subjects', tooFew]] }
}

/** How many subjects the side that is too small shows; null where its images are counted, or where no side is too small. */
function tooFewSubjects(verdict: Verdict, { sides }: Contrast, rates: ReadonlyMap<string, RateRecord>): number | null {
  if (verdict.kind !== 'insufficient') return null
  const [group, reference] = sides
  const side = verdict.reason === 'group-too-small' ? group : reference
  return rates.get(side.rate)?.subjects === undefined ? null : verdict.total
}

function messageId(verdict: Verdict, contrast: Contrast): string {
  switch (verdict.kind) {
    case 'disparity':
      return `disparity.${verdict.direction}`
    case 'within-margin':
      return `within-margin.${verdict.settledBy}`
    case 'inconclusive':
      return verdict.reason === 'interval-too-wide' && contrast.neededReason === 'beyond-hundredfold'
        ? 'inconclusive.interval-too-wide.beyond-hundredfold'
        : `inconclusive.${verdict.reason}`
    case 'insufficient':
      return `insufficient.${verdict.reason}`
  }
}

function messageValues(
  { contrast, nearTies }: ContrastEntry,
  facts: Facts,
  rates: ReadonlyMap<string, RateRecord>,
): Finding['message']['values'] {
  const group = rates.get(contrast.sides[0].rate)
  const reference = rates.get(contrast.sides[1].rate)
  return [
    ['outcome', contrast.outcome],
    ['k', group?.count ?? null],
    ['n', group?.total ?? null],
    ['rate', group?.value ?? null],
    ['rateLow', group?.interval?.[0] ?? null],
    ['rateHigh', group?.interval?.[1] ?? null],
    ['k2', reference?.count ?? null],
    ['n2', reference?.total ?? null],
    ['rate2', reference?.value ?? null],
    ['rate2Low', reference?.interval?.[0] ?? null],
    ['rate2High', reference?.interval?.[1] ?? null],
    ['difference', contrast.difference.value],
    ['dLow', contrast.difference.adjusted?.[0] ?? null],
    ['dHigh', contrast.difference.adjusted?.[1] ?? null],
    ['ratio', contrast.ratio.value],
    ['rLow', contrast.ratio.adjusted?.[0] ?? null],
    ['rHigh', contrast.ratio.adjusted?.[1] ?? null],
    ['needed', contrast.needed],
    ['minimum', facts.policy.minimumImages],
    ['nearTies', nearTies],
  ]
}
