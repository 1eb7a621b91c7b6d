import type { Wording } from '../../types/figures.js'
import type { Transform } from '../../types/measures.js'
import { differenceFigure, holdsZero, largestChange, type Limits } from './figures.js'
import { afterOf, type GroupSides, type Quantity } from './group-sides.js'
import { aboutQuantity, says } from './words.js'
import { groupText } from '../sentences.js'

type Asked = { readonly quantity: Quantity; readonly sides: readonly GroupSides[] }

/** How much of a label set's largest difference moves with the look of the images, in a sentence, and what that does not say. Differences
 *  are looked at whose interval does not hold 0. */
export function inShort(asked: readonly Asked[], transforms: readonly Transform[], limits: Limits): Wording[] {
  const standing = asked
    .flatMap(({ quantity, sides }) => sides.map((side) => ({ quantity, side })))
    .flatMap(({ quantity, side }) => standingOut(quantity, side, limits) ?? [])
  const most = standing.reduce<Standing | null>(
    (best, one) => (best === null || one.size > best.size ? one : best),
    null,
  )
  if (most === null) return [says('short.none'), says('short.limits')]
  return [sentence(most, transforms, limits), says('short.limits')]
}

type Standing = {
  readonly quantity: Quantity
  readonly side: GroupSides & { readonly rest: NonNullable<GroupSides['rest']> }
  readonly size: number
}

function standingOut(quantity: Quantity, { group, own, rest }: GroupSides, limits: Limits): Standing | null {
  if (rest === null) return null
  const difference = differenceFigure(own.asTheyAre, rest.asTheyAre, limits)
  if (difference.value === null || holdsZero(difference)) return null
  return { quantity, side: { group, own, rest }, size: Math.abs(difference.value) }
}

function sentence({ quantity, side }: Standing, transforms: readonly Transform[], limits: Limits): Wording {
  const { own, rest } = side
  const asTheyAre: Wording['values'] = [
    ['group', groupText(side.group)],
    ['ownShare', shareOf(own.asTheyAre)],
    ['restShare', shareOf(rest.asTheyAre)],
    ['alterations', transforms.length],
  ]
  const largest = largestChange(side, limits)
  if (largest === null || largest.ratio.value === null || holdsZero(largest.change))
    return aboutQuantity('short.steady', quantity, asTheyAre)
  const [before, after] = [
    shareOf(own.asTheyAre) - shareOf(rest.asTheyAre),
    shareOf(afterOf(own.pairs[largest.transform])) - shareOf(afterOf(rest.pairs[largest.transform])),
  ]
  return aboutQuantity(`short.${directionOf(before, after)}`, quantity, [
    ...asTheyAre,
    ['alteration', transforms[largest.transform].id],
    ['ownAlteredShare', shareOf(afterOf(own.pairs[largest.transform]))],
    ['restAlteredShare', shareOf(afterOf(rest.pairs[largest.transform]))],
    ['changeShare', largest.ratio.value],
  ])
}

function directionOf(before: number, after: number): 'turns' | 'grows' | 'shrinks' {
  if (before * after < 0) return 'turns'
  return Math.abs(after) > Math.abs(before) ? 'grows' : 'shrinks'
}

function shareOf({ count, total }: { count: number; total: number }): number {
  return count / total
}
