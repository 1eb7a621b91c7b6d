import type { Contrast } from '../types/derived.js'
import type { Group } from '../types/groups.js'

/** A comparison as seen from one of its two groups. Of two groups a model compares the one with the higher rate, so two models may take
 *  them the other way round; `isTurned` says that this one did. */
export type SeenFrom = {
  /** Id of the group's own rate. */
  readonly rate: string
  /** Id of the rate on the other side. */
  readonly otherRate: string
  /** The group on the other side; null where that is everyone else or all images. */
  readonly other: Group | null
  readonly isTurned: boolean
}

/** Turns a comparison to a group that stands on one of its sides. */
export function seenFrom(group: Group, { sides: [own, other] }: Contrast): SeenFrom {
  return isSameGroup(own.group, group)
    ? { rate: own.rate, otherRate: other.rate, other: other.group, isTurned: false }
    : { rate: other.rate, otherRate: own.rate, other: own.group, isTurned: true }
}

/** Higher becomes lower where a comparison was turned round. */
export function turnedDirection(direction: 'higher' | 'lower', isTurned: boolean): 'higher' | 'lower' {
  if (!isTurned) return direction
  return direction === 'higher' ? 'lower' : 'higher'
}

/** Whether two groups have the same values of the same attributes. */
export function isSameGroup(a: Group, b: Group): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
