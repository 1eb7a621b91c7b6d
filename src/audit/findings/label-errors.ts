import type { LabelErrors } from '../types/derived.js'
import type { Verdict } from '../types/verdict.js'
import { decideVerdict, type VerdictRule } from './decide-verdict.js'
import { verdictByTests } from './verdict-by-tests.js'
import { effectiveCounts, type Side, type Sides } from './side.js'

/** How robust a verdict is against wrong group labels of the annotators: the fewest wrong labels, all in the worst way, and
 *  the share of random ones, at which the verdict would be another. Asked only where the verdict claims something.
 *
 *  Worst way: images of the outcome move from the side with the higher rate to the other, and images outside it the other way
 *  round, one kind before the other, whichever needs fewer. Random: images are exchanged between the sides whatever was decided about them, as many
 *  each way. Such errors make two rates more alike, so they can hide a disparity and never make one. */
export function labelErrors(sides: Sides, rule: VerdictRule, verdict: Verdict): LabelErrors {
  switch (verdict.kind) {
    case 'disparity':
      return {
        ...fewestWrong(sides, rule, verdict),
        randomShare: null,
        randomShareReason: 'only-hidden',
      }
    case 'within-margin':
      return { ...fewestWrong(sides, rule, verdict), ...randomShare(sides, rule, verdict) }
    case 'inconclusive':
    case 'insufficient':
      return {
        fewest: null,
        fewestReason: verdict.reason,
        randomShare: null,
        randomShareReason: verdict.reason,
      }
  }
}

/** A way to relabel images, so that the rates move apart (the group's up) or together. Both kinds of images serve: those inside the
 *  outcome go to one side, those outside it to the other. One kind is used up before the other is begun. */
type Relabelling = { readonly towards: 'apart' | 'together'; readonly first: 'inside' | 'outside' }

const APART: readonly Relabelling[] = [
  { towards: 'apart', first: 'inside' },
  { towards: 'apart', first: 'outside' },
]
const TOGETHER: readonly Relabelling[] = [
  { towards: 'together', first: 'inside' },
  { towards: 'together', first: 'outside' },
]

function fewestWrong(
  sides: Sides,
  rule: VerdictRule,
  verdict: Verdict & { kind: 'disparity' | 'within-margin' },
): Pick<LabelErrors, 'fewest' | 'fewestReason'> {
  let fewest: number | null = null
  for (const way of relabellings(verdict)) {
    fewest = fewestInWay(way, { sides, rule, verdict }, fewest ?? Infinity) ?? fewest
  }
  return fewest === null ? { fewest, fewestReason: 'settled' } : { fewest }
}

/** Rates that lie apart are drawn together; rates within the margin may be driven apart either way. */
function relabellings(verdict: Verdict & { kind: 'disparity' | 'within-margin' }): readonly Relabelling[] {
  if (verdict.kind === 'within-margin') return [...APART, ...TOGETHER]
  return verdict.direction === 'higher' ? TOGETHER : APART
}

type Judged = { readonly sides: Sides; readonly rule: VerdictRule; readonly verdict: Verdict }

/** Halving: the more images are relabelled in one way, the further the rates move. null where no number below `best`, that of
 *  another way, is enough. */
function fewestInWay(way: Relabelling, { sides, rule, verdict }: Judged, best: number): number | null {
  const isOtherBy = (judge: typeof verdictByTests, images: number): boolean =>
    !isSame(judge(relabelled(sides, way, images), rule), verdict)
  const isOther = (images: number): boolean => isOtherBy(verdictByTests, images)
  const { inside, outside } = mostMovable(sides, way)
  const most = Math.min(inside + outside, best - 1)
  if (most < inside + outside && !isOther(most)) return null // most ways end here: one question instead of a search
  let found = firstTrue(isOther, most)
  // the search goes by tests, which are quick; what is printed goes by the rule itself
  while (found <= most && !isOtherBy(decideVerdict, found)) found++
  while (found > 1 && found <= most && isOtherBy(decideVerdict, found - 1)) found--
  return found <= most ? found : null
}

