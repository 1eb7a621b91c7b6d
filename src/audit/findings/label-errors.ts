import type { LabelErrors } from '../types/derived.js'
import type { Verdict } from '../types/verdict.js'
import { decideVerdict, type VerdictRule } from './decide-verdict.js'
import { verdictByTests } from './verdict-by-tests.js'
import type { Side, Sides } from './side.js'

/** How robust a verdict is against wrong group labels of the annotators: the fewest wrong labels, all in the worst way, and
 *  the share of random ones, at which the verdict would be another. Asked only where the verdict claims something.
 *
 *  Worst way: an image of the outcome moves from the side with the higher rate to the other, or an image outside it the other
 *  way round, whichever changes more. Random: images are exchanged between the sides whatever was decided about them, as many
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

/** Ways to relabel one image of the outcome, or one outside it, from one side to the other. */
type Relabelling = { readonly flagged: boolean; readonly from: 'group' | 'reference' }

const APART: readonly Relabelling[] = [
  { flagged: true, from: 'reference' },
  { flagged: false, from: 'group' },
]
const TOGETHER: readonly Relabelling[] = [
  { flagged: true, from: 'group' },
  { flagged: false, from: 'reference' },
]

function fewestWrong(
  sides: Sides,
  rule: VerdictRule,
  verdict: Verdict & { kind: 'disparity' | 'within-margin' },
): Pick<LabelErrors, 'fewest' | 'fewestReason'> {
  const ways = relabellings(verdict)
  const counts = ways.flatMap((way) => fewestInWay(sides, rule, verdict, way) ?? [])
  return counts.length === 0 ? { fewest: null, fewestReason: 'settled' } : { fewest: Math.min(...counts) }
}

/** Rates that lie apart are drawn together; rates within the margin may be driven apart either way. */
function relabellings(verdict: Verdict & { kind: 'disparity' | 'within-margin' }): readonly Relabelling[] {
  if (verdict.kind === 'within-margin') return [...APART, ...TOGETHER]
  return verdict.direction === 'higher' ? TOGETHER : APART
}

/** Halving: the more images are relabelled in one way, the further the rates move. null where no number is enough. */
function fewestInWay(sides: Sides, rule: VerdictRule, verdict: Verdict, way: Relabelling): number | null {
  const isOtherBy = (judge: typeof verdictByTests, images: number): boolean =>
    !isSame(judge(relabelled(sides, way, images), rule), verdict)
  const from = sides[way.from]
  const most = Math.min(way.flagged ? from.count : from.total - from.count, from.total - 1)
  let found = firstTrue((images) => isOtherBy(verdictByTests, images), most)
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

function relabelled(sides: Sides, { flagged, from }: Relabelling, images: number): Sides {
  const given = resized(sides[from], -images, flagged ? -images : 0)
  const to = from === 'group' ? 'reference' : 'group'
  const received = resized(sides[to], images, flagged ? images : 0)
  return from === 'group' ? { group: given, reference: received } : { group: received, reference: given }
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

/** null where the rates before would lie outside 0 to 1, so that no such exchange can have happened, and where less than one
 *  image's worth of information would be left. */
function withoutExchange({ group, reference }: Sides, share: number): Sides | null {
  const exchanged = share * Math.min(group.total, reference.total)
  const [ofGroup, ofReference] = [exchanged / group.total, exchanged / reference.total]
  const kept = 1 - ofGroup - ofReference // part of the true difference that is still seen
  if (kept <= 0 || Math.min(group.total, reference.total) * kept * kept < 1) return null
  const [rate, referenceRate] = [group.count / group.total, reference.count / reference.total]
  const difference = (rate - referenceRate) / kept
  const before = rate + ofGroup * difference
  const referenceBefore = referenceRate - ofReference * difference
  if (before < 0 || before > 1 || referenceBefore < 0 || referenceBefore > 1) return null
  return { group: informed(group, before, kept), reference: informed(reference, referenceBefore, kept) }
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
