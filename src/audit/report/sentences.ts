import type { Bounds, Contrast, Finding } from '../types/derived.js'
import type { Slots } from './locale.js'
import { groupName, outcomeName, referenceName } from './names.js'
import type { Words } from './words.js'

/** The whole sentence of a finding, without its verdict in front: numbers from the message, names from the contrast. */
export function findingSentence(finding: Finding, words: Words): string {
  return words.locale.text(`${family(finding, words)}.${finding.message.id}`, sentenceSlots(finding, words))
}

/** The same beside the short sentence that stands in a table row beside the numbers. */
export function findingTexts(finding: Finding, words: Words): { readonly sentence: string; readonly note: string } {
  const { locale } = words
  const of = family(finding, words)
  const slots = sentenceSlots(finding, words)
  const { id } = finding.message
  const isOther = of === 'failure-messages' && locale.has(`failure-short.${id}`)
  return {
    sentence: locale.text(`${of}.${id}`, slots),
    note: locale.text(isOther ? `failure-short.${id}` : `short.${id}`, slots),
  }
}

/** Difference and ratio with their adjusted intervals in one short sentence. */
export function findingDifference(finding: Finding, words: Words): string {
  return words.locale.text('front.harm-difference', sentenceSlots(finding, words))
}

/** Failure-to-process counts images that could not be read, not images put into a class: it has sentences of its own. */
function family(finding: Finding, { index }: Words): 'messages' | 'failure-messages' {
  return index.contrast(finding.contrast).labelSet === null ? 'failure-messages' : 'messages'
}

function sentenceSlots(finding: Finding, words: Words): Slots {
  const { numbers, locale, index } = words
  const contrast = index.contrast(finding.contrast)
  const value = valuesOf(finding)
  const rate2 = value.share('rate2')
  const difference = value.share('difference')
  const needed = value.share('needed')
  const minimum = value.share('minimum') ?? minimumOf(finding)
  return {
    group: groupName(contrast.sides[0].group, locale),
    reference: referenceName(contrast.sides[1], locale),
    outcome: outcomeName(contrast.outcome, locale),
    counts: numbers.ofImages(value.number('k'), value.number('n')),
    kOfN: numbers.ofTotal(value.number('k'), value.number('n')),
    rate: numbers.rate({
      value: value.share('rate'),
      interval: pair(value.share('rateLow'), value.share('rateHigh')),
      method: index.rate(contrast.sides[0].rate).method,
    }),
    counts2: numbers.ofMoreImages(value.number('k2'), value.number('n2')),
    rate2: rate2 === null ? locale.text('numbers.no-images') : numbers.percent(rate2),
    d: difference === null ? locale.text('numbers.not-defined') : numbers.points(difference),
    dCi: range(bounds(value.share('dLow'), value.share('dHigh')), numbers.pointsRange, words),
    rCi: range(ratioBounds(contrast, value), numbers.ratioRange, words),
    needed: needed === null ? locale.text('numbers.not-defined') : numbers.images(needed),
    min: numbers.images(minimum),
    fewest: numbers.count(minimum),
    subjects: numbers.subjects(value.share('subjects') ?? 0),
    t: numbers.images(value.share('nearTies') ?? 0),
  }
}

type Values = { readonly share: (name: string) => number | null; readonly number: (name: string) => number }

function valuesOf({ id, message }: Finding): Values {
  const values = new Map(message.values)
  const share = (name: string): number | null => {
    const value = values.get(name) ?? null
    if (typeof value === 'string')
      throw new Error(`audit.json: finding ${id}: expected a number for ${name} but received text`)
    return value
  }
  return {
    share,
    number: (name) => {
      const value = share(name)
      if (value === null) throw new Error(`audit.json: finding ${id}: expected a number for ${name} but received none`)
      return value
    },
  }
}

function minimumOf({ verdict }: Finding): number {
  return verdict.kind === 'insufficient' ? verdict.minimum : 0
}

function pair(low: number | null, high: number | null): readonly [number, number] | null {
  return low === null || high === null ? null : [low, high]
}

function bounds(low: number | null, high: number | null): Bounds | null {
  return low === null ? null : [low, high]
}

/** A ratio's upper bound is null both when it is unbounded and when there is no interval; the contrast tells them apart. */
function ratioBounds({ ratio }: Contrast, value: Values): Bounds | null {
  const low = value.share('rLow')
  const high = value.share('rHigh')
  if (low === null || (high === null && ratio.adjusted === null)) return null
  return [low, high]
}

function range(from: Bounds | null, write: (bounds: Bounds) => string, { locale }: Words): string {
  return from === null ? locale.text('numbers.not-defined') : write(from)
}