/** The smallest whole number from 1 to `most` at which a condition holds that then goes on to hold; `most` + 1 if there is none. */
function firstTrue(holds: (images: number) => boolean, most: number): number {
  let [below, at] = [0, 1]
  while (at <= most && !holds(at)) [below, at] = [at, at === most ? most + 1 : Math.min(most, at * 2)]
  while (at - below > 1) {
    const middle = Math.floor((below + at) / 2)
    if (holds(middle)) at = middle
    else below = middle
  }
  return at
}

/** Images that can change sides; each side keeps one. */
function mostMovable({ group, reference }: Sides, { towards }: Relabelling): { inside: number; outside: number } {
  const [gives, takes] = towards === 'together' ? [group, reference] : [reference, group]
  return {
    inside: Math.min(gives.count, gives.total - 1),
    outside: Math.min(takes.total - takes.count, takes.total - 1),
  }
}

function relabelled(sides: Sides, way: Relabelling, images: number): Sides {
  const most = mostMovable(sides, way)
  const ofFirst = Math.min(images, most[way.first])
  const inside = way.first === 'inside' ? ofFirst : images - ofFirst
  const outside = images - inside
  const toReference = way.towards === 'together' ? 1 : -1
  return {
    group: resized(sides.group, toReference * (outside - inside), -toReference * inside),
    reference: resized(sides.reference, toReference * (inside - outside), toReference * inside),
  }
}

function resized(side: Side, images: number, flagged: number): Side {
  const { subjects } = side
  return {
    count: side.count + flagged,
    total: side.total + images,
    ...(subjects === undefined ? {} : { subjects }),
  }
}

const SHARE_STEPS = 24 // halvings: a share to seven digits
const NO_INFORMATION = 0.5 // with half of the labels of equal sides exchanged, they say nothing

/** Takes the exchange out again: what the rates were before `share` of the smaller side's labels were exchanged at random with
 *  the other's, with as much less information as the exchange left. */
function randomShare(
  sides: Sides,
  rule: VerdictRule,
  verdict: Verdict,
): Pick<LabelErrors, 'randomShare' | 'randomShareReason'> {
  const most = lastTrue((share) => withoutExchange(sides, share) !== null, NO_INFORMATION)
  const isSameAt = (share: number): boolean => {
    const before = withoutExchange(sides, share)
    return before === null || isSame(verdictByTests(before, { ...rule, minimum: 1 }), verdict)
  }
  if (isSameAt(most)) return { randomShare: null, randomShareReason: 'settled' }
  return { randomShare: lastTrue(isSameAt, most) }
}

/** Halving for the largest share, below one at which it no longer holds, at which a condition still holds. */
function lastTrue(holds: (share: number) => boolean, beyond: number): number {
  let [inside, outside] = [0, beyond]
  for (let step = 0; step < SHARE_STEPS; step++) {
    const middle = (inside + outside) / 2
    if (holds(middle)) inside = middle
    else outside = middle
  }
  return inside
}

/** null where less than one image's worth of information would be left. A rate that the exchange would put outside 0 to 1 stands at
 *  the end: rates are estimates, and 0 of n does not say that none was exchanged. */
function withoutExchange({ group, reference }: Sides, share: number): Sides | null {
  const exchanged = share * Math.min(group.total, reference.total)
  const [ofGroup, ofReference] = [exchanged / group.total, exchanged / reference.total]
  const kept = 1 - ofGroup - ofReference // part of the true difference that is still seen
  const fewest = Math.min(effectiveCounts(group).total, effectiveCounts(reference).total)
  if (kept <= 0 || fewest * kept * kept < 1) return null
  const [rate, referenceRate] = [group.count / group.total, reference.count / reference.total]
  const difference = (rate - referenceRate) / kept
  const possible = (value: number): number => Math.min(1, Math.max(0, value))
  return {
    group: informed(group, possible(rate + ofGroup * difference), kept),
    reference: informed(reference, possible(referenceRate - ofReference * difference), kept),
  }
}

/** A side at another rate whose variance has grown as that of a difference divided by `kept`. */
function informed(side: Side, rate: number, kept: number): Side {
  const designEffect = (side.subjects?.designEffect ?? 1) / (kept * kept)
  return { count: rate * side.total, total: side.total, subjects: { count: side.total, designEffect } }
}

function isSame(a: Verdict, b: Verdict): boolean {
  if (a.kind !== b.kind) return false
  return a.kind !== 'disparity' || b.kind !== 'disparity' || a.direction === b.direction
}
